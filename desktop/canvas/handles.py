"""Handles at the edges of what can be resized, with its size while it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QLabel, QWidget

from desktop.canvas.snap import HEIGHTS, WIDTHS, snapped
from desktop.style.appearance import color

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

Side = Literal["left", "right", "top", "bottom"]
_THICK = 18
_LONG = 64
_PILL = 4


class Limits(NamedTuple):
    """The smallest and largest width and height, in CSS px."""

    width: tuple[int, int]
    height: tuple[int, int]

    def held(self, width: int, height: int) -> tuple[int, int]:
        """A size within them."""
        low_w, high_w = self.width
        low_h, high_h = self.height
        return min(high_w, max(low_w, width)), min(high_h, max(low_h, height))


class Span(NamedTuple):
    """What the handles resize: its size and limits, and which sides move.

    `centred` across and down: then an edge under the hand moves at half the growth.
    """

    width: int
    height: int
    limits: Limits
    sides: tuple[Side, ...] = ("left", "right", "bottom")
    centred: tuple[bool, bool] = (False, False)


class Handles(QWidget):
    """Owns the grips around a rectangle of its parent; reports, changes nothing.

    One drag, or one stay of the keyboard on a grip, is `resize_started`, any number
    of `resized(width, height)` in CSS px, `resize_finished`. Escape reports the
    first size again before it finishes.
    """

    resize_started = Signal()
    resized = Signal(int, int)
    resize_finished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._rect = QRectF()
        self._scale = 1.0
        self._span: Span | None = None
        self._first: tuple[int, int] | None = None
        self._snapping = True
        self.size_label = _SizeLabel(parent)
        self.grips: dict[Side, Grip] = {
            side: Grip(side, parent, self) for side in _STEPS
        }

    @property
    def active(self) -> bool:
        """Whether a resize is under way."""
        return self._first is not None

    def put(self, rect: QRectF, scale: float, span: Span | None) -> None:
        """Lie around `rect` of the parent, which is `span` at `scale`; or vanish."""
        if (rect, scale, span) == (self._rect, self._scale, self._span):
            return
        self._rect, self._scale, self._span = rect, scale, span
        for side, grip in self.grips.items():
            shown = span is not None and side in span.sides
            if shown:
                grip.setGeometry(_place(side, rect))
            if shown and grip.isHidden():
                grip.show()
                grip.raise_()
            elif not shown:
                grip.hide()
        if self.active and span is not None:
            self._tell(span.width, span.height)
        else:
            self.size_label.hide()

    def start(self) -> None:
        """A hand, or the keyboard, takes a grip."""
        if self._span is None or self.active:
            return
        self._first = self._span.width, self._span.height
        self.resize_started.emit()
        self._tell(*self._first)

    def drag(self, side: Side, by: QPointF, *, snap: bool = True) -> None:
        """The hand has moved so far, in window px, since it took the grip."""
        if self._span is None or self._first is None:
            return
        across, down = _STEPS[side]
        wide, high = (2 if centred else 1 for centred in self._span.centred)
        width = self._first[0] + across * wide * by.x() / self._scale
        height = self._first[1] + down * high * by.y() / self._scale
        if snap and across:
            width = snapped(width, WIDTHS, self._scale)
        if snap and down:
            height = snapped(height, HEIGHTS, self._scale)
        self._report(round(width), round(height))

    def nudge(self, side: Side, across: int, down: int) -> None:
        """The keyboard asks for so many CSS px more, seen along the side."""
        self.start()
        if self._span is None:
            return
        grow_x, grow_y = _STEPS[side]
        width = self._span.width + grow_x * across
        self._report(width, self._span.height + grow_y * down)

    def finish(self) -> None:
        """The hand lets go."""
        if self.active:
            self._first = None
            self.size_label.hide()
            self.resize_finished.emit()

    def cancel(self) -> None:
        """Back to where it began."""
        if self._first is not None:
            self._report(*self._first)
            self.finish()

    def dismiss(self) -> None:
        """Leave the parent for good."""
        for part in (*self.grips.values(), self.size_label, self):
            part.hide()
            part.deleteLater()

    def _report(self, width: int, height: int) -> None:
        assert self._span is not None
        size = self._span.limits.held(width, height)
        if size != (self._span.width, self._span.height):
            self._span = self._span._replace(width=size[0], height=size[1])
            self.resized.emit(*size)
        self._tell(*size)

    def _tell(self, width: int, height: int) -> None:
        self.size_label.tell(f"{width} × {height}", self._rect)


class Grip(QWidget):
    """One handle: a pill that grows under the hand; arrows move it too."""

    def __init__(self, side: Side, parent: QWidget, owner: Handles) -> None:
        super().__init__(parent)
        self.side = side
        self._owner = owner
        self._from: QPointF | None = None
        upright = side in ("left", "right")
        self.setObjectName(f"handle-{side}")
        self.setAccessibleName(f"Resize at the {side}")
        what = "width" if upright else "height"
        self.setToolTip(f"Drag to change the {what}; Alt leaves breakpoints alone")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        shape = Qt.CursorShape
        self.setCursor(shape.SizeHorCursor if upright else shape.SizeVerCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._from = event.globalPosition()
            self._owner.start()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the hand."""
        if self._from is not None:
            free = event.modifiers() & Qt.KeyboardModifier.AltModifier
            by = event.globalPosition() - self._from
            self._owner.drag(self.side, by, snap=not free)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._from is not None:
            self._from = None
            self._owner.finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move by 1, with Shift by 10; Escape takes it back."""
        far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        if event.key() in _ARROWS:
            across, down = _ARROWS[Qt.Key(event.key())]
            self._owner.nudge(self.side, across * far, down * far)
        elif event.key() == Qt.Key.Key_Escape and self._owner.active:
            self._from = None
            self._owner.cancel()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the grip ends what the keyboard began."""
        if self._from is None:
            self._owner.finish()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A pill in the ground's own grey; the accent while in use."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        used = self.underMouse() or self.hasFocus() or self._from is not None
        painter.setBrush(color("accent") if used else color("border_strong"))
        thick = _PILL + 1 if used else _PILL
        upright = self.side in ("left", "right")
        width, height = (thick, 40) if upright else (40, thick)
        pill = QRectF(0, 0, width, height)
        pill.moveCenter(QRectF(self.rect()).center())
        halo = pill.adjusted(-1.5, -1.5, 1.5, 1.5)
        ground = QColor(color("raised"))
        ground.setAlpha(200)
        painter.save()
        painter.setBrush(ground)
        painter.drawRoundedRect(halo, 4, 4)
        painter.restore()
        painter.drawRoundedRect(pill, thick / 2, thick / 2)


