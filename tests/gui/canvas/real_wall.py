"""A wall of the real widget, served by the preview's own host, and a hand for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest

from tests.gui.canvas.conftest import answer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from desktop.canvas.canvas import Canvas
    from desktop.canvas.card import Card
    from desktop.canvas.view import DeviceView

INSIDE = "document.querySelector('[data-vitrine]')?.shadowRoot?.querySelector({})"


def inside(selector: str) -> str:
    """Script: an element of the widget's own part of the page."""
    return INSIDE.format(repr(selector))


def is_open(qtbot: QtBot, card: Card) -> bool:
    script = f"Boolean({inside('.vt')}?.hasAttribute('data-open'))"
    return bool(answer(qtbot, card.view, script))


def all_ready(qtbot: QtBot, canvas: Canvas) -> None:
    """Wait till each device shows the widget."""
    qtbot.waitUntil(
        lambda: all(card.view.state == "ready" for card in canvas.wall.cards),
        timeout=30_000,
    )
    for card in canvas.wall.cards:
        _wait_for(qtbot, card, ".vt-launcher")


def has_panel(qtbot: QtBot, card: Card) -> None:
    """Wait till a device's chat can be typed into."""
    _wait_for(qtbot, card, ".vt-panel textarea")


def _wait_for(qtbot: QtBot, card: Card, selector: str) -> None:
    there = f"Boolean({inside(selector)})"
    qtbot.waitUntil(lambda: answer(qtbot, card.view, there), timeout=20_000)


def press_at(qtbot: QtBot, view: DeviceView, element: str) -> None:
    """Press an element, where it stands."""
    qtbot.mouseClick(
        _surface(view), Qt.MouseButton.LeftButton, pos=_middle(qtbot, view, element)
    )


def write(view: DeviceView, text: str) -> None:
    """Type into what has the focus."""
    QTest.keyClicks(_surface(view), text)


def press_key(view: DeviceView, key: Qt.Key) -> None:
    """Press a key that writes nothing."""
    QTest.keyClick(_surface(view), key)


def wheel(qtbot: QtBot, view: DeviceView, element: str, by: int) -> None:
    """Turn the wheel over an element, by so many px."""
    surface, at = _surface(view), QPointF(_middle(qtbot, view, element))
    event = QWheelEvent(
        at,
        surface.mapToGlobal(at),
        QPoint(0, -by),
        QPoint(0, -by),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(surface, event)


def _surface(view: DeviceView) -> QWidget:
    """What takes a view's input; raised and focused, as a person's would be."""
    view.setFocus()
    surface = view.focusProxy()
    assert surface is not None
    return surface


def _middle(qtbot: QtBot, view: DeviceView, element: str) -> QPoint:
    script = f"""(() => {{ const r = {element}.getBoundingClientRect();
      return [r.x + r.width / 2, r.y + Math.min(r.height, innerHeight) / 2]; }})()"""
    x, y = answer(qtbot, view, script)
    assert view.screen_shown is not None
    scale = view.width() / view.screen_shown.width
    return QPoint(round(x * scale), round(y * scale))
