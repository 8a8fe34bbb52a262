"""The library in front of the studio: made when first asked for, and what it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from desktop.library.gallery import Gallery
    from desktop.library.photographing import Photographing
    from desktop.preview.host import PreviewHost
    from desktop.store.keychain import Vault
    from desktop.store.store import Store
    from desktop.tasks import Tasks
    from desktop.window import Window
    from exporter.contract.errors import VitrineError
    from exporter.contract.widget import Widget


class LibraryFront(QObject):
    """Owns the gallery, its photographer and the paste dialog.

    `open_requested(key)` and `create_requested(Widget)` say what people chose.
    """

    open_requested = Signal(str)
    create_requested = Signal(object)

    def __init__(
        self,
        window: Window,
        host: PreviewHost,
        store: Store,
        vault: Vault,
        tasks: Tasks,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._host = host
        self._store = store
        self._vault = vault
        self._tasks = tasks
        self.gallery: Gallery | None = None
        self._photographing: Photographing | None = None

    def make(self) -> Gallery:
        """The gallery, built now if it is not there yet."""
        if self.gallery is None:
            self.gallery = self._build()
        return self.gallery

    def show(self) -> None:
        """Bring it to the front."""
        gallery = self.make()
        self._window.show_library()
        gallery.setFocus()

    def paste(self, text: str = "") -> None:
        """Make a widget from a chat of elsewhere; `text` was dropped or pasted."""
        from desktop.library.bring_along import BringAlong

        dialog = BringAlong(self._tasks, self._window, text=text)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.made.connect(self.create_requested)
        dialog.open()

    def pictured(self, key: str) -> Widget | None:
        """The widget of that key, while its picture is taken; from any thread."""
        taking = self._photographing
        return taking.shown.get(key) if taking is not None else None

    def shutdown(self) -> None:
        """Make no more pictures."""
        if self.gallery is not None:
            self.gallery.shutdown()
        if self._photographing is not None:
            self._photographing.shutdown()

    def _build(self) -> Gallery:
        from desktop.library.gallery import Gallery
        from desktop.library.photographing import Photographing

        self._photographing = Photographing(self._host, self)
        say = self._window.strip.say
        gallery = Gallery(self._store, self._tasks, say, self._photographing.take)
        gallery.purged.connect(self._on_purged)
        gallery.paste_requested.connect(self.paste)
        gallery.code_dropped.connect(self.paste)
        gallery.open_requested.connect(self.open_requested)
        gallery.create_requested.connect(self.create_requested)
        self._window.set_library(gallery)
        return gallery

    def _on_purged(self, keys: tuple[str, ...]) -> None:
        """Widgets are gone for good: so are their secrets."""
        from exporter.providers.registry import providers

        names = [spec.name for each in providers() for spec in each.secrets]

        def forget() -> None:
            for key in keys:
                self._vault.forget_all(key, names)

        self._tasks.run(forget, on_done=lambda _: None, on_error=self._tell)

    def _tell(self, error: VitrineError) -> None:
        self._window.strip.say(str(error), "danger")
