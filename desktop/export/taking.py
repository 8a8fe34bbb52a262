"""Taking the open widget away: code to the clipboard, windows for all else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QObject, QUrl
from PySide6.QtGui import QDesktopServices

from desktop.export.clipboard import copy_code
from desktop.export.memory import ExportMemory
from desktop.export.where import file_name
from exporter.contract.errors import VitrineError
from exporter.snippets import snippet

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QImage

    from desktop.document import Document
    from desktop.export.export_dialog import ExportDialog
    from desktop.export.saver import Saver
    from desktop.store.keychain import Vault
    from desktop.tasks import Tasks
    from desktop.window import Window
    from exporter.contract.widget import Widget
    from exporter.snippets import Snippet


class Taking(QObject):
    """The ways out; each says in the window's strip what it did, or why not.

    The windows are imported and made when they are first asked for.
    """

    def __init__(
        self,
        document: Document,
        window: Window,
        vault: Vault,
        tasks: Tasks,
        settings: QSettings,
    ) -> None:
        super().__init__(window)
        self._document = document
        self._window = window
        self._vault = vault
        self._tasks = tasks
        self._settings = settings
        self._memory = ExportMemory(settings)
        self._export: ExportDialog | None = None
        self._saver: Saver | None = None

    def shutdown(self) -> None:
        """Close what is open, and remove what was handed out."""
        if self._export is not None:
            self._export.shutdown()

    def set_host(self, host: str) -> None:
        """Remember the server that embed code points at."""
        self._memory.set_host(host)

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
            self._export = ExportDialog(
                self._document, self._tasks, self._settings, actions, self._window
            )
        self._export.open_window()

    def publish(self) -> None:
        """Put the widget on a hosted server."""
        from PySide6.QtCore import Qt

        from desktop.export.publish_dialog import PublishDialog
        from desktop.export.publishing import Publishing

        window, tasks = self._window, self._tasks
        talk = Publishing(self._document, self._vault, tasks, self._settings, window)
        dialog = PublishDialog(talk, self._memory.known_host, self.export_file, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(talk.deleteLater)
        dialog.host.editingFinished.connect(lambda: self.set_host(dialog.host.text()))
        dialog.open()

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
