"""What can be done with widgets in the library; each undoes itself or asks first."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from desktop.store.atomic import write_atomically
from exporter.contract.errors import InputError
from exporter.files import MAX_BYTES, read_widget, write_widget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from desktop.store.repository import Library
    from desktop.store.rows import Place
    from desktop.store.store import Store
    from desktop.tasks import Tasks
    from exporter.contract.errors import VitrineError
    from exporter.contract.widget import Widget

SUFFIX = ".widget.json"
_FILTER = f"Vitrine widgets (*{SUFFIX});;JSON (*.json);;All files (*)"


class Say(Protocol):
    """The message strip's own `say`."""

    def __call__(
        self,
        text: str,
        tone: str = "info",
        *,
        action: str = "",
        run: Callable[[], object] | None = None,
    ) -> None: ...


class Actions(QObject):
    """Acts on the store.

    `made` carries the key of a new widget in the library, `opened` of one to be
    opened, `purged` the keys of widgets that are gone for good.
    """

    made = Signal(str)
    opened = Signal(str)
    purged = Signal(tuple)

    def __init__(self, store: Store, tasks: Tasks, say: Say, window: QWidget) -> None:
        super().__init__(window)
        self._store = store
        self._tasks = tasks
        self._say = say
        self._window = window

    def duplicate(self, keys: Iterable[str]) -> None:
        """Make a copy of each."""
        for key in keys:
            self._store.write(
                partial(_duplicate, key),
                on_done=self.made.emit,
                on_error=self.tell,
            )

    def rename(self, key: str, name: str) -> None:
        """Give a widget another name."""
        self._store.write(lambda library: library.rename(key, name), on_error=self.tell)

    def move(self, keys: Sequence[str], place: Place) -> None:
        """Put widgets into a folder, out of all folders, or into the trash."""
        if place.kind == "trash":
            self.trash(keys)
            return
        self._store.write(
            lambda library: _move(library, keys, place.folder),
            on_error=self.tell,
        )

    def trash(self, keys: Sequence[str]) -> None:
        """Put widgets into the trash, and offer to undo it."""
        if keys:
            words = "Widget" if len(keys) == 1 else f"{len(keys)} widgets"
            self._store.write(
                lambda library: library.trash(keys),
                on_done=lambda _: self._say(
                    f"{words} moved to the trash.",
                    action="Undo",
                    run=partial(self.untrash, keys),
                ),
                on_error=self.tell,
            )

    def untrash(self, keys: Sequence[str]) -> None:
        """Bring widgets back."""
        self._store.write(lambda library: library.untrash(keys), on_error=self.tell)

    def purge(self, keys: Sequence[str] | None) -> None:
        """Delete widgets of the trash for good, or all of it; asks first."""
        what = "everything in the trash"
        if keys is not None:
            what = "this widget" if len(keys) == 1 else f"these {len(keys)} widgets"
        box = QMessageBox(self._window)
        box.setText(f"Delete {what} for good?")
        box.setInformativeText(
            "Earlier states and pictures go with it. This cannot be undone."
        )
        cancel = QMessageBox.StandardButton.Cancel
        box.setStandardButtons(cancel)
        delete = box.addButton("Delete", QMessageBox.ButtonRole.DestructiveRole)
        delete.setProperty("class", "danger")
        box.setDefaultButton(cancel)
        delete.clicked.connect(partial(self._purge, keys))
        box.finished.connect(box.deleteLater)
        box.open()

    def add_folder(self, name: str, on_done: Callable[[int], object]) -> None:
        """Make a folder; its id follows."""
        self._store.write(
            lambda library: library.add_folder(name),
            on_done=on_done,
            on_error=self.tell,
        )

    def rename_folder(self, folder: int, name: str) -> None:
        """Give a folder another name."""
        self._store.write(
            lambda library: library.rename_folder(folder, name), on_error=self._refuse
        )

    def remove_folder(self, folder: int, name: str) -> None:
        """Remove a folder; what lay in it stays."""
        self._store.write(
            lambda library: library.remove_folder(folder),
            on_done=lambda _: self._say(
                f"Folder “{name}” removed; its widgets are under All widgets."
            ),
            on_error=self.tell,
        )

    def export(self, key: str, name: str) -> None:
        """Ask where, and write the widget's file there."""
        start = f"{_file_name(name)}{SUFFIX}"
        path, _ = QFileDialog.getSaveFileName(
            self._window, "Export widget file", start, _FILTER
        )
        if path:
            self.export_to(key, Path(path))

    def export_to(self, key: str, path: Path) -> None:
        """Write the widget's file."""
        self._store.read(
            lambda library: write_atomically(path, write_widget(library.widget(key))),
            on_done=lambda _: self._say(f"Saved {path.name}.", "success"),
            on_error=self.tell,
        )

    def choose_files(self) -> None:
        """Ask for widget files and bring them in."""
        paths, _ = QFileDialog.getOpenFileNames(
            self._window, "Open widget files", "", _FILTER
        )
        self.bring_in([Path(path) for path in paths])

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Keep the widgets of these files; one alone is opened."""
        if len(paths) > 1:
            self._store.backup()
        for path in paths:
            self._tasks.run(
                partial(_read, path),
                on_done=partial(self._keep, opens=len(paths) == 1),
                on_error=partial(self._on_bad_file, path),
            )

    def tell(self, error: VitrineError) -> None:
        """Say what went wrong, and the next step."""
        self._say(str(error), "danger")

    def _refuse(self, error: VitrineError) -> None:
        self.tell(error)
        self._store.changed.emit()  # the list shows the old name again

    def _purge(self, keys: Sequence[str] | None) -> None:
        self._store.write(
            lambda library: library.purge(keys),
            on_done=self.purged.emit,
            on_error=self.tell,
        )

    def _keep(self, widget: Widget, *, opens: bool) -> None:
        told = self.opened if opens else self.made
        self._store.write(
            partial(_bring_in, widget), on_done=told.emit, on_error=self.tell
        )

    def _on_bad_file(self, path: Path, error: VitrineError) -> None:
        tone: str = "warning" if isinstance(error, InputError) else "danger"
        self._say(f"{path.name}: {error}", tone)


def _duplicate(key: str, library: Library) -> str:
    return library.duplicate(key).key


def _move(library: Library, keys: Sequence[str], folder: int | None) -> None:
    library.move(keys, folder)
    library.untrash(keys)


def _read(path: Path) -> Widget:
    with path.open("rb") as file:
        return read_widget(file.read(MAX_BYTES + 1))


def _bring_in(widget: Widget, library: Library) -> str:
    """Keep a file's widget; beside a different one of that key, under a new key."""
    if library.updated(widget.key) is None:
        library.save(widget)
        return widget.key
    known = library.widget(widget.key)
    if known == widget:
        library.untrash([widget.key])
        return widget.key
    return library.add_copy(widget).key


def _file_name(name: str) -> str:
    """A name as a file may have it on every system."""
    kept = "".join(one if one.isalnum() or one in " -_" else " " for one in name)
    return "-".join(kept.split())[:80].lower() or "widget"
