"""Font files that travel with the widget, each shown in its own face."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QWidget

from desktop.sidebar.controls.drop_zone import DropZone
from desktop.sidebar.controls.font_faces import face_of
from desktop.sidebar.controls.font_file import (
    MAX_BYTES,
    BadFont,
    FontFacts,
    is_font,
    read_font,
    too_large,
)
from desktop.sidebar.controls.font_list import face_font
from desktop.sidebar.controls.form import add_labelled, add_switch
from desktop.sidebar.controls.item_list import ItemList
from desktop.sidebar.controls.item_row import ItemRow
from desktop.sidebar.controls.switch import Toggle

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QResizeEvent

    from desktop.sidebar.controls.control import Lookup
    from exporter.contract.specs import SettingSpec

_WEIGHTS = {
    100: "Thin",
    200: "Extra light",
    300: "Light",
    400: "Regular",
    500: "Medium",
    600: "Semibold",
    700: "Bold",
    800: "Extra bold",
    900: "Black",
}
_FILTER = "Fonts (*.woff2 *.woff *.ttf *.otf)"


class FontFileRow(ItemRow):
    """A face: its family drawn by itself; folded out, what CSS is told of it."""

    def __init__(self) -> None:
        super().__init__(movable=False, menu=False)
        self.head.setContentsMargins(10, 6, 4, 6)
        self._item: dict[str, Any] = {}
        self._sample = QLabel(self)
        self._facts = QLabel(self)
        self._facts.setProperty("class", "caption")
        self.add_field(self._sample, 1)
        self.add_field(self._facts)
        self.family = QLineEdit(self)
        self.weight = QLineEdit(self)
        self.italic = Toggle(self)
        self.range = QLineEdit(self)
        self.range.setPlaceholderText("All")
        self._add_details()

    def draft(self) -> dict[str, Any]:
        style = self._item.get("style", "normal")
        if self.italic.isChecked() != (style != "normal"):
            style = "italic" if self.italic.isChecked() else "normal"
        return {
            "family": self.family.text().strip(),
            "src": self._item.get("src", ""),
            "weight": self.weight.text().strip(),
            "style": style,
            "display": self._item.get("display", "swap"),
            "unicode_range": self.range.text().strip(),
        }

    def show_item(self, item: Any) -> None:
        self._item = dict(item)
        fields = (
            (self.family, item["family"]),
            (self.weight, item.get("weight", "400")),
            (self.range, item.get("unicode_range", "")),
        )
        for field, text in fields:
            if field.text().strip() != text:
                field.setText(text)
        self.italic.setChecked(item.get("style", "normal") != "normal")
        self._refresh()

    def focus_field(self) -> None:
        if self.fold is not None:
            self.fold.setFocus()

    def spoken(self) -> str:
        return self.family.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refresh()

    def _add_details(self) -> None:
        layout = self.with_details()
        layout.setContentsMargins(12, 0, 8, 8)
        add_labelled(layout, "Family", self.family, "What “Font” above calls it.")
        add_labelled(layout, "Weight", self.weight, "400, or 100 900 if variable.")
        add_labelled(layout, "Characters", self.range, "A CSS unicode-range.")
        add_switch(layout, "Italic", self.italic, "A slanted face.")
        for field in (self.family, self.weight, self.range):
            self.watch(field)
            field.textEdited.connect(lambda _: self._refresh())
        self.italic.toggled.connect(lambda _: self.edited.emit())
        self.italic.toggled.connect(lambda _: self.finished.emit())

    def _refresh(self) -> None:
        source = self._item.get("src", "")
        self._facts.setText(_facts(self.weight.text(), source))
        font = face_font(face_of(source), 15)
        font.setItalic(self.italic.isChecked())
        self._sample.setFont(font)
        room = max(self.width() - self._facts.sizeHint().width() - 90, 40)
        words = QFontMetrics(font).elidedText(
            self.family.text(), Qt.TextElideMode.ElideRight, room
        )
        self._sample.setText(words)
        size = font.pixelSize()
        self._sample.setStyleSheet(
            f"font-family: '{font.family()}'; font-size: {size}px;"
        )


class FontSources(ItemList):
    """The list of font files: chosen or dropped."""

    noun = "font file"
    nothing = "Drop WOFF2, WOFF, TTF or OTF files here: visitors then see that face."
    takes_files: ClassVar[bool] = True

    def __init__(
        self,
        spec: SettingSpec,
        lookup: Lookup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, lookup, parent)
        self.adder.setText("Add font files…")
        self._zone = DropZone(self, self.empty)
        self._zone.dropped.connect(self.import_files)

    def make_row(self) -> FontFileRow:
        return FontFileRow()

    def add_new(self) -> None:
        """Ask for files."""
        paths, _ = QFileDialog.getOpenFileNames(self, "Add font files", "", _FILTER)
        self.import_files(paths)

    def import_files(self, paths: Iterable[str]) -> None:
        """Take font files into the widget; says which could not be taken, and why."""
        items, refused = [], []
        for path in list(paths)[:100]:
            try:
                items.append(_item_of(Path(path)))
            except (BadFont, OSError) as error:
                refused.append(f"{Path(path).name} {_reason(error)}.")
        known = {item["src"] for item in self._told}
        new = [item for item in items if item["src"] not in known]
        taken = self.add_items(new)
        if taken < len(new):
            refused.append(f"{self.limit} files are the most; {taken} were taken.")
        elif len(new) < len(items):
            refused.append("A file that is here already was left out.")
        self.say(" ".join(refused[:3]))

    def problems(self, items: Sequence[Any]) -> dict[int, str]:
        fields = ("family", "weight", "style", "unicode_range")
        same = [tuple(item[field] for field in fields) for item in items]
        words = "A file above is the same face; change the weight or remove one."
        twice = {n: words for n, one in enumerate(same) if one in same[:n]}
        return {**twice, **super().problems(items)}


def _item_of(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES and is_font(data):
        raise too_large(path.stat().st_size)
    return _item(read_font(data), data)


def _item(facts: FontFacts, data: bytes) -> dict[str, Any]:
    text = base64.b64encode(data).decode()
    return {
        "family": facts.family,
        "src": f"data:font/{facts.kind};base64,{text}",
        "weight": facts.weight,
        "style": facts.style,
        "display": "swap",
        "unicode_range": "",
    }


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"can't be read ({error.strerror or 'no reason given'})"
    return str(error)


def _facts(weight: str, source: str) -> str:
    words = _WEIGHTS.get(int(weight), weight) if weight.isdigit() else weight
    if " " in weight:
        words = "Variable"
    kind, _, data = source.removeprefix("data:font/").partition(";base64,")
    if not data:
        return f"{words} · web address"
    size = len(data) * 3 // 4 // 1000
    return f"{words} · {kind.upper()} · {max(size, 1)} KB"
