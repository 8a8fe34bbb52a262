"""The sidebar: provider, search, and every setting of the open widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QStackedWidget,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from desktop.sidebar.controls import recent_colors
from desktop.sidebar.controls.search_field import SearchField
from desktop.sidebar.controls.segmented import Segments
from desktop.sidebar.moving_on import MovingOn
from desktop.sidebar.notice import Notice
from desktop.sidebar.results import Results
from desktop.sidebar.row import GUTTER, RESET_KEYS, Row
from desktop.sidebar.scroll import ScrollArea
from desktop.sidebar.section import Section
from desktop.style.tokens import SPACING
from desktop.tab_order import ReadingOrder
from exporter.contract.specs import sections_of
from exporter.providers.registry import provider, providers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QKeyEvent

    from desktop.document import Change, Document
    from desktop.sidebar.vault import Vault
    from exporter.contract.widget import Widget

WIDTHS = (280, 320, 480)
"""Least, usual and greatest width in px."""
_OPEN_AT_FIRST = ["theme"]
_SECRETS_IN = "connection"


class Sidebar(ReadingOrder, QWidget):
    """Built from the settings of the document's widget, whichever provider it has.

    `focused(path)` when a setting's control takes the focus, `unfocused` when the
    focus leaves the settings. What is open is kept in `settings`.
    """

    focused = Signal(str)
    unfocused = Signal()

    def __init__(
        self,
        document: Document,
        vault: Vault | None = None,
        settings: QSettings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(WIDTHS[0])
        self.setMaximumWidth(WIDTHS[2])
        self._document, self._vault = document, vault
        self._settings = settings or QSettings(self)
        recent_colors.keep_in(self._settings)
        self._model: type[Widget] | None = None
        self._key = ""
        self._focus = ""
        self._sections: list[Section] = []
        self._names = [each.name for each in providers()]
        self._provider = self._provider_switch()
        self._search = SearchField("Find a setting", self)
        self._notice = Notice(self)
        self.moving_on = MovingOn(document, self)
        self._pages = QStackedWidget(self)
        self._list, self._found = ScrollArea(self._pages), ScrollArea(self._pages)
        self._list.setObjectName("settings")
        self._results: Results | None = None
        self._lay_out()
        self._connect()
        self._build()

    def find_setting(self) -> None:
        """Put the focus into the search field."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def reveal(self, path: str) -> bool:
        """Unfold, scroll to and focus a setting's control; whether it can be seen."""
        self._search.clear()
        setting = _nearest(path, self._document)
        for section in self._sections:
            row = section.row(setting)
            if row is not None:
                self._list.settle(row)
                self._list.ensureWidgetVisible(row, 0, SPACING[5])
                row.control.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return row.isVisibleTo(self)
        return False

    def sections(self) -> tuple[Section, ...]:
        """The sections, from top to bottom."""
        return tuple(self._sections)

    def rows(self) -> Iterator[Row]:
        """The rows made by now: of the results while a search lasts, else of all."""
        if self._results is not None and self._search.text().strip():
            yield from self._results.rows()
            return
        for section in self._sections:
            yield from section.rows()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the search, from wherever in it one is."""
        if event.key() == Qt.Key.Key_Escape and self._search.text():
            self._search.clear()
            self.find_setting()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACING[2], 0, 0)
        column.setSpacing(SPACING[1])
        top = QVBoxLayout()
        top.setContentsMargins(GUTTER, 0, GUTTER, 0)
        top.setSpacing(SPACING[1])
        for widget in (self._provider, self.moving_on, self._search, self._notice):
            top.addWidget(widget)
        column.addLayout(top)
        column.addWidget(self._pages, 1)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._found)

    def _provider_switch(self) -> Segments:
        switch = Segments([each.title for each in providers()], self)
        switch.setObjectName("providers")
        switch.setAccessibleName("Provider")
        for button, each in zip(switch.buttons(), providers(), strict=True):
            button.setToolTip(each.tagline)
        return switch

    def _connect(self) -> None:
        self._provider.chosen.connect(self._on_provider)
        self._search.textChanged.connect(self._on_searched)
        reset = QShortcut(QKeySequence(RESET_KEYS), self)
        reset.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        reset.activated.connect(self._on_reset)
        self.moving_on.moved.connect(lambda way: self.reveal(way.next_path))
        self._notice.undo_wanted.connect(self._document.undo)
        self._document.changed.connect(self._on_changed)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def _build(self) -> None:
        widget = self._document.widget
        self._model, self._key = type(widget), widget.key
        self._provider.set_index(self._names.index(widget.provider))
        page = QWidget()
        page.setObjectName("page")
        self._list.setWidget(page)  # before it is filled: a full one is styled twice
        page.hide()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, SPACING[4])
        column.setSpacing(0)
        specs = sections_of(self._model)
        self._sections = []
        for spec in specs:
            section = Section(spec, self._document, page)
            if self._sections:
                column.addWidget(_line(page))
            column.addWidget(section)
            self._sections.append(section)
            self._remember(section)
        column.addStretch(1)
        page.show()
        self._results = Results(specs, self._document)
        self._results.setObjectName("page")
        self._found.setWidget(self._results)
        self._on_searched(self._search.text())

    def _rebuild(self, *, stay: bool) -> None:
        """Show other settings; `stay` where one was, as far as that exists."""
        place = self._list.verticalScrollBar().value() if stay else 0
        self._build()
        self._list.settle(self._sections[-1])
        # Asked for again: the first answer did not always outlive the old page.
        self._list.verticalScrollBar().setValue(place)

    def _remember(self, section: Section) -> None:
        name = section.spec.name
        if name == _SECRETS_IN:
            section.set_extra(self._secrets)
        section.set_more(name in self._kept("more", []))
        section.set_open(name in self._kept("open", _OPEN_AT_FIRST))
        section.folded.connect(lambda shown: self._keep("open", name, shown))
        section.more_shown.connect(lambda shown: self._keep("more", name, shown))

    def _secrets(self, parent: QWidget) -> list[QWidget]:
        if self._vault is None:
            return []
        from desktop.sidebar.secret_row import SecretRow

        found = provider(self._document.widget.provider).secrets
        return [SecretRow(spec, self._vault, self._document, parent) for spec in found]

    def _kept(self, what: str, default: list[str]) -> list[str]:
        value = self._settings.value(f"sidebar/{what}")
        if value is None:
            return default
        return (
            [str(name) for name in value] if isinstance(value, list) else [str(value)]
        )

    def _keep(self, what: str, name: str, shown: bool) -> None:
        names = set(self._kept(what, _OPEN_AT_FIRST if what == "open" else []))
        names = names | {name} if shown else names - {name}
        self._settings.setValue(f"sidebar/{what}", sorted(names) or ["-"])

    def _on_provider(self, index: int) -> None:
        before = self._document.specs
        switched = self._document.switch_provider(self._names[index])
        title = provider(self._names[index]).title
        self._notice.tell(title, switched, before)

    def _on_changed(self, change: Change) -> None:
        self._notice.hide()
        widget = self._document.widget
        if type(widget) is not self._model or widget.key != self._key:
            self._rebuild(stay=widget.key == self._key)
            return
        for section in self._sections:
            section.refresh(change)
        if self._results is not None:
            self._results.refresh(change)

    def _on_searched(self, text: str) -> None:
        words = text.strip()
        if words and self._results is not None:
            self._results.search(words)
            self._found.verticalScrollBar().setValue(0)
        self._pages.setCurrentWidget(self._found if words else self._list)

    def _on_reset(self) -> None:
        row = _row_around(QApplication.focusWidget())
        if row is not None:
            row.reset()

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        row = _row_around(now)
        if row is not None and not self.isAncestorOf(row):
            row = None
        path = row.spec.path if row is not None else ""
        if path == self._focus:
            return
        self._focus = path
        self._help(row)
        if path:
            self.focused.emit(path)
        else:
            self.unfocused.emit()

    def _help(self, row: Row | None) -> None:
        """Show a setting's help beside the sidebar when it is reached by keyboard."""
        by_key = self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        if row is not None and row.toolTip() and by_key:
            top = row.mapTo(self, QPoint(0, 0)).y() - SPACING[4]
            place = self.mapToGlobal(QPoint(self.width(), top))
            QToolTip.showText(place, row.toolTip(), row)
        elif by_key:
            QToolTip.hideText()


def _row_around(widget: QWidget | None) -> Row | None:
    while widget is not None and not isinstance(widget, Row):
        # Through popovers, too: their parent is what they belong to.
        widget = widget.parentWidget()
    return widget


def _nearest(path: str, document: Document) -> str:
    """The setting that a finding's path lies in ("start_screen.prompts.2.icon")."""
    specs = document.specs
    while path and path not in specs:
        path = path.rpartition(".")[0]
    return path


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setProperty("class", "line")
    line.setFixedHeight(1)
    return line
