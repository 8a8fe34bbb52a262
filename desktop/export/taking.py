"""Taking the open widget away: code to the clipboard, a file, a website, a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices

from desktop.export.clipboard import copy_code
from desktop.export.where import ask_where, file_name
from exporter.contract.errors import VitrineError
from exporter.files import write_widget
from exporter.saving import save
from exporter.snippets import snippet

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QImage

    from desktop.document import Document
    from desktop.store.keychain import Vault
    from desktop.tasks import Tasks
    from desktop.window import Window
    from exporter.contract.widget import Widget
    from exporter.snippets import Snippet

DEFAULT_HOST = "https://chat.example.com"


class Taking(QObject):
    """The ways out; each says in the window's strip what it did, or why not."""

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

    @property
    def host(self) -> str:
        """The server that embed code points at."""
        return self.known_host or DEFAULT_HOST

    @property
    def known_host(self) -> str:
        """The server a person named; "" while none was."""
        return str(self._settings.value("export/host", ""))

    def set_host(self, host: str) -> None:
        """Remember the server that embed code points at."""
        self._settings.setValue("export/host", host.strip())

    def snippet(self, widget: Widget, mode: str, host: str) -> Snippet:
        """The code for a mode; raises VitrineError."""
        return snippet(widget, host or self.host, mode=mode)  # type: ignore[arg-type]  # a Mode by its origin

    def copy_embed(self) -> None:
        """Put the embed code of the widget's own mode on the clipboard."""
        widget = self._document.widget
        try:
            made = self.snippet(widget, widget.layout.mode, self.host)
        except VitrineError as error:
            self._window.strip.say(str(error), "danger")
            return
        self.copy(made)

    def copy(self, made: Snippet) -> None:
        """Put code on the clipboard and say where it goes."""
        copy_code(made.code)
        said = f"Embed code copied. {made.place}"
        self._window.strip.say(f"{said} {' '.join(made.notes)}".strip(), "success")

    def export_file(self) -> None:
        """Save the widget's config file where the person says."""
        widget = self._document.widget
        name = file_name(widget.name, ".widget.json")
        path = self._ask("Save the config file", name, "Widgets (*.widget.json)")
        if path is not None:
            self._write(path, write_widget(widget))

    def publish(self) -> None:
        """Put the widget on a hosted server."""
        from desktop.export.publish_dialog import PublishDialog
        from desktop.export.publishing import Publishing

        window, tasks = self._window, self._tasks
        talk = Publishing(self._document, self._vault, tasks, self._settings, window)
        dialog = PublishDialog(talk, self.known_host, self.export_file, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(talk.deleteLater)
        dialog.host.editingFinished.connect(lambda: self.set_host(dialog.host.text()))
        dialog.open()

    def export_package(self) -> None:
        """Save a website that holds the widget; slow enough for a task."""
        widget = self._document.widget
        name = file_name(widget.name, "-website.zip")
        path = self._ask("Save as a website", name, "Zip archives (*.zip)")
        if path is None:
            return
        self._window.strip.say("Packing the website…")
        self._tasks.run(
            lambda: _pack(widget, path),
            on_done=lambda notes: self._done(path, " ".join(notes)),
            on_error=self._failed,
        )

    def save_image(self, picture: QImage) -> None:
        """Save a picture of the canvas as PNG."""
        name = file_name(self._document.widget.name, ".png")
        path = self._ask("Save a picture", name, "Pictures (*.png)")
        if path is None:
            return
        if picture.save(str(path), "PNG"):  # type: ignore[call-overload]  # stub wants bytes
            self._done(path, "")
        else:
            self._window.strip.say(f"{path.name} could not be written.", "danger")

    def _ask(self, title: str, name: str, kind: str) -> Path | None:
        return ask_where(self._window, title, name, kind, self._settings)

    def _write(self, path: Path, data: bytes) -> None:
        try:
            save(path, data)
        except VitrineError as error:
            self._failed(error)
        else:
            self._done(path, "")

    def _done(self, path: Path, notes: str) -> None:
        folder = QUrl.fromLocalFile(str(path.parent))
        self._window.strip.say(
            f"Saved {path.name}. {notes}".strip(),
            "success",
            action="Show the folder",
            run=lambda: QDesktopServices.openUrl(folder),
        )

    def _failed(self, error: VitrineError) -> None:
        self._window.strip.say(str(error), "danger")


def _pack(widget: Widget, path: Path) -> tuple[str, ...]:
    from exporter.packages import website  # Jinja2 and the bundler: not at the start

    package = website(widget)
    save(path, package.zipped())
    return package.notes
