"""The ground that devices stand on: dotted, neutral, zoomed and panned."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPixmap, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.canvas.arrange import LARGEST, SMALLEST, Footprint, arrange, fit
from desktop.canvas.burial import bury
from desktop.canvas.card import Card
from desktop.style.appearance import appearance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from desktop.canvas.view import DeviceView

GAP = -40  # cards bring their shadows' space along
FLOOR = 38  # kept free for the bar below, with a shadow's space
_DOT_STEP = 20
_WHEEL_STEP = 1.0015
_BUTTON_STEP = 1.25


class Stage(QScrollArea):
    """Holds cards side by side; `zoomed(scale, fits)` when either changes."""

    zoomed = Signal(float, bool)
    arranged = Signal()
    pressed = Signal(Card)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage")
        # One made here: to name Qt's own, PySide would load every kind of widget.
        self.setViewport(QWidget(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.cards: list[Card] = []
        self.scale = 1.0
        self.fits = True
        self._held = self._busy = False
        self._pan: QPointF | None = None
        self._space = False
        self.ground = _Ground(self)
        self.setWidget(self.ground)
        appearance().changed.connect(self.ground.update)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self._look_who_is_seen)
        for surface in (self, self.ground):
            surface.installEventFilter(self)

    def add(self, card: Card, index: int | None = None) -> None:
        """Put a card beside the others, or between them."""
        card.setParent(self.ground)
        card.posed.connect(self.lay_out)
        card.view.state_changed.connect(lambda *_: self._watch(card.view))
        self.cards.insert(len(self.cards) if index is None else index, card)
        card.installEventFilter(self)
        card.show()
        self.lay_out()

    def remove(self, card: Card) -> None:
        """Take a card away and let its page go."""
        self.cards.remove(card)
        card.shutdown()
        card.hide()
        card.deleteLater()
        self.lay_out()

    @contextmanager
    def arranging(self) -> Iterator[None]:
        """Lay out once, after everything that happens inside."""
        self._busy = True
        try:
            yield
        finally:
            self._busy = False
            self.lay_out()

    def zoom_to(self, scale: float, at: QPointF | None = None) -> None:
        """Zoom by hand, keeping the point `at` of the viewport where it is."""
        self.fits = False
        self._set_scale(scale, at or QPointF(self.viewport().rect().center()))

    def zoom_by(self, steps: float) -> None:
        """Zoom in or out by so many presses of a button."""
        self.zoom_to(self.scale * _BUTTON_STEP**steps)

    def zoom_to_fit(self) -> None:
        """Show every card whole, and keep doing so."""
        self.fits = True
        self.lay_out()

    def hold(self, *, on: bool) -> None:
        """Keep the scale for a while, as under a resizing hand."""
        self._held = on
        if not on:
            self.lay_out()

    def lay_out(self) -> None:
        """Place the cards; first find the scale if it has to fit."""
        if self._busy:
            return
        if self.fits and not self._held:
            self.scale = self._fitting()
        self._place()
        self.zoomed.emit(self.scale, self.fits)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew, or keep the scale and centre."""
        super().resizeEvent(event)
        self.lay_out()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Zoom and pan even where a page would take wheel and mouse."""
        if event.type() in _FILTERED and self._takes(watched, event):
            return True
        # A scroll area watches its widget's size in here.
        return super().eventFilter(watched, event)

    def shutdown(self) -> None:
        """Let all pages go."""
        cards, self.cards = self.cards, []
        for card in cards:
            card.shutdown()
            bury(card)

    def _watch(self, view: DeviceView) -> None:
        """See what a page's inner surface would take; it comes with the page."""
        for surface in view.findChildren(QWidget):
            surface.installEventFilter(self)

    def _takes(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent):
            return self._on_wheel(event)
        if isinstance(event, QKeyEvent):
            return watched is self and self._on_key(event)
        return isinstance(event, QMouseEvent) and self._on_mouse(watched, event)

    def _on_wheel(self, event: QWheelEvent) -> bool:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        turned = event.angleDelta().y() or event.pixelDelta().y() * 4
        at = self.viewport().mapFromGlobal(event.globalPosition())
        self.zoom_to(self.scale * _WHEEL_STEP**turned, at)
        return True

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Space:
            return False
        if not event.isAutoRepeat():
            self._space = event.type() is QEvent.Type.KeyPress
            self.ground.shield(on=self._space)
        return True

    def _on_mouse(self, watched: QObject, event: QMouseEvent) -> bool:
        middle = event.button() is Qt.MouseButton.MiddleButton
        kind, at = event.type(), event.globalPosition()
        if kind is QEvent.Type.MouseButtonPress and (self._space or middle):
            self._pan = at
            self.ground.setCursor(Qt.CursorShape.ClosedHandCursor)
            return True
        if self._pan is None:
            if kind is QEvent.Type.MouseButtonPress:
                self._tell_pressed(watched)
            return False
        if kind is QEvent.Type.MouseMove:
            self._scroll(at - self._pan)
            self._pan = at
        elif kind is QEvent.Type.MouseButtonRelease:
            self._pan = None
            self.ground.unsetCursor()
        return True

    def _tell_pressed(self, watched: QObject) -> None:
        part: QObject | None = watched
        while part is not None and not isinstance(part, Card):
            part = part.parent()
        if isinstance(part, Card):
            self.pressed.emit(part)

    def _look_who_is_seen(self) -> None:
        """What is scrolled away needs no frames and no patches."""
        seen = self.viewport().rect().translated(-self.ground.pos())
        for card in self.cards:
            card.set_seen(on=card.geometry().intersects(seen))

    def _scroll(self, by: QPointF) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() - round(by.x()))
        down.setValue(down.value() - round(by.y()))

    def _set_scale(self, scale: float, at: QPointF) -> None:
        scale = min(LARGEST, max(SMALLEST, scale))
        before = self.scale
        spot = at - QPointF(self.ground.pos())
        centre = QPointF(self.ground.rect().center())
        self.scale = scale
        self._place()
        moved = QPointF(self.ground.rect().center()) + (spot - centre) * (
            scale / before
        )
        self.horizontalScrollBar().setValue(round(moved.x() - at.x()))
        self.verticalScrollBar().setValue(round(moved.y() - at.y()))
        self.zoomed.emit(self.scale, self.fits)

    def _footprints(self) -> list[Footprint]:
        found = []
        for card in self.cards:
            whole, fixed = card.size_at(1), card.fixed
            found.append(
                Footprint(
                    whole.width() - fixed.width(),
                    whole.height() - fixed.height(),
                    fixed.width(),
                    fixed.height(),
                )
            )
        return found

    def _fitting(self) -> float:
        room = self.viewport().size()
        return fit(self._footprints(), room.width(), room.height() - FLOOR, GAP)

    def _place(self) -> None:
        room = self.maximumViewportSize()
        found = arrange(self._footprints(), self.scale, room.width(), GAP)
        width = max(room.width(), round(found.width))
        height = max(room.height(), round(found.height) + FLOOR)
        self.ground.resize(width, height)
        left = (width - found.width) / 2
        top = max(0.0, (height - FLOOR - found.height) / 2)
        for card, (x, y) in zip(self.cards, found.places, strict=True):
            card.set_scale(self.scale)
            card.move(QPoint(round(left + x), round(top + y)))
        self._look_who_is_seen()
        self.arranged.emit()


