"""The widget on show: its document, or what was kept of it until that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from desktop.document import Change, Document


class Subject(QObject):
    """Says what a change of the document means for pages; one of three signals.

    `replaced` where it is another widget now, `remade` where its pages have to be
    loaded anew, `edited(change)` where a patch is enough.
    """

    replaced = Signal()
    remade = Signal()
    edited = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.document: Document | None = None
        self._early: dict[str, Any] = {}
        self._key = self._provider = ""
        self._made: tuple[object, dict[str, Any]] = (None, {})

    def show_early(self, config: dict[str, Any]) -> None:
        """Be what was kept of a widget."""
        self._early = config

    def follow(self, document: Document) -> None:
        """Be this document's widget, whichever that is."""
        self.leave()
        self.document = document
        self._key, self._provider = document.widget.key, document.widget.provider
        document.changed.connect(self._on_changed)

    def leave(self) -> None:
        """Hear no more of the document."""
        if self.document is not None:
            self.document.changed.disconnect(self._on_changed)
            self.document = None

    @property
    def is_as_kept(self) -> bool:
        """Whether pages that were loaded early show what the document says."""
        return self.config() == self._early

    @property
    def domain(self) -> str:
        """Where the widget is to live; "" while that is not said."""
        domains = self.document.widget.domains if self.document is not None else ()
        return str(domains[0]) if domains else ""

    def config(self) -> dict[str, Any]:
        """What a page should show."""
        if self.document is None:
            return self._early
        widget = self.document.widget
        if self._made[0] is not widget:
            from exporter.runtime_config import runtime_config  # brings pydantic

            self._made = widget, runtime_config(widget)
        return self._made[1]

    def _on_changed(self, change: Change) -> None:
        assert self.document is not None
        widget, before = self.document.widget, (self._key, self._provider)
        self._key, self._provider = widget.key, widget.provider
        if self._key != before[0]:
            self.replaced.emit()
        elif self._provider != before[1]:
            self.remade.emit()
        else:
            self.edited.emit(change)
