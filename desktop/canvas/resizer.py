"""Puts handles around what can be resized on one card, and does what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.canvas.handles import Handles
from desktop.canvas.resizing import Target, target_of

if TYPE_CHECKING:
    from desktop.canvas.box import Box
    from desktop.canvas.card import Card
    from desktop.canvas.stage import Stage
    from desktop.document import Document


class Resizer(QObject):
    """Works on the card that is `take`n; `size_wanted` when its screen is meant.

    A card whose widget stands otherwise than the document's (`free` false) has the
    screen's handles only.
    """

    size_wanted = Signal(int, int)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._stage = stage
        self._document: Document | None = None
        self._card: Card | None = None
        self._free = True
        self._target: Target | None = None
        self._boxes: dict[Card, Box | None] = {}
        self._resizes = 0
        self.handles: Handles | None = None
        stage.arranged.connect(self.put)

    def set_document(self, document: Document | None) -> None:
        """Resize this widget from now on."""
        self._document = document
        self.put()

    def take(self, card: Card) -> None:
        """Lie around this card's widget or screen."""
        if card is not self._card:
            self._let_go()
            self._card, self.handles = card, Handles(card)
            self.handles.resize_started.connect(self._on_started)
            self.handles.resized.connect(self._on_resized)
            self.handles.resize_finished.connect(self._on_finished)
        self.put()

    def set_free(self, *, on: bool) -> None:
        """Say whether the widget stands there as the document says."""
        self._free = on
        self.put()

    def set_box(self, card: Card, box: Box | None) -> None:
        """The page said where its widget is."""
        self._boxes[card] = box
        if card is self._card:
            self.put()

    def forget(self) -> None:
        """Other pages are coming; nothing is known of them."""
        self._boxes.clear()

    def shutdown(self) -> None:
        """Its card is on the way out."""
        self._document = self._card = self.handles = self._target = None
        self._boxes.clear()

    def put(self) -> None:
        """Lie where things are now."""
        card, handles = self._card, self.handles
        if card is None or handles is None or card not in self._stage.cards:
            return
        document = self._document if self._free else None
        target = target_of(document, self._boxes.get(card), card.screen_shown)
        if handles.active and self._target and target.kind != self._target.kind:
            return
        self._target = target
        rect = card.body_rect().toRectF()
        if target.rect is not None:
            view = card.view.geometry().toRectF()
            rect = card.from_page(target.rect).intersected(view)
        usable = card.view.state == "ready"
        handles.put(rect, card.scale, target.span if usable else None)

    def _let_go(self) -> None:
        if self.handles is not None and self._card in self._stage.cards:
            self.handles.finish()
            self.handles.dismiss()
        self.handles = None

    def _on_started(self) -> None:
        self._resizes += 1
        self._stage.hold(on=True)

    def _on_resized(self, width: int, height: int) -> None:
        target = self._target
        if target is None:
            return
        if target.kind == "device":
            self.size_wanted.emit(width, height)
        elif self._document is not None:
            merge = f"resize {self._resizes}"
            values = target.values(width, height)
            self._document.set_many(values, merge=merge, text="Resize")

    def _on_finished(self) -> None:
        self._stage.hold(on=False)
        self.put()
