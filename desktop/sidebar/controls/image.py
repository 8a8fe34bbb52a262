"""A picture: dropped, chosen, pasted, or at an address of its own."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.sidebar.controls.control import Control
from desktop.sidebar.controls.drop_zone import DropZone
from desktop.sidebar.controls.image_file import (
    MAX_BYTES,
    READABLE,
    SIDE,
    BadImage,
    Picture,
    read_picture,
    shrunk,
    thumbnail,
)
from desktop.sidebar.controls.item_words import words_of
from desktop.sidebar.controls.thumbnail import Thumbnail
from exporter.checking import findings_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.sidebar.controls.control import Lookup
    from exporter.contract.specs import SettingSpec

_FILTER = "Pictures (*.png *.jpg *.jpeg *.gif *.webp *.avif *.svg *.bmp *.tif *.tiff)"


class ImageField(Control):
    """A picture inside the widget, or an https address."""

    wide = True

    def __init__(
        self,
        spec: SettingSpec,
        lookup: Lookup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, lookup, parent)
        self._value = ""
        self._waiting: Picture | None = None
        self._build()
        self._connect()
        self.focus_on(self.thumb)
        self.set_value(spec.default)

    def value(self) -> str:
        return self._value

    def show_value(self, value: Any) -> None:
        if value != self._value or not self.facts.text():
            self._value = value
            self._show_picture()
            self._say("")

    def import_file(self, path: str) -> None:
        """Take a file; offers to make it smaller where it is too large."""
        name = Path(path).name
        try:
            with Path(path).open("rb") as file:
                picture = read_picture(file.read(READABLE + 1))
        except OSError as error:
            self._say(f"{name} can't be read ({error.strerror}).", wrong=True)
        except BadImage as error:
            self._say(f"{name} {error}.", wrong=True)
        else:
            self._take(picture, name)

    def import_image(self, image: QImage) -> None:
        """Take a picture that is no file, as from the clipboard."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        try:
            picture = read_picture(bytes(buffer.data().data()))
        except BadImage as error:
            self._say(f"The picture {error}.", wrong=True)
        else:
            self._take(picture, "The picture")

    def shrink(self) -> None:
        """Make the picture that waits small enough, and take it."""
        if self._waiting is None:
            return
        try:
            self._set(shrunk(self._waiting).url())
        except BadImage as error:
            self._say(f"The picture {error}.", wrong=True)

    def remove(self) -> None:
        """Have no picture."""
        self._set("")
        self.thumb.setFocus()

    def _take(self, picture: Picture, name: str) -> None:
        if picture.fits:
            self._set(picture.url())
            return
        self._waiting = picture
        if not picture.kind:
            self._say(f"{name} is of a kind that browsers don't show.", offer=True)
            return
        size = len(picture.data) / 1024
        shown = f"{size / 1024:.1f} MB" if size >= 1024 else f"{size:.0f} KB"
        limit = MAX_BYTES // 1024
        self._say(f"{name} has {shown}; a picture may have {limit} KB.", offer=True)

    def _set(self, value: str) -> None:
        self.end()
        changed = value != self._value
        self._value = value
        self._show_picture()
        self._say("")
        if changed:
            self.commit(value)

    def _show_picture(self) -> None:
        data = _data_of(self._value)
        image = thumbnail(data) if data else QImage()
        remote = self._value.startswith("https:")
        self.thumb.show_picture(image, remote=remote)
        self.thumb.setAccessibleName(
            f"{self.spec.title}: {'choose another' if self._value else 'choose'}"
        )
        self.facts.setText(_facts(self._value, data))
        self.remover.setVisible(bool(self._value))
        self._choose.setText("Replace…" if self._value else "Choose…")
        shown = "" if data or not self._value else self._value
        if self.address.text().strip() != shown:
            self.address.setText(shown)

    def _say(self, words: str, *, wrong: bool = False, offer: bool = False) -> None:
        if not offer:
            self._waiting = None
        self.note.setText(words)
        self._note_part.setVisible(bool(words))
        kind = "error" if wrong else "notice"
        if self.note.property("class") != kind:
            self.note.setProperty("class", kind)
            self.note.style().unpolish(self.note)
            self.note.style().polish(self.note)
        self.shrinker.setVisible(offer)

    def _on_address_edited(self, text: str) -> None:
        value = text.strip()
        found = findings_for(self.spec, value)
        if found:
            self._say(words_of(found[0], "address"), wrong=True)
            return
        self._say("")
        if value != self._value and (value or not _data_of(self._value)):
            self.begin()
            self._value = value
            self._show_picture()
            self.commit(value)

    def _on_choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.spec.title, "", _FILTER)
        if path:
            self.import_file(path)

    def _on_dropped(self, paths: Sequence[str]) -> None:
        self.import_file(paths[0])

    def _on_paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        if files:
            self.import_file(files[0])
        elif data.hasImage():
            self.import_image(QGuiApplication.clipboard().image())
        elif data.hasText():
            self.address.setText(data.text().strip()[:2048])
            self._on_address_edited(self.address.text())
            self.end()

    def _build(self) -> None:
        self._frame = QFrame(self)
        self._frame.setProperty("class", "drop-quiet")
        self.thumb = Thumbnail(self._frame)
        self._choose = QPushButton("Choose…", self._frame)
        self._choose.setProperty("class", "small")
        self.remover = QPushButton("Remove", self._frame)
        self.remover.setProperty("class", "quiet small")
        self.facts = QLabel(self._frame)
        self.facts.setProperty("class", "caption")
        self.address = QLineEdit(self)
        self.address.setPlaceholderText("or an address: https://…")
        self.address.setAccessibleName(f"{self.spec.title}: web address")
        self._note_part, self.note, self.shrinker = self._build_note()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._build_head())
        column.addWidget(self._note_part)
        column.addWidget(self.address)

    def _build_head(self) -> QHBoxLayout:
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self._choose)
        buttons.addWidget(self.remover)
        buttons.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addStretch(1)
        right.addLayout(buttons)
        right.addWidget(self.facts)
        right.addStretch(1)
        inner = QHBoxLayout(self._frame)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addWidget(self.thumb)
        inner.addLayout(right, 1)
        row = QHBoxLayout()
        row.addWidget(self._frame)
        return row

    def _build_note(self) -> tuple[QWidget, QLabel, QPushButton]:
        part = QWidget(self)
        note = QLabel(part)
        note.setWordWrap(True)
        shrink = QPushButton(f"Make it fit, {SIDE} px", part)
        shrink.setProperty("class", "small")
        line = QHBoxLayout()
        line.addWidget(shrink)
        line.addStretch(1)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(note)
        column.addLayout(line)
        return part, note, shrink

    def _connect(self) -> None:
        self._zone = DropZone(self, self._frame, images=True)
        self._zone.dropped.connect(self._on_dropped)
        self._zone.pixels.connect(self.import_image)
        self.thumb.clicked.connect(self._on_choose)
        self._choose.clicked.connect(self._on_choose)
        self.remover.clicked.connect(self.remove)
        self.shrinker.clicked.connect(self.shrink)
        self.address.textEdited.connect(self._on_address_edited)
        self.address.editingFinished.connect(self.end)
        for button in (self.thumb, self._choose):
            short = QShortcut(QKeySequence.StandardKey.Paste, button)
            short.setContext(Qt.ShortcutContext.WidgetShortcut)
            short.activated.connect(self._on_paste)


def _data_of(value: str) -> bytes:
    if not value.startswith("data:"):
        return b""
    try:
        return base64.b64decode(value.partition(",")[2], validate=True)
    except binascii.Error:
        return b""


def _facts(value: str, data: bytes) -> str:
    if data:
        kind = value[len("data:image/") :].partition(";")[0].partition("+")[0]
        size = f"{max(len(data) // 1024, 1)} KB"
        try:
            picture = read_picture(data)
        except BadImage:
            return f"{kind.upper()} · {size}"
        return f"{kind.upper()} · {picture.width} × {picture.height} · {size}"
    return "From its own address" if value else "Drop a picture here, or paste one"
