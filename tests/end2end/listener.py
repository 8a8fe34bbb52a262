"""The app as a screen reader meets it, in a process of its own.

Started by test_listener.py; prints one JSON object: for each place the stops that Tab
goes through, and what can be used there but has no name.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import App, make_qt
from desktop.sidebar.section import Section
from desktop.store.folder import data_folder
from tests.end2end.journey import Journey

_ROLES = frozenset(
    getattr(QAccessible.Role, name)
    for name in (
        *("Button", "ButtonDropDown", "ButtonMenu", "CheckBox", "ColorChooser"),
        *("ComboBox", "EditableText", "Link", "List", "ListItem", "MenuItem"),
        *("PageTab", "RadioButton", "Slider", "SpinBox", "Table"),
    )
)
_MOST_STOPS = 400


def main() -> int:
    """Walk through the studio with either provider, and the library."""
    qt = make_qt()
    QAccessible.setActive(True)
    journey = Journey(App(data_folder()))
    window = journey.app.window
    window.activateWindow()
    seen: dict[str, Any] = {}
    for title in ("Blank n8n", "Blank ChatKit"):
        journey.begin(title)
        _unfold(window)
        for panel in ("show_code", "show_check", "show_session"):
            journey.app.commands[panel].trigger()
            QTest.qWait(50)
            seen[f"{title}, {panel}"] = {"nameless": _nameless(window)}
        seen[f"{title}, show_session"]["stops"] = _stops(window)
    journey.app.commands["library"].trigger()
    journey.until(lambda: window.shows_library, "library")
    seen["library"] = {"nameless": _nameless(window), "stops": _stops(window)}
    print(json.dumps(seen))
    journey.app.end()
    qt.quit()
    return 0


def _unfold(window: QWidget) -> None:
    for section in window.findChildren(Section):
        section.set_open(True)
        section.set_more(True)
    QTest.qWait(100)


def _nameless(window: QWidget) -> list[str]:
    shown = (each for each in window.findChildren(QWidget) if each.isVisible())
    return [
        f"{type(widget).__name__} {widget.objectName()} in {widget.parent()}"
        for widget in shown
        if _is_used(widget) and not _name(widget)
    ]


def _stops(window: QWidget) -> list[str]:
    """The names that Tab goes through, from the window's first to where it began."""
    first = None
    names: list[str] = []
    while len(names) < _MOST_STOPS:
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        stop = QApplication.focusWidget()
        if stop is None or stop is first:
            break
        first = first or stop
        names.append(_name(stop))
    return names


def _is_used(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    if by_tab and widget.focusProxy() is None:
        return True
    heard = QAccessible.queryAccessibleInterface(widget)
    return heard is not None and heard.role() in _ROLES


def _name(widget: QWidget) -> str:
    heard = QAccessible.queryAccessibleInterface(widget)
    return heard.text(QAccessible.Text.Name).strip() if heard else ""


if __name__ == "__main__":
    sys.exit(main())
