"""Sets controls as a person does: with the mouse and the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from exporter.contract.errors import InvalidWidget
from exporter.editing import with_values

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.sidebar.controls.control import Control
    from exporter.contract.specs import SettingSpec
    from exporter.contract.widget import Widget

_PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mN8"
    "z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
_FONT = {
    "family": "Own",
    "src": "https://fonts.example/own.woff2",
    "weight": "400",
    "style": "normal",
    "display": "swap",
    "unicode_range": "",
}
_TOOL = {
    "id": "search",
    "label": "Search",
    "icon": "globe",
    "short_label": "",
    "placeholder_override": "",
    "pinned": False,
    "persistent": False,
}
_MODEL = {
    "id": "small",
    "label": "Small",
    "description": "",
    "disabled": False,
    "default": True,
}
_SAMPLES: dict[str, tuple[Any, ...]] = {
    "color": ("#123456",),
    "domains": (["shop.example", "*.shop.example"],),
    "font": ("Poppins",),
    "font_sources": ([_FONT],),
    "icon": ("star", "bug"),
    "image": (_PICTURE,),
    "lines": (["Hello there"], [".pdf"]),
    "models": ([_MODEL],),
    "prompts": ([{"label": "Prices", "prompt": "What does it cost?", "icon": "star"}],),
    "table": ({"X-Shop": "one"}, {"shop": "one"}),
    "texts": ({"send": "Off you go"},),
    "tools": ([_TOOL],),
    "text": ("other", "https://chat.example/hook", "wf_other"),
    "multiline": ("One line\nand another",),
}


def another(spec: SettingSpec, widget: Widget) -> Any:
    """A value that the widget takes for this setting and does not have."""
    for value in _candidates(spec):
        try:
            with_values(widget, {spec.path: value})
        except InvalidWidget:
            continue
        if value != spec.default:
            return value
    raise AssertionError(f"no other value for {spec.path}")


def _candidates(spec: SettingSpec) -> tuple[Any, ...]:
    if spec.control == "switch":
        return (not spec.default,)
    if spec.options and spec.control in ("segmented", "choice"):
        return tuple(value for value, _ in spec.options)
    if spec.control in ("slider", "number"):
        ends = (spec.minimum, spec.maximum)
        return tuple(int(end) for end in ends if end is not None)
    return _SAMPLES[spec.control]


def drive(control: Control, value: Any) -> bool:
    """Set a control by hand; False for a kind that its own tests drive."""
    act = _ACTS.get(control.spec.control)
    target = control.focusProxy()
    if act is None or target is None:
        return False
    target.setFocus(Qt.FocusReason.TabFocusReason)
    act(control, target, value)
    return True


def _flip(control: Control, target: QWidget, value: Any) -> None:
    QTest.mouseClick(target, Qt.MouseButton.LeftButton)


def _step(control: Control, target: QWidget, value: Any) -> None:
    options = [option for option, _ in control.spec.options]
    QTest.keyClick(target, Qt.Key.Key_Home)
    for _ in range(options.index(value)):
        QTest.keyClick(control.focusProxy(), Qt.Key.Key_Right)


def _slide(control: Control, target: QWidget, value: Any) -> None:
    end = value == control.spec.maximum
    QTest.keyClick(target, Qt.Key.Key_End if end else Qt.Key.Key_Home)


def _write(control: Control, target: QWidget, value: Any) -> None:
    QTest.keySequence(target, "Ctrl+A")
    for letter in str(value):
        if letter == "\n":
            QTest.keyClick(target, Qt.Key.Key_Return)
        else:
            QTest.keyClicks(target, letter)
    if control.spec.control != "multiline":
        QTest.keyClick(target, Qt.Key.Key_Return)


def _walk(control: Control, target: QWidget, value: Any) -> None:
    options = [option for option, _ in control.spec.options]
    steps = options.index(value) - options.index(control.value())
    key = Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up
    for _ in range(abs(steps)):
        QTest.keyClick(target, key, Qt.KeyboardModifier.AltModifier)


_ACTS = {
    "switch": _flip,
    "segmented": _step,
    "slider": _slide,
    "number": _write,
    "text": _write,
    "multiline": _write,
    "color": _write,
    "choice": _walk,
}
