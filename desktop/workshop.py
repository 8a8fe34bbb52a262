"""Behind the first page: store, session and studio, once people see something."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from desktop.blackout import Blackout
from desktop.canvas.phone import Phone
from desktop.crashes import CrashReports
from desktop.glimpse import Backing
from desktop.library.front import LibraryFront
from desktop.preview.session import LiveSession, Reasons
from desktop.preview.session_log import SessionLog
from desktop.store.keychain import Vault
from desktop.store.store import Store
from desktop.store.watched_vault import WatchedVault
from desktop.tab_order import leave
from desktop.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.document import Document
    from desktop.glimpse import Glimpse
    from desktop.shell import Shell
    from desktop.store.autosave import Autosave
    from desktop.store.folder import DataFolder
    from desktop.store.repository import Library
    from desktop.store.rows import Notice
    from desktop.studio import Studio
    from exporter.contract.errors import VitrineError
    from exporter.contract.widget import Widget

_LIBRARY_AFTER = 400
"""How long after the studio the library is built unless asked for, in ms."""


class Workshop(QObject):
    """Everything that outlives one widget; made once the glimpse has settled.

    `ready` when the first widget is open and its controls are there.
    """

    ready = Signal()
    _faulted = Signal(object)

    def __init__(
        self,
        shell: Shell,
        folder: DataFolder,
        files: Sequence[str],
        glimpse: Glimpse,
    ) -> None:
        super().__init__(shell.window)
        self._shell = shell
        self._folder = folder
        self._files = list(files)
        blackout = Blackout()
        self.reports = CrashReports(folder.crashes, blackout)
        self._faulted.connect(self._on_error)
        self.reports.install(self._faulted.emit)
        self.tasks = Tasks(self, translate=self.reports.translated)
        self.vault = Vault(blackout)
        self.watched_vault = WatchedVault(self.vault, self)
        self.reasons = Reasons()
        self.session_log = SessionLog(blackout, self)
        self.session: LiveSession | None = None
        self.store = Store(folder, self.tasks, self)
        self.store.noticed.connect(self._on_notice)
        assert glimpse.canvas is not None
        assert glimpse.host is not None
        self._glimpse = glimpse
        self.canvas, self.host = glimpse.canvas, glimpse.host
        self.phone = Phone(self.canvas, self.host)
        self.phone.said.connect(lambda words: shell.window.strip.say(words, "warning"))
        for own in (self.canvas.hanging.own, self.canvas.playing.writing.own):
            own.failed.connect(lambda words: shell.window.strip.say(words, "danger"))
        self.first_page = glimpse.first_page
        self.document: Document | None = None
        self.studio: Studio | None = None
        self.autosave: Autosave | None = None
        self.front = LibraryFront(
            shell.window, self.host, self.store, self.vault, self.tasks
        )
        self.front.open_requested.connect(self.open_key)
        self.front.create_requested.connect(self.create)

    def start(self) -> None:
        """Stand behind the page, and bring its document."""
        self._glimpse.backing = Backing(
            self._current,
            _KeychainSecrets(self.vault),
            self.reasons.of,
            self.session_log.record,
        )
        self.tasks.run(
            self._first_widget, on_done=self._on_first_widget, on_error=self._on_error
        )

    def open_widget(self, widget: Widget) -> None:
        """Show a widget in the studio."""
        if self.document is None:
            self._make_studio(widget)
        elif widget is not self.document.widget:
            self.document.open(widget)
            self._show_document()
        self._shell.window.show_library(on=False)

    def open_key(self, key: str) -> None:
        """Show a widget of the library."""
        self.store.read(
            lambda library: library.widget(key),
            on_done=self.open_widget,
            on_error=self._on_error,
        )

    def open_files(self, names: Sequence[str]) -> None:
        """Open widget files; the last one stays in front."""
        for name in names:
            path = Path(name)
            self.tasks.run(
                lambda path=path: _read(path),  # type: ignore[misc]  # bound now
                on_done=self.create,
                on_error=self._on_error,
            )

    def shutdown(self) -> None:
        """Save, then stop everything in the order of who needs whom."""
        self.phone.shutdown()
        if self.autosave is not None:
            self.autosave.flush()
            self.autosave.shutdown()
        if self.document is not None:
            self.first_page.write(self.document.widget)
        if self.session is not None:
            self.session.shutdown()
        if self.studio is not None:
            self.studio.shutdown()
        self.front.shutdown()
        self.canvas.shutdown()
        self.tasks.shutdown()
        self.store.shutdown()
        self.host.shutdown()

    def run_command(self, name: str) -> None:
        """Do what a command says: the method of that name, here or further in."""
        studio = self.studio
        canvas = self.canvas
        inner: tuple[object, ...] = ()
        if studio is not None:
            inner = (studio, studio.taking, studio.sheets, canvas, *canvas.parts)
        for owner in (self, self.front, *inner, self.phone):
            method = getattr(owner, name, None)
            if method is not None:
                method()
                return
        raise LookupError(f"nobody does {name}")

    def next_part(self) -> None:
        """Go to the window's next part; a page keeps Tab to itself."""
        leave(self._shell.window, forward=True)

    def previous_part(self) -> None:
        """Go to the window's part before."""
        leave(self._shell.window, forward=False)

    def new_widget(self) -> None:
        """Show what one can begin with."""
        self.front.show()

    def open_file(self) -> None:
        """Ask for widget files and open them."""
        names, _ = QFileDialog.getOpenFileNames(
            self._shell.window, "Open a file", "", "Widgets (*.widget.json *.json)"
        )
        self.open_files(names)

    def duplicate(self) -> None:
        """A second widget like the open one, and open that."""
        assert self.document is not None
        key = self.document.widget.key
        if self.autosave is not None:
            self.autosave.flush()
        self.store.write(
            lambda library: library.duplicate(key),
            on_done=self.open_widget,
            on_error=self._on_error,
        )

    def library(self) -> None:
        """Bring the library to the front, or go back to the studio."""
        window = self._shell.window
        if window.shows_library and self.document is not None:
            window.show_library(on=False)
            return
        self.front.show()

    def _first_widget(self) -> Widget | None:
        """In a worker: the file that was asked for, else what was open last."""
        from desktop.store.glance import last_widget

        if self._files:
            return _read(Path(self._files[0]))
        return last_widget(self._folder.database)

    def _on_first_widget(self, widget: Widget | None) -> None:
        self.store.open_async()
        if widget is not None:
            self._make_studio(widget, fresh=bool(self._files))
            QTimer.singleShot(_LIBRARY_AFTER, self, self.front.make)
            return
        self.front.show()
        # Through the queue of writes: the library is seeded before it is asked.
        self.store.write(_newest, on_done=self._on_newest)

    def _on_newest(self, widget: Widget) -> None:
        if self.document is None:
            self._make_studio(widget)

    def _make_studio(self, widget: Widget, *, fresh: bool = False) -> None:
        from desktop.document import Document
        from desktop.store.autosave import Autosave
        from desktop.studio import Studio

        self.document = Document(widget, self)
        self.autosave = Autosave(self.document, self.store)
        self.session = LiveSession(self.host, self.reasons, self)
        self.studio = Studio(
            self._shell,
            self.document,
            self.canvas,
            self.watched_vault,
            self.autosave,
            self.tasks,
            self.session,
            self.session_log,
            self._folder.queue,
        )
        self.watched_vault.changed.connect(lambda _key: self._retry_session())
        self.session.switched.connect(self._on_switched)
        self._show_document()
        self._shell.commands.enable_all()
        self.studio.refresh_history()
        if fresh:
            self.document.open(widget)
        self.ready.emit()

    def _show_document(self) -> None:
        assert self.document is not None
        if self.session is not None:
            self.session.watch(self.document.widget)
        self.canvas.show_widget(self.document, self.host.base)

    def create(self, widget: Widget) -> None:
        """Open a widget that is not in the library yet."""
        first = self.document is None
        self.open_widget(widget)
        if first and self.document is not None:
            self.document.open(widget)

    def _current(self, key: str) -> Widget | None:
        """In the host's thread: the open widget, or one whose picture is taken."""
        document = self.document
        if document is not None and document.widget.key == key:
            return document.widget
        return self.front.pictured(key)

    def _retry_session(self) -> None:
        if self.session is not None:
            self.session.retry()

    def _on_switched(self, key: str) -> None:
        """Live and simulated changed places: the page has to begin anew."""
        if self.document is not None and self.document.widget.key == key:
            self.canvas.reload_preview()

    def _on_notice(self, notice: Notice) -> None:
        words = f"{notice.message} {notice.hint}".strip()
        self._shell.window.strip.say(words, notice.kind)

    def _on_error(self, error: VitrineError) -> None:
        self._shell.window.strip.say(str(error), "danger")
        if self.document is None and self.front.gallery is None:
            self.store.open_async()
            self.front.show()


class _KeychainSecrets:
    """The host's view of the vault; may block, so in a thread of its own."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def read(self, widget_key: str, name: str) -> str | None:
        import asyncio

        return await asyncio.to_thread(self._vault.read, widget_key, name)


def _newest(library: Library) -> Widget:
    """The widget at the top of the library, which was seeded if it was empty."""
    rows = library.page().rows
    if rows:
        return library.widget(rows[0].key)
    from exporter.providers.registry import providers

    return providers()[0].samples()[0]


def _read(path: Path) -> Widget:
    from exporter.cli.values import read_file

    return read_file(str(path))
