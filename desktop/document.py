"""The open widget: the only truth that views show, and its history.

Views hold nothing: they call `set`, hear `changed`, and read `widget` again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop.values import found_at, same, value_at
from exporter.contract.errors import Finding, InvalidWidget
from exporter.contract.specs import settings_of
from exporter.editing import Switched, switch_provider, with_values
from exporter.providers.registry import provider

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exporter.contract.specs import SettingSpec
    from exporter.contract.widget import Widget

Kind = Literal["set", "undo", "redo", "switch", "open"]
_HISTORY = 500


@dataclass(frozen=True)
class Change:
    """What is different now: `paths` of settings (none: all of them), and by what."""

    paths: tuple[str, ...]
    kind: Kind


class Document(QObject):
    """Owns the frozen widget; every change is one undo step.

    `changed` comes after `widget` is new; `opened` when it is another widget
    altogether; `history_changed` when what undo and redo would do is different.
    """

    changed = Signal(object)
    opened = Signal()
    history_changed = Signal()

    def __init__(self, widget: Widget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._widget = widget
        self._merges: dict[str, int] = {}
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(_HISTORY)
        self._stack.indexChanged.connect(self.history_changed)

    @property
    def widget(self) -> Widget:
        """The widget as it stands."""
        return self._widget

    @property
    def specs(self) -> dict[str, SettingSpec]:
        """All settings of the widget's provider by path."""
        return settings_of(type(self._widget))

    def value(self, path: str) -> Any:
        """The JSON value at `path`; raises KeyError where there is none."""
        return value_at(self._widget, path)

    def set(
        self, path: str, value: Any, *, merge: str | None = None
    ) -> tuple[Finding, ...]:
        """Change one setting; answers what is wrong with the value, else nothing.

        Steps with the same `merge` that follow each other are one undo step.
        """
        spec = self.specs.get(path)
        title = spec.title if spec else path
        return self.set_many({path: value}, merge=merge, text=f"Change “{title}”")

    def set_many(
        self,
        values: Mapping[str, Any],
        *,
        merge: str | None = None,
        text: str = "Change settings",
    ) -> tuple[Finding, ...]:
        """Change several settings in one step, all or none."""
        try:
            new = changed_widget(self._widget, values)
        except InvalidWidget as error:
            return error.findings
        paths = tuple(
            path
            for path in values
            if not same(value_at(new, path), found_at(self._widget, path))
        )
        if paths:
            self._push(new, paths, "set", text, merge)
        return ()

    def reset(self, path: str) -> tuple[Finding, ...]:
        """Set one setting to its default; raises KeyError for an unknown path."""
        spec = self.specs[path]
        text = f"Reset “{spec.title}”"
        return self.set_many({path: spec.default}, text=text)

    def reset_section(self, name: str) -> tuple[Finding, ...]:
        """Set all settings of one section to their defaults, in one step."""
        values = {
            path: spec.default
            for path, spec in self.specs.items()
            if spec.section == name
        }
        return self.set_many(values, text="Reset section")

    def switch_provider(self, name: str) -> Switched:
        """Move to another provider in one step; raises UnknownProvider."""
        target = provider(name)
        if target.name == self._widget.provider:
            return Switched(self._widget, (), ())
        switched = switch_provider(self._widget, target)
        text = f"Switch to {target.title}"
        self._push(switched.widget, (), "switch", text, None)
        return switched

    def open(self, widget: Widget) -> None:
        """Show another widget; the history starts anew."""
        self._widget = widget
        self._merges.clear()
        self._stack.clear()
        self.opened.emit()
        self.changed.emit(Change((), "open"))
        self.history_changed.emit()

    def undo(self) -> None:
        """Take the last step back."""
        self._stack.undo()

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self._stack.redo()

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._stack.canUndo()

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return self._stack.canRedo()

    @property
    def undo_text(self) -> str:
        """What undo would take back, in words."""
        return self._stack.undoText()

    @property
    def redo_text(self) -> str:
        """What redo would do again, in words."""
        return self._stack.redoText()

    def is_default(self, path: str) -> bool:
        """Whether a setting stands as its provider ships it."""
        return same(self.value(path), self.specs[path].default)

    def visible(self, path: str) -> bool:
        """Whether a setting has an effect now.

        A condition holds only where the setting it names has an effect itself.
        """
        spec = self.specs.get(path)
        return spec is None or all(
            self.value(condition.path) in condition.values
            and self.visible(condition.path)
            for condition in spec.shown_when
        )

    def apply(self, widget: Widget, change: Change) -> None:
        """Take a step's outcome; for the steps of the history alone."""
        self._widget = widget
        self.changed.emit(change)

    def _push(
        self,
        new: Widget,
        paths: tuple[str, ...],
        kind: Kind,
        text: str,
        merge: str | None,
    ) -> None:
        number = -1 if merge is None else self._merge_id(merge)
        self._stack.push(_Step(self, self._widget, new, paths, kind, text, number))

    def _merge_id(self, merge: str) -> int:
        return self._merges.setdefault(merge, len(self._merges) + 1)


class _Step(QUndoCommand):
    """One change, as the widgets before and after it."""

    def __init__(
        self,
        document: Document,
        before: Widget,
        after: Widget,
        paths: tuple[str, ...],
        kind: Kind,
        text: str,
        number: int,
    ) -> None:
        super().__init__(text)
        self._document = document
        self._before, self.after = before, after
        self.paths, self._kind = paths, kind
        self._number = number
        self._done: Kind = kind

    def id(self) -> int:
        return self._number

    def redo(self) -> None:
        self._document.apply(self.after, Change(self.paths, self._done))
        self._done = "redo"

    def undo(self) -> None:
        self._document.apply(self._before, Change(self.paths, "undo"))

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Step):
            return False
        self.after = other.after
        self.paths = tuple(dict.fromkeys(self.paths + other.paths))
        self.setObsolete(self._returned())
        return True

    def _returned(self) -> bool:
        return all(
            same(found_at(self._before, path), found_at(self.after, path))
            for path in self.paths
        )


def changed_widget(widget: Widget, values: Mapping[str, Any]) -> Widget:
    """What `with_values` gives, checking only the sections that are touched.

    No rule spans two sections (a test holds that), and a section may carry megabytes
    of fonts that a slider elsewhere must not wait for. Raises InvalidWidget.
    """
    tops = {path.partition(".")[0] for path in values}
    known = tops.intersection(type(widget).model_fields)
    touched = {top: getattr(widget, top) for top in known}
    new = with_values(_bare(type(widget)).model_copy(update=touched), dict(values))
    return widget.model_copy(update={top: getattr(new, top) for top in known})


@cache
def _bare(model: type[Widget]) -> Widget:
    return model(provider=model.model_fields["provider"].default)
