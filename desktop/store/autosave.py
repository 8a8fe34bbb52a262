"""Autosave: the open widget is in the library within a second of each edit.

Edits start a clock of half a second that further edits do not restart, so a person
who never pauses is saved too. What cannot be saved is tried again until it can.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.errors import translated
from desktop.store.atomic import write_atomically
from exporter.contract.errors import VitrineError
from exporter.files import write_widget

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from desktop.document import Change, Document
    from desktop.store.repository import Library
    from desktop.store.store import Store
    from exporter.contract.widget import Widget

DELAY = 500
"""Milliseconds from an edit to its save; the rest of the second is the disk's."""
RETRY = 3000
"""Milliseconds after a failure."""


@dataclass(frozen=True)
class SaveState:
    """What the top bar says: `words`, and the failure with its next step."""

    kind: Literal["saved", "saving", "failed", "memory"]
    words: str
    error: VitrineError | None = None


SAVED = SaveState("saved", "Saved")
SAVING = SaveState("saving", "Saving…")
IN_MEMORY = SaveState("memory", "Kept until you close Vitrine")


class Autosave(QObject):
    """Follows one document; `state_changed` carries the new SaveState."""

    state_changed = Signal(object)

    def __init__(
        self, document: Document, store: Store, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._store = store
        self._state = SAVED
        self._unsaved: dict[str, Widget] = {}
        self._under_way: dict[str, Widget] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._save)
        document.changed.connect(self._on_changed)
        document.opened.connect(self._on_opened)

    @property
    def state(self) -> SaveState:
        """How things stand."""
        return self._state

    @property
    def unsaved(self) -> bool:
        """Whether an edit is not in the library yet."""
        return bool(self._unsaved or self._under_way)

    def flush(self) -> VitrineError | None:
        """Save here and now, as before closing; answers what is in the way."""
        self._timer.stop()
        widgets = {**self._under_way, **self._unsaved}
        if not widgets:
            return None
        try:
            self._store.write_now(partial(_keep, widgets))
        except VitrineError as error:
            self._on_failed(widgets, error)
            return error
        self._under_way, self._unsaved = {}, {}
        self._show_saved()
        return None

    def save_copy(self, path: Path) -> VitrineError | None:
        """Write the document as a file, where the library fails; what is in the way."""
        try:
            write_atomically(path, write_widget(self._document.widget))
        except OSError as error:
            return translated(error)
        return None

    def shutdown(self) -> None:
        """Stop following; `flush()` comes first."""
        self._timer.stop()
        self._document.changed.disconnect(self._on_changed)
        self._document.opened.disconnect(self._on_opened)

    def _on_changed(self, change: Change) -> None:
        if change.kind == "open":
            return
        widget = self._document.widget
        self._unsaved[widget.key] = widget
        if self._state.kind != "failed":
            self._set_state(SAVING)
        if not self._timer.isActive() and not self._under_way:
            self._timer.start(DELAY)

    def _on_opened(self) -> None:
        """Another widget: what the last one still owes goes first."""
        self._save()
        widget = self._document.widget
        self._store.write(
            partial(_keep_opened, widget),
            on_error=partial(self._on_failed, {widget.key: widget}),
        )

    def _save(self) -> None:
        if not self._unsaved:
            return
        widgets, self._unsaved = self._unsaved, {}
        self._under_way.update(widgets)
        self._store.write(
            partial(_keep, widgets),
            on_done=partial(self._on_saved, widgets),
            on_error=partial(self._on_failed, widgets),
        )

    def _on_saved(self, widgets: dict[str, Widget], _: object) -> None:
        self._settle(widgets)
        if self._unsaved:
            self._set_state(SAVING)
            self._timer.start(DELAY)
        elif not self._under_way:
            self._show_saved()

    def _on_failed(self, widgets: dict[str, Widget], error: VitrineError) -> None:
        """Keep the widgets, unless newer states of them wait already; try again."""
        self._settle(widgets)
        self._unsaved = {**widgets, **self._unsaved}
        words = error.message.removesuffix(".")
        self._set_state(SaveState("failed", words, error))
        self._timer.start(RETRY)

    def _settle(self, widgets: dict[str, Widget]) -> None:
        for key, widget in widgets.items():
            if self._under_way.get(key) is widget:
                del self._under_way[key]

    def _show_saved(self) -> None:
        self._set_state(SAVED if self._store.persistent else IN_MEMORY)

    def _set_state(self, state: SaveState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _keep(widgets: Mapping[str, Widget], library: Library) -> int:
    for widget in widgets.values():
        library.save(widget)
    return len(widgets)


def _keep_opened(widget: Widget, library: Library) -> None:
    """A widget that comes from elsewhere makes a revision of what was here."""
    library.save(widget, fresh=True)
    library.set_last_open(widget.key)
