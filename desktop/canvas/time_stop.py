"""Stopping time on the wall, for pictures of one and the same moment.

Whatever moves stands still: CSS animations and transitions by the protocol's
playback rate, a scripted conversation where its next word would come. Edits still
show, and time goes on from where it stood.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from desktop.canvas.card import Card
    from desktop.canvas.wall import Wall

_HOLD = """globalThis.vitrineHeld ??= new Promise((go) => {
  globalThis.vitrineGo = () => { delete globalThis.vitrineHeld; go(); };
}); 0"""
_GO = "globalThis.vitrineGo?.(); 0"


class TimeStop(QObject):
    """`changed(is_stopped)`; pages that come while it is stopped stop when there."""

    changed = Signal(bool)

    def __init__(self, wall: Wall) -> None:
        super().__init__(wall)
        self._wall = wall
        self.is_stopped = False
        wall.added.connect(self._on_added)

    def toggle_time(self) -> None:
        """Stop time on every device, or let it run."""
        self.set_stopped(on=not self.is_stopped)

    def set_stopped(self, *, on: bool) -> None:
        """Stop, or run."""
        if on == self.is_stopped:
            return
        self.is_stopped = on
        for card in self._wall.cards:
            self._apply(card)
        self.changed.emit(on)

    def _on_added(self, card: Card) -> None:
        card.view.state_changed.connect(lambda state, _: self._on_state(card, state))

    def _on_state(self, card: Card, state: str) -> None:
        if state == "ready" and self.is_stopped:
            self._apply(card)

    def _apply(self, card: Card) -> None:
        if card.view.state != "ready":
            return
        card.view.run(_HOLD if self.is_stopped else _GO)
        session = card.view.session
        if session is not None:
            session.send("Animation.enable")
            rate = 0 if self.is_stopped else 1
            session.send("Animation.setPlaybackRate", {"playbackRate": rate})
            if not self.is_stopped:
                session.send("Animation.disable")
