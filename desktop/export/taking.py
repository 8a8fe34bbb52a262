"""Taking the open widget away: code to the clipboard, windows for all else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from desktop.export.clipboard import copy_code
from desktop.export.memory import ExportMemory
from desktop.export.where import file_name
from exporter.contract.errors import VitrineError, WorldError
from exporter.snippets import snippet

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QImage

    from desktop.document import Document
    from desktop.export.export_dialog import ExportDialog
    from desktop.export.outbox import Outbox
    from desktop.export.publish_dialog import PublishDialog
    from desktop.export.queue import Waiting
    from desktop.export.saver import Saver
    from desktop.store.keychain import Vault
    from desktop.tasks import Tasks
    from desktop.window import Window
    from exporter.contract.widget import Widget
    from exporter.publish import Published
    from exporter.snippets import Snippet

_LATER = 4000
"""How long after the studio the queue is looked into, in ms."""


class Taking(QObject):
    """The ways out; each says in the window's strip what it did, or why not.

    The windows are imported and made when they are first asked for. `queue` is the
    folder of what waits to be published. `host_changed` when another server is named,
    in whichever of the places for it; `path_wanted` when a
    setting is to be shown.
    """

    host_changed = Signal(str)
    path_wanted = Signal(str)

    def __init__(
        self,
        document: Document,
        window: Window,
        vault: Vault,
        tasks: Tasks,
        settings: QSettings,
        queue: Path,
    ) -> None:
        super().__init__(window)
        self._document = document
        self._window = window
        self._vault = vault
        self._tasks = tasks
        self._settings = settings
        self._memory = ExportMemory(settings)
        self._export: ExportDialog | None = None
        self._publish: PublishDialog | None = None
        self._saver: Saver | None = None
        self._outbox: Outbox | None = None
        self._queue = queue
        QTimer.singleShot(_LATER, self, self._look_into_queue)

    def shutdown(self) -> None:
        """Close what is open, and remove what was handed out."""
        if self._export is not None:
            self._export.shutdown()
        if self._outbox is not None:
            self._outbox.shutdown()

    def set_host(self, host: str) -> None:
        """Remember the server that embed code points at, and show it everywhere."""
        if host.strip() != self._memory.known_host:
            self._memory.set_host(host)
            self.host_changed.emit(self._memory.known_host)

    @property
    def host(self) -> str:
        """The server that a person named; "" while none was."""
        return self._memory.known_host

    def snippet(self, widget: Widget, mode: str, host: str) -> Snippet:
        """The code for a mode; raises VitrineError."""
        return snippet(widget, host or self._memory.host, mode=mode)  # type: ignore[arg-type]  # a Mode by its origin

    def copy_embed(self) -> None:
        """Put the embed code of the widget's own mode on the clipboard."""
        widget = self._document.widget
        try:
            made = self.snippet(widget, widget.layout.mode, "")
        except VitrineError as error:
            self._window.strip.say(str(error), "danger")
            return
        self.copy(made)

    def copy(self, made: Snippet) -> None:
        """Put code on the clipboard and say where it goes."""
        copy_code(made.code)
        said = f"Embed code copied. {made.place}"
        self._window.strip.say(f"{said} {' '.join(made.notes)}".strip(), "success")

    def export(self) -> None:
        """Open the export window, or bring it to the front."""
        if self._export is None:
            from desktop.export.export_dialog import ExportDialog

            actions = {one.objectName(): one for one in self._window.actions()}
            made = self._export = ExportDialog(
                self._document, self._tasks, self._settings, actions, self._window
            )
            made.host_changed.connect(self.set_host)
            made.path_wanted.connect(self.path_wanted)
            self.host_changed.connect(made.set_host)
        self._export.open_window()

    def publish(self) -> None:
        """Open the publish window, or bring it to the front."""
        if self._publish is None:
            self._publish = self._made_publish()
        self._publish.host.setText(self._memory.known_host)
        self._publish.open_window()

    def show_waiting(self) -> None:
        """Open the publish window at what waits."""
        self.publish()
        if self._publish is not None:
            self._publish.show_waiting()

    def export_file(self) -> None:
        """Save the widget's config file where the person says."""
        from exporter.files import write_widget

        widget = self._document.widget
        name = file_name(widget.name, ".widget.json")
        self._file("Save the config file", name, write_widget(widget))

    def save_image(self, picture: QImage) -> None:
        """Save a picture of the canvas as PNG."""
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG")  # type: ignore[call-overload]  # stub wants bytes
        name = file_name(self._document.widget.name, ".png")
        self._file("Save a picture", name, bytes(buffer.data().data()))

    def save_pdf(self, data: bytes) -> None:
        """Save a sign-off."""
        name = file_name(self._document.widget.name, ".pdf")
        self._file("Save a PDF for sign-off", name, data)

    def _made_publish(self) -> PublishDialog:
        from desktop.export.publish_dialog import PublishDialog
        from desktop.export.publishing import Publishing

        window = self._window
        talk = Publishing(
            self._document, self._vault, self._tasks, self._settings, window
        )
        host = self._memory.known_host
        made = PublishDialog(talk, self._made_outbox(), host, self.export_file, window)
        made.host.editingFinished.connect(lambda: self.set_host(made.host.text()))
        return made

    def _made_outbox(self) -> Outbox:
        if self._outbox is None:
            from desktop.export.outbox import Outbox

            made = Outbox(self._queue, self._vault, self._memory, self)
            made.sent.connect(self._on_sent)
            made.kept.connect(self._on_kept)
            made.load()
            self._outbox = made
        return self._outbox

    def _look_into_queue(self) -> None:
        """Say what waits since the last time; nothing goes that was not to."""
        if self._outbox is None and any(self._queue.glob("*.json")):
            self._made_outbox().changed.connect(
                self._say_waiting, Qt.ConnectionType.SingleShotConnection
            )

    def _say_waiting(self) -> None:
        assert self._outbox is not None
        count = len(self._outbox.waiting) + len(self._outbox.broken)
        chosen = [item for item in self._outbox.waiting if item.by_itself]
        if count and not chosen:
            waits = "1 widget waits" if count == 1 else f"{count} widgets wait"
            self._tell(f"{waits} to be published.", "info")

    def _on_sent(self, item: Waiting, done: Published) -> None:
        if self._publish is None or not self._publish.isVisible():
            served = "is live" if done.live else "is staged"
            words = f"{item.widget.name}: version {done.version} {served}."
            self._tell(words, "success")

    def _on_kept(self, item: Waiting, error: VitrineError) -> None:
        hidden = self._publish is None or not self._publish.isVisible()
        if hidden and not isinstance(error, WorldError):
            self._tell(f"{item.widget.name} still waits: {error}", "warning")

    def _tell(self, words: str, tone: str) -> None:
        self._window.strip.say(words, tone, action="Show", run=self.show_waiting)

    def _file(self, title: str, name: str, data: bytes) -> None:
        if self._saver is None:
            from desktop.export.saver import Saver

            self._saver = Saver(self._window, self._tasks, self._settings)
            self._saver.saved.connect(self._on_saved)
            self._saver.failed.connect(self._on_failed)
        self._saver.save(title, name, data)

    def _on_saved(self, path: Path) -> None:
        folder = QUrl.fromLocalFile(str(path.parent))
        self._window.strip.say(
            f"Saved {path.name}.",
            "success",
            action="Show the folder",
            run=lambda: QDesktopServices.openUrl(folder),
        )

    def _on_failed(self, words: str) -> None:
        self._window.strip.say(words, "danger")
