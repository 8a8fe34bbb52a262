"""What every control can do, so that a row need not know which one it holds."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from exporter.contract.specs import SettingSpec

    Lookup = Callable[[str], Any]
    """Reads another setting of the open widget by its path."""

_numbers = count(1)


class Control(QWidget):
    """Shows and changes one setting; values are JSON, as in the widget file.

    A subclass builds itself in `__init__` (after `super().__init__`), calls
    `focus_on` with the widget that takes the focus, calls `commit(value)` for each
    change a person makes, and overrides `value` and `show_value`. While one gesture
    lasts (a drag, typing in a field), it stands between `begin` and `end`: all
    its commits become one undo step.

    Signals: `value_changed(value)` for each change a person makes, never for one
    made by `set_value`; `editing_finished` at the end of a gesture.
    """

    value_changed = Signal(object)
    editing_finished = Signal()
    drag_started = Signal()
    drag_ended = Signal()

    wide: ClassVar[bool] = False
    """Whether it stands under its label, across the whole row."""

    def __init__(
        self,
        spec: SettingSpec,
        lookup: Lookup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.spec = spec
        self.lookup: Lookup = lookup or (lambda path: None)
        self._quiet = False
        self._merge: str | None = None
        self._error = ""
        self._name(self)

    def value(self) -> Any:
        """What it shows now, as JSON."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Show a value that came from outside. Subclasses override this one."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value without a word to anybody."""
        with self.quietly():
            self.show_value(value)

    def spans(self) -> bool:
        """Whether this one stands under its label (asked once, when built)."""
        return self.wide

    @property
    def merge(self) -> str | None:
        """The gesture that is under way: its changes are one undo step."""
        return self._merge

    def begin(self) -> None:
        """A gesture starts; a second start within it is none."""
        if self._merge is None:
            self._merge = f"{self.spec.path}#{next(_numbers)}"
            self.drag_started.emit()

    def end(self) -> None:
        """The gesture is over."""
        if self._merge is not None:
            self._merge = None
            self.drag_ended.emit()
            self.editing_finished.emit()

    def commit(self, value: Any) -> None:
        """Say that a person chose this value."""
        if not self._quiet:
            self.value_changed.emit(value)

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """While it lasts, no change is told: it came from outside."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    @property
    def error(self) -> str:
        """What is wrong with what stands here; "" for nothing."""
        return self._error

    def set_error(self, text: str) -> None:
        """Mark the control as wrong ("" as right); the row says the words."""
        self._error = text
        target = self.focusProxy() or self
        if bool(target.property("invalid")) != bool(text):
            target.setProperty("invalid", bool(text))
            target.style().unpolish(target)
            target.style().polish(target)
        self._describe(target)
        self.update()

    def focus_on(self, widget: QWidget) -> None:
        """Let `widget` take the focus for this control, under the setting's name."""
        self.setFocusProxy(widget)
        self._name(widget)

    def _name(self, widget: QWidget) -> None:
        title, group = self.spec.title, self.spec.group
        widget.setAccessibleName(f"{group}, {title}" if group else title)
        self._describe(widget)

    def _describe(self, widget: QWidget) -> None:
        words = (self._error, self.spec.help, self.spec.unit)
        widget.setAccessibleDescription(" ".join(word for word in words if word))
