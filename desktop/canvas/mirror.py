"""Mirroring: what a hand does in one device of the wall happens in all of them.

Each page tells what trusted input did (`mirror.js`); the others do the same, at the
same element and the same part of its scrolling, whatever their size. Opening goes
by the runtime's own `open()` and `close()`. What a page does because it was told is
no trusted input and is never told on, so nothing goes round in circles.
"""

from __future__ import annotations

import json
import secrets
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.canvas.card import Card
    from desktop.canvas.wall import Wall

MIRROR_PREFIX = "vitrine-mirror:"
"""Begins what a page's own world tells on its console."""
_WORLD = 1
"""Qt's `ApplicationWorld`; said so, since the engine is not loaded here."""
_LIMIT = 100_000
_KINDS = {"open", "text", "click", "key", "scroll"}


class Mirror(QObject):
    """Off until `set_on`; `changed(on)` when that changes, `told` counts the deeds.

    `key()` is the widget's. A page can't forge deeds: they carry a token that only
    scripts in a world of our own know.
    """

    changed = Signal(bool)

    def __init__(self, wall: Wall, key: Callable[[], str]) -> None:
        super().__init__(wall)
        self._wall, self._key = wall, key
        self._sign = f"{MIRROR_PREFIX}{secrets.token_hex(8)}:"
        self.is_on = False
        self.told = 0
        wall.added.connect(self._on_added)

    def toggle_mirror(self) -> None:
        """All devices follow the one that is used, or each is alone again."""
        self.set_on(on=not self.is_on)

    def set_on(self, *, on: bool) -> None:
        """Begin where the selected device stands, or stop."""
        if on == self.is_on:
            return
        self.is_on = on
        for card in self._wall.cards:
            if on:
                self._install(card)
            else:
                self._do(card, "globalThis.vitrineMirror?.stop()")
        self._share()
        self.changed.emit(on)

    def _on_added(self, card: Card) -> None:
        card.view.page().mirrored.connect(lambda line: self._on_told(card, line))
        card.view.state_changed.connect(lambda state, _: self._on_state(card, state))

    def _on_state(self, card: Card, state: str) -> None:
        if self.is_on and state == "ready":
            self._install(card)
            self._share()

    def _install(self, card: Card) -> None:
        if card.view.state == "ready":
            self._do(card, f"{_script()}({json.dumps(self._sign)})")

    def _share(self) -> None:
        """Let the others come to where the selected one is."""
        if self.is_on and self._wall.card is not None and len(self._wall.cards) > 1:
            self._do(self._wall.card, "globalThis.vitrineMirror?.share()")

    def _on_told(self, teller: Card, line: str) -> None:
        deed = self._deed(line)
        if deed is None or not self.is_on or teller not in self._wall.cards:
            return
        self.told += 1
        for card in self._wall.cards:
            if card is not teller and card.view.state == "ready":
                self._follow(card, deed)

    def _follow(self, card: Card, deed: dict[str, Any]) -> None:
        if deed["kind"] != "open":
            self._do(card, f"globalThis.vitrineMirror?.apply({json.dumps(deed)})")
            return
        if deed.get("shared") is not True:
            self._do(card, "globalThis.vitrineMirror?.yield()")
        verb = "open" if deed.get("open") is True else "close"
        key = json.dumps(self._key())
        card.view.run(f"window.Vitrine?.get?.({key})?.{verb}?.()")

    def _deed(self, line: str) -> dict[str, Any] | None:
        """Read what was told; anything may have told it."""
        if not line.startswith(self._sign) or len(line) > _LIMIT:
            return None
        try:
            raw = json.loads(line.removeprefix(self._sign))
        except (ValueError, RecursionError):
            return None
        if not isinstance(raw, dict) or raw.get("kind") not in _KINDS:
            return None
        return raw if raw["kind"] == "open" or _is_place(raw.get("at")) else None

    def _do(self, card: Card, script: str) -> None:
        card.view.page().runJavaScript(script, _WORLD)


def _is_place(raw: object) -> bool:
    return isinstance(raw, list) and all(
        isinstance(step, list)
        and len(step) == 2
        and isinstance(step[0], str)
        and type(step[1]) is int
        for step in raw
    )


@cache
def _script() -> str:
    source = files("desktop.canvas") / "mirror.js"
    return source.read_text(encoding="utf-8").rstrip()
