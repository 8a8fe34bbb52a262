"""A font family: a button in its own face that opens the list of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QLabel, QListView, QToolButton, QVBoxLayout, QWidget

from desktop.sidebar.controls.control import Control
from desktop.sidebar.controls.font_faces import face_of, is_installed
from desktop.sidebar.controls.font_list import (
    FontDelegate,
    FontModel,
    face_font,
    font_entries,
)
from desktop.sidebar.controls.popover import Popover
from desktop.sidebar.controls.search_field import SearchField
from desktop.style.appearance import color
from desktop.style.icons import icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from desktop.sidebar.controls.control import Lookup
    from desktop.sidebar.controls.font_list import FontEntry
    from exporter.contract.specs import SettingSpec

_FILES = "typography.font_sources"
_LETTERS = 80  # of a family's name, at most


class FontPicker(Popover):
    """All families, with a search; `chosen(family)` is told once."""

    chosen = Signal(str)

    def __init__(
        self, anchor: QWidget, family: str, files: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(anchor)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._family, self._files = family, files
        self.search = SearchField("Search fonts, or type a name", self)
        self.search.setMaxLength(_LETTERS)
        self.search.installEventFilter(self)
        self.list = QListView(self)
        self.list.setAccessibleName("Fonts")
        self.list.setMouseTracking(True)
        self.list.setFixedSize(288, 340)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = FontModel(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(FontDelegate(self.list))
        self.content.addWidget(self.search)
        self.content.addWidget(self.list)
        self.search.textChanged.connect(self._show)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        self._show("")

    @property
    def entries(self) -> list[FontEntry]:
        """What the list shows."""
        return self._model.entries

    def pop_up(self) -> None:
        super().pop_up()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress:
            return False
        key = event.key()  # type: ignore[attr-defined]
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex())
            return True
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if key == Qt.Key.Key_Down else -1)
            return True
        return False

    def _show(self, query: str) -> None:
        self._model.show_entries(font_entries(self._files, query))
        place = self._model.place_of(self._family)
        self.list.setCurrentIndex(place)
        if not query:
            self.list.scrollTo(place, QListView.ScrollHint.PositionAtCenter)
        else:
            self.list.scrollToTop()

    def _step(self, by: int) -> None:
        row = self.list.currentIndex().row() + by
        while 0 <= row < len(self._model.entries):
            if self._model.entries[row].family:
                self.list.setCurrentIndex(self._model.index(row))
                return
            row += by

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and self._model.entries[index.row()].family:
            self.chosen.emit(self._model.entries[index.row()].family)
            self.close()


class FontButton(QToolButton):
    """Shows a family in its own face."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("class", "field-button")
        self.setMinimumWidth(120)
        self.setFixedHeight(28)
        self.setSizePolicy(
            parent.sizePolicy().Policy.Expanding, parent.sizePolicy().Policy.Fixed
        )
        self.family, self.face = "", ""

    def show_family(self, family: str, face: str) -> None:
        """Show another family, drawn in `face` ("" is the interface's)."""
        self.family, self.face = family, face
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        font = face_font(self.face, 13)
        painter.setFont(font)
        painter.setPen(color("text" if self.isEnabled() else "disabled"))
        room = self.rect().adjusted(8, 0, -26, 0)
        words = QFontMetrics(font).elidedText(
            self.family, Qt.TextElideMode.ElideRight, room.width()
        )
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, middle, words)
        mark = icon("chevron-down", "text_faint")
        mark.paint(painter, self.width() - 22, (self.height() - 14) // 2, 14, 14)


class FontField(Control):
    """A font family; says when visitors may not see it."""

    def __init__(
        self,
        spec: SettingSpec,
        lookup: Lookup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, lookup, parent)
        self.picker: FontPicker | None = None
        self._button = FontButton(self)
        self.note = QLabel(self)
        self.note.setProperty("class", "caption")
        self.note.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._button)
        layout.addWidget(self.note)
        self._button.clicked.connect(self.open_picker)
        self.focus_on(self._button)
        self.set_value(spec.default)

    def value(self) -> str:
        return self._button.family

    def show_value(self, value: str) -> None:
        own = dict(self._files())
        face = own.get(value) or (value if is_installed(value) else "")
        self._button.show_family(value, "" if value == "System" else face)
        self.note.setText(_note(value, own))
        self.note.setVisible(bool(self.note.text()))
        self._name(self._button)

    def open_picker(self) -> None:
        """Open the list of families."""
        self.picker = FontPicker(self._button, self.value(), self._files())
        self.picker.chosen.connect(self._on_chosen)
        self.picker.closed.connect(self._on_closed)
        self.picker.pop_up()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.set_value(self.value())  # the widget's files may be others by now

    def _name(self, widget: QWidget) -> None:
        super()._name(widget)
        if widget is getattr(self, "_button", None) and self._button.family:
            name = f"{widget.accessibleName()}: {self._button.family}"
            widget.setAccessibleName(name)

    def _files(self) -> list[tuple[str, str]]:
        files = self.lookup(_FILES) or ()
        return [(one["family"], face_of(one["src"])) for one in files]

    def _on_chosen(self, family: str) -> None:
        if family != self.value():
            self.set_value(family)
            self.commit(family)

    def _on_closed(self) -> None:
        self.picker = None
        self._button.setFocus(Qt.FocusReason.PopupFocusReason)


def _note(family: str, own: dict[str, str]) -> str:
    if family == "System" or family in own:
        return ""
    if not is_installed(family):
        return "Not on this computer: add its files below to see and to ship it."
    return ""
