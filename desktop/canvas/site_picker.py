"""Chooses the page behind: samples, one's own, or a client's live address."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QWidget,
)

from desktop.canvas.site_report_view import SiteReport
from desktop.canvas.site_tile import PICTURE, SiteTile
from desktop.preview.sites import SITES, is_address
from desktop.sidebar.controls.drop_zone import DropZone
from desktop.sidebar.controls.popover import Popover
from desktop.style.icons import icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QImage

    from desktop.backdrops.shelf import Backdrop
    from desktop.canvas.site_report import SiteFinding

_COLUMNS = 3
_WIDE = _COLUMNS * (PICTURE.width() + 4) + (_COLUMNS - 1) * 8 + 12
_SIGNS = {"image": "image", "page": "file-code"}
_TREATED = ((False, "As deployed"), (True, "Force preview"))


class SitePicker(Popover):
    """`chosen(site, forced)` closes it, save for how a live page is treated.

    `files_wanted` asks for a file, `dropped(paths)` brings some; `removed(site)`
    is for a page of one's own.
    """

    chosen = Signal(str, bool)
    files_wanted = Signal()
    dropped = Signal(list)
    removed = Signal(str)

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor, leading=False)
        self.tiles: dict[str, SiteTile] = {}
        self._site, self._forced = "", False
        self._tiles = QWidget(self)
        self._tiles.setObjectName("page")
        self._grid = QGridLayout(self._tiles)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._tiles)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.address = QLineEdit(self)
        self.treated = [QPushButton(words, self) for _, words in _TREATED]
        self.report = SiteReport(self, _WIDE)
        self.file = QPushButton(" Image or saved page…", self)
        self.words = QLabel(self)
        self._zone = DropZone(self, self, images=False)
        self._set_up()
        self._lay_out()
        self._connect()

    def show_sites(
        self, site: str, own: Sequence[Backdrop], *, forced: bool, client: str
    ) -> None:
        """Fill it: `site` is what stands behind now."""
        self._site, self._forced = site, forced
        for tile in self.tiles.values():
            tile.deleteLater()
        self.tiles = {}
        for name, title in SITES.items():
            self._add(SiteTile(name, title, "panel-top", self._tiles))
        for each in own:
            sign = _SIGNS[each.kind]
            self._add(SiteTile(each.id, each.title, sign, self._tiles, own=True))
        live = is_address(site)
        self.address.setText(site if live else f"https://{client}" if client else "")
        for button, (force, _) in zip(self.treated, _TREATED, strict=True):
            button.setVisible(live)
            button.setChecked(live and force == forced)
        self._fit()

    def show_findings(self, findings: Sequence[SiteFinding]) -> None:
        """What a live page does to the widget."""
        live = urlsplit(self._site).netloc if is_address(self._site) else ""
        self.report.show_findings(findings, site=live)
        if self.isVisible():
            self.adjustSize()
            self.move(self._place())

    def set_picture(self, site: str, image: QImage) -> None:
        """A page's picture has come."""
        if site in self.tiles:
            self.tiles[site].set_picture(image)

    def say(self, words: str, *, error: bool = False) -> None:
        """Say something about what was brought; "" says nothing."""
        self.words.setProperty("class", "error" if error else "caption")
        self.words.style().polish(self.words)
        self.words.setText(words or _INVITATION)

    def pop_up(self) -> None:
        """Show it, at what stands behind now."""
        super().pop_up()
        current = self.tiles.get(self._site)
        (current or self.address).setFocus(Qt.FocusReason.PopupFocusReason)
        self.address.selectAll()

    def _set_up(self) -> None:
        self.setAccessibleName("The page behind")
        self.address.setPlaceholderText("https://… a client's live page")
        self.address.setAccessibleName("Address of a live page")
        self.file.setIcon(icon("upload", "text_muted"))
        self.words.setWordWrap(True)
        group = QButtonGroup(self)
        for button in self.treated:
            button.setCheckable(True)
            button.setProperty("class", "chip")
            group.addButton(button)
        self.say("")

    def _lay_out(self) -> None:
        live = QHBoxLayout()
        live.addWidget(self.address, 1)
        for button in self.treated:
            live.addWidget(button)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.file)
        foot.addWidget(self.words, 1)
        self.content.setSpacing(10)
        self.content.addWidget(self._scroll)
        self.content.addLayout(live)
        self.content.addWidget(self.report)
        self.content.addLayout(foot)

    def _connect(self) -> None:
        self.address.returnPressed.connect(self._on_address)
        self.file.clicked.connect(self._on_file)
        self._zone.dropped.connect(self.dropped)
        for button, (force, _) in zip(self.treated, _TREATED, strict=True):
            button.clicked.connect(lambda _=False, on=force: self._on_treated(on))

    def _add(self, tile: SiteTile) -> None:
        row, column = divmod(len(self.tiles), _COLUMNS)
        self._grid.addWidget(tile, row, column)
        self.tiles[tile.site] = tile
        tile.setChecked(tile.site == self._site)
        tile.clicked.connect(lambda _=False: self._choose(tile.site, forced=False))
        tile.removed.connect(lambda: self.removed.emit(tile.site))
        if tile.own:
            tile.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            tile.customContextMenuRequested.connect(lambda at: self.open_menu(tile, at))

    def open_menu(self, tile: SiteTile, at: QPoint) -> QMenu:
        """What can be done with a page of one's own."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        delete = menu.addAction(icon("trash-2"), "Delete")
        delete.triggered.connect(lambda _=False: self.removed.emit(tile.site))
        menu.popup(tile.mapToGlobal(at))
        return menu

    def _fit(self) -> None:
        rows = -(-len(self.tiles) // _COLUMNS)
        tile = next(iter(self.tiles.values())).height()
        self._scroll.setFixedSize(_WIDE, min(rows, 3) * (tile + 8))
        self.adjustSize()

    def _choose(self, site: str, *, forced: bool) -> None:
        self.close()
        self.chosen.emit(site, forced)

    def _on_treated(self, forced: bool) -> None:
        self._forced = forced
        self.chosen.emit(self._site, forced)

    def _on_address(self) -> None:
        text = self.address.text().strip()
        whole = text if "://" in text else f"https://{text}"
        if is_address(whole):
            self._choose(whole, forced=self._forced)
        else:
            self.say("A live page's address begins with https://.", error=True)

    def _on_file(self) -> None:
        self.close()
        self.files_wanted.emit()


_INVITATION = "Or drop one here, or beside the devices"
