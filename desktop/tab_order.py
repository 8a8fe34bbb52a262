"""Tab goes in reading order, however late a part was made.

Qt's own chain is the order of making; sections, list entries and forms are made when
they are needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

    _Widget = QWidget
else:
    # A plain class at run time: it stands beside QWidget, QFrame and their like.
    _Widget = object

_LINE = 8
"""Centres no further apart than this, in px, are on one line."""


class ReadingOrder(_Widget):
    """A part of the window that Tab goes through as one reads, and then to the next.

    To be named before the kind of widget that it is.
    """

    def focusNextPrevChild(self, forward: bool) -> bool:
        return step(self, forward=forward) or super().focusNextPrevChild(forward)


def step(area: QWidget, *, forward: bool) -> bool:
    """Move the focus to the stop before or after in `area`, or out of it."""
    current = QApplication.focusWidget()
    order = stops(area)
    if current not in order:
        return False
    place = order.index(current) + (1 if forward else -1)
    inside = 0 <= place < len(order)
    target = order[place] if inside else _outside(area, current, forward=forward)
    if target is None:
        return False
    reason = Qt.FocusReason.TabFocusReason
    target.setFocus(reason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


def leave(window: QWidget, *, forward: bool) -> None:
    """Move the focus to the window's next area, also from where Tab stays inside."""
    current = QApplication.focusWidget()
    area = current and _area_around(current)
    for other in _others(area, forward=forward) if area else _areas(window):
        found = _end(other, forward=True)
        if found is not None:
            found.setFocus(Qt.FocusReason.TabFocusReason)
            return


def stops(area: QWidget) -> list[QWidget]:
    """What takes the focus by Tab within `area`, in reading order."""
    mirrored = area.layoutDirection() == Qt.LayoutDirection.RightToLeft
    placed = [
        (_place(widget, area), widget)
        for widget in area.findChildren(QWidget)
        if _is_stop(widget, area)
    ]
    placed.sort(key=lambda item: item[0].y())
    lines: list[list[tuple[int, QWidget]]] = []
    last = None
    for place, widget in placed:
        if last is None or place.y() - last > _LINE:
            lines.append([])
            last = place.y()
        lines[-1].append((-place.x() if mirrored else place.x(), widget))
    return [
        widget for line in lines for _, widget in sorted(line, key=lambda item: item[0])
    ]


def _place(widget: QWidget, area: QWidget) -> QPoint:
    """Where the widget's middle would be with nothing scrolled."""
    place = widget.rect().center()
    inner: QWidget | None = widget
    while inner is not None and inner is not area:
        outer = inner.parentWidget()
        scrolled = outer is not None and isinstance(outer.parentWidget(), QScrollArea)
        if not scrolled:
            place += inner.pos()
        inner = outer
    return place


def _outside(area: QWidget, start: QWidget, *, forward: bool) -> QWidget | None:
    for other in _others(area, forward=forward):
        found = _end(other, forward=forward)
        if found is not None:
            return found
    for widget in _chain(start, forward=forward):
        if not area.isAncestorOf(widget) and _is_stop(widget, area.window()):
            return widget
    return _end(area, forward=forward)


def _end(area: QWidget, *, forward: bool) -> QWidget | None:
    return next(iter(stops(area)[:: 1 if forward else -1]), None)


def _others(area: QWidget, *, forward: bool) -> list[QWidget]:
    """The window's other areas, from this one on and round."""
    areas = _areas(area.window())
    if area not in areas:
        return []
    place = areas.index(area)
    onward = [*areas[place + 1 :], *areas[:place]]
    return onward if forward else onward[::-1]


def _areas(window: QWidget) -> list[QWidget]:
    every = window.findChildren(QWidget)
    shown = [
        each for each in every if isinstance(each, ReadingOrder) and each.isVisible()
    ]
    return sorted(shown, key=lambda each: each.mapTo(window, QPoint()).toTuple()[::-1])


def _area_around(widget: QWidget) -> QWidget | None:
    outer: QWidget | None = widget
    while outer is not None and not isinstance(outer, ReadingOrder):
        outer = outer.parentWidget()
    return outer


def _chain(start: QWidget, *, forward: bool) -> Iterator[QWidget]:
    widget = start
    while True:
        chained = (
            widget.nextInFocusChain() if forward else widget.previousInFocusChain()
        )
        if chained is None or chained is start:
            return
        widget = chained
        yield widget


def _is_stop(widget: QWidget, area: QWidget) -> bool:
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.focusProxy() is None
        and widget.isEnabled()
        and widget.window() is area.window()
        and widget.isVisible()
    )
