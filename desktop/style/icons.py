"""Icons of the Lucide family, drawn sharp at every scale in a token's colour.

An icon asks for its colour when it is painted, so switching the scheme needs no
more than a repaint.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.style.appearance import tokens
from desktop.style.drawings import drawing

SMALL = 16
LARGE = 20


def icon(name: str, role: str = "text_muted", *, active: str = "") -> QIcon:
    """The Lucide icon `name` in the colour of the token `role`.

    `active` is the token while checked, selected or hovered (left out: `role`).
    Raises KeyError for a name that Lucide has not.
    """
    drawing(name)
    return QIcon(_Engine(name, role, active or role))


def pixmap(
    name: str,
    color: str,
    size: int = SMALL,
    ratio: float = 1.0,
    *,
    filled: bool = False,
) -> QPixmap:
    """The icon as a picture of `size` px a side at device pixel ratio `ratio`."""
    found = _drawn(name, color, round(size * ratio), filled)
    found.setDevicePixelRatio(ratio)
    return found


class _Engine(QIconEngine):
    def __init__(self, name: str, role: str, active: str) -> None:
        super().__init__()
        self._name, self._role, self._active = name, role, active

    def paint(
        self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State
    ) -> None:
        side = min(rect.width(), rect.height())
        ratio = painter.device().devicePixelRatioF()
        drawn = pixmap(self._name, self._color(mode, state), side, ratio)
        left = rect.x() + (rect.width() - side) // 2
        top = rect.y() + (rect.height() - side) // 2
        painter.drawPixmap(QRect(left, top, side, side), drawn)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        # Qt sets the ratio on what comes back.
        side = round(min(size.width(), size.height()) * scale)
        return QPixmap(_drawn(self._name, self._color(mode, state), side, False))

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role, self._active)

    def _color(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode is QIcon.Mode.Disabled:
            return tokens().disabled
        active = state is QIcon.State.On or mode is not QIcon.Mode.Normal
        color: str = getattr(tokens(), self._active if active else self._role)
        return color


@lru_cache(maxsize=512)
def _drawn(name: str, color: str, side: int, filled: bool) -> QPixmap:
    svg = drawing(name).replace(b"currentColor", color.encode())
    if filled:
        svg = svg.replace(b'fill="none"', f'fill="{color}"'.encode(), 1)
    found = QPixmap(side, side)
    found.fill(Qt.GlobalColor.transparent)
    painter = QPainter(found)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return found
