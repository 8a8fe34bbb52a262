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
_MOST_KEYS = 500
_IN_PAGE = 12


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
        journey.until(lambda: _name(_page(journey)), "the page's name")
        for panel in ("show_code", "show_check", "show_session"):
            journey.app.commands[panel].trigger()
            QTest.qWait(50)
            seen[f"{title}, {panel}"] = {"nameless": _nameless(window)}
        seen[f"{title}, show_session"] |= {
            "stops": _stops(window),
            "parts": _parts(journey),
        }
    journey.app.commands["library"].trigger()
    journey.until(lambda: window.shows_library, "library")
    seen["library"] = {"nameless": _nameless(window), "stops": _stops(window)}
    print(json.dumps(seen))
    journey.app.end()
    qt.quit()
    return 0


def _page(journey: Journey) -> QWidget:
    page: QWidget = journey.workshop.canvas.card.view.focusProxy()
    return page


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
    """The names that Tab goes through, from where it is till it comes back there.

    Within a page Tab goes from link to link, in the page's own time; a chat that fills
    a phone keeps it until Escape.
    """
    first = last = None
    names: list[str] = []
    inside = 0
    for _ in range(_MOST_KEYS):
        key = Qt.Key.Key_Escape if inside == _IN_PAGE else Qt.Key.Key_Tab
        QTest.keyClick(QApplication.focusWidget() or window, key)
        stop = QApplication.focusWidget()
        inside = inside + 1 if stop is last else 0
        if stop is not None and stop is last:
            QTest.qWait(50)
            continue
        if stop is None or stop is first:
            break
        first, last = first or stop, stop
        names.append(_name(stop))
    return names


def _parts(journey: Journey) -> list[str]:
    """Where F6 leads from within the page, which keeps Tab to itself."""
    _page(journey).setFocus()
    names = []
    for _ in range(4):
        journey.app.commands["next_part"].trigger()
        names.append(_name(QApplication.focusWidget()))
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