class _Ground(QWidget):
    """Paints the dots; its shield keeps pages from the mouse while panning."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._shield = QWidget(self)
        self._shield.setCursor(Qt.CursorShape.OpenHandCursor)
        self._shield.installEventFilter(stage)
        self._shield.hide()
        self._dots: tuple[str, float, QPixmap] | None = None

    def shield(self, *, on: bool) -> None:
        """Lie over all pages, or let them be."""
        self._shield.setGeometry(self.rect())
        self._shield.raise_()
        self._shield.setVisible(on)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area: QRect = event.rect()
        painter.fillRect(area, QColor(appearance().tokens.ground))
        painter.drawTiledPixmap(area, self._tile(), area.topLeft())

    def _tile(self) -> QPixmap:
        dot, ratio = appearance().tokens.dot, self.devicePixelRatioF()
        if self._dots is None or self._dots[:2] != (dot, ratio):
            self._dots = (dot, ratio, _tile(dot, ratio))
        return self._dots[2]


def _tile(dot: str, ratio: float) -> QPixmap:
    found = QPixmap(round(_DOT_STEP * ratio), round(_DOT_STEP * ratio))
    found.setDevicePixelRatio(ratio)
    found.fill(Qt.GlobalColor.transparent)
    painter = QPainter(found)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(dot))
    middle = _DOT_STEP / 2
    painter.drawEllipse(QPointF(middle, middle), 1.1, 1.1)
    painter.end()
    return found


_FILTERED = {
    QEvent.Type.Wheel,
    QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonRelease,
}