class _SizeLabel(QLabel):
    """The size, in a chip below what is being resized."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sizeLabel")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def tell(self, text: str, rect: QRectF) -> None:
        self.setText(text)
        ink, ground = color("on_tooltip").name(), color("tooltip").name()
        self.setStyleSheet(
            f"background: {ground}; color: {ink}; border-radius: 6px;"
            "padding: 3px 8px; font-size: 12px; font-weight: 600;"
        )
        self.adjustSize()
        x = rect.center().x() - self.width() / 2
        y = rect.bottom() - self.height() - 12
        self.move(round(x), round(max(4.0, y)))
        self.show()
        self.raise_()


def _place(side: Side, rect: QRectF) -> QRect:
    """Where a grip lies: just outside the middle of its side."""
    upright = side in ("left", "right")
    size = (_THICK, _LONG) if upright else (_LONG, _THICK)
    found = QRectF(0, 0, *size)
    centre = _CENTRES[side](rect)
    found.moveCenter(centre)
    return found.toRect()


_OUT = 13
_CENTRES: dict[Side, Callable[[QRectF], QPointF]] = {
    "left": lambda r: QPointF(r.left() - _OUT, r.center().y()),
    "right": lambda r: QPointF(r.right() + _OUT, r.center().y()),
    "top": lambda r: QPointF(r.center().x(), r.top() - _OUT),
    "bottom": lambda r: QPointF(r.center().x(), r.bottom() + _OUT),
}
_STEPS: dict[Side, tuple[int, int]] = {
    "left": (-1, 0),
    "right": (1, 0),
    "top": (0, -1),
    "bottom": (0, 1),
}
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
