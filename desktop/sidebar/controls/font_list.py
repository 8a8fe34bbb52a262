"""The families one can choose, grouped, each drawn in its own face."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.sidebar.controls.font_faces import is_installed
from desktop.style.appearance import color
from exporter.contract.typography import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_Index = QModelIndex | QPersistentModelIndex
_LINE = 34
_TITLE = 28


@dataclass(frozen=True)
class FontEntry:
    """One line: a title (`family` empty) or a family, with the face that draws it."""

    words: str
    family: str = ""
    face: str = ""
    note: str = ""


def font_entries(files: Sequence[tuple[str, str]], query: str) -> list[FontEntry]:
    """What the list shows; `files` are the widget's own (family, face) pairs."""
    wanted = query.strip().lower()
    own = [FontEntry(name, name, face) for name, face in dict(files).items()]
    offered = [_offered(name) for name in FAMILIES]
    shown = {entry.family for entry in (*own, *offered)}
    local = [
        FontEntry(name, name, name)
        for name in QFontDatabase.families()
        if name not in shown and not QFontDatabase.isPrivateFamily(name)
    ]
    groups = (
        ("In this widget", own),
        ("Suggested", offered),
        ("On this computer", local),
    )
    found: list[FontEntry] = []
    for title, entries in groups:
        fitting = [entry for entry in entries if wanted in entry.family.lower()]
        found += [FontEntry(title), *fitting] if fitting else []
    return found + _typed(query.strip(), found)


def _offered(name: str) -> FontEntry:
    if name == "System":
        return FontEntry("System", name, "", "the visitor's own")
    face = name if is_installed(name) else ""
    return FontEntry(name, name, face, "" if face else "not on this computer")


def _typed(name: str, found: Iterable[FontEntry]) -> list[FontEntry]:
    if not name or any(entry.family.lower() == name.lower() for entry in found):
        return []
    return [FontEntry("Another"), FontEntry(f"Use “{name}”", name, "", "by name only")]


class FontModel(QAbstractListModel):
    """The entries of the list."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[FontEntry] = []

    def show_entries(self, entries: list[FontEntry]) -> None:
        """Show others."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def place_of(self, family: str) -> QModelIndex:
        """Where a family stands; the first family if it stands nowhere."""
        places = [n for n, entry in enumerate(self.entries) if entry.family]
        same = (n for n in places if self.entries[n].family == family)
        place = next(same, places[0] if places else -1)
        return self.index(place) if place >= 0 else QModelIndex()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{entry.words}, {entry.note}" if entry.note else entry.words
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        family = index.isValid() and self.entries[index.row()].family
        both = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return both if family else Qt.ItemFlag.NoItemFlags


class FontDelegate(QStyledItemDelegate):
    """Paints a family in its own face, a title as a caption."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, _LINE if _entry(index).family else _TITLE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        entry = _entry(index)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.family:
            self._ground(painter, rect, option.state)
            self._family(painter, rect.adjusted(10, 0, -10, 0), entry)
        else:
            self._title(painter, rect.adjusted(10, 0, -10, -4), entry)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, state: Any) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 6, 6)

    def _family(self, painter: QPainter, rect: QRect, entry: FontEntry) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        small = _interface_font(11)
        painter.setFont(small)
        painter.setPen(color("text_faint"))
        note = QFontMetrics(small).horizontalAdvance(entry.note)
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, entry.note)
        face = face_font(entry.face, 15)
        painter.setFont(face)
        painter.setPen(color("text"))
        room = rect.width() - note - 8
        words = QFontMetrics(face).elidedText(
            entry.words, Qt.TextElideMode.ElideRight, room
        )
        painter.setClipRect(rect)
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignLeft, words)

    def _title(self, painter: QPainter, rect: QRect, entry: FontEntry) -> None:
        painter.setFont(_interface_font(11))
        painter.setPen(color("text_faint"))
        low = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect, low, entry.words)


def face_font(face: str, size: int) -> QFont:
    """A face at `size` px; the interface's own for ""."""
    if not face:
        return _interface_font(size if size < 13 else 13)
    font = QFont(face)
    font.setPixelSize(size)
    return font


def _interface_font(size: int) -> QFont:
    font = QFont(QApplication.font())
    font.setPixelSize(size)
    return font


def _entry(index: _Index) -> FontEntry:
    model = index.model()
    assert isinstance(model, FontModel)
    return model.entries[index.row()]
