"""The export window: every way out beside what it gives, live while one edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.export.choice_list import ChoiceList
from desktop.export.choices import Choice, choices
from desktop.export.handout import Handout
from desktop.export.memory import ExportMemory
from desktop.export.package_page import PackagePage
from desktop.export.saver import Saver
from desktop.export.snippet_page import SnippetPage
from desktop.strip import Strip
from desktop.style.appearance import appearance, tokens
from desktop.style.icons import icon
from desktop.style.sheet import style_sheet
from desktop.topbar import MODES, ModeSwitch
from exporter.contract.layout import MODES as MODE_TITLES
from exporter.snippets import targets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QAction, QResizeEvent

    from desktop.document import Change, Document
    from desktop.tasks import Tasks
    from exporter.contract.layout import Mode
    from exporter.snippets import Target

_SIZE = QSize(1020, 680)
_LIST = 232
_NARROW = 720
"""Below this width, in px, the list and what it gives take turns."""
_PLACE = "export/window"
_FRAME = 16  # ms; edits come faster than anybody sees


class ExportDialog(QDialog):
    """Stays open beside the window; `actions` are the app's, by name.

    It shows what was last taken of a widget, in the widget's own mode unless
    another was picked. Closing hides it; `shutdown` ends it.
    """

    host_changed = Signal(str)
    path_wanted = Signal(str)

    def __init__(
        self,
        document: Document,
        tasks: Tasks,
        settings: QSettings,
        actions: Mapping[str, QAction],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setMinimumSize(380, 420)
        self.resize(_SIZE)
        self._document = document
        self._actions = actions
        self._settings = settings
        self._memory = ExportMemory(settings)
        self._handout = Handout()
        self._key = ""
        self._picked_mode = ""
        self._choice: Choice | None = None
        self._timer = QTimer(self, singleShot=True, interval=_FRAME)
        self.list = ChoiceList(self)
        self.back = QToolButton(self)
        self.title = QLabel(self)
        self.place = QLabel(self)
        self.modes = ModeSwitch(self)
        self.snippet = SnippetPage(self._memory, self._handout, self)
        self.package = PackagePage(self._memory, self._handout, tasks, self)
        self.saver = Saver(self, tasks, settings)
        self._set_up()
        self._lay_out()
        self.strip = Strip(self._right)
        self._connect()
        self._dress()
        place = settings.value(_PLACE)
        if isinstance(place, QByteArray):
            self.restoreGeometry(place)

    @property
    def choice(self) -> Choice | None:
        """What is shown."""
        return self._choice

    @property
    def mode(self) -> Mode:
        """The mode that is wished for: the picked one, else the widget's own."""
        own = self._document.widget.layout.mode
        return next((mode for mode in MODE_TITLES if mode == self._picked_mode), own)

    def open_window(self) -> None:
        """Show it, in front, with the cursor in the search."""
        self.refresh()
        self.show()
        self.activateWindow()
        self.list.search.setFocus()
        self.list.search.selectAll()

    def refresh(self) -> None:
        """Show the document as it stands, if anybody sees it."""
        widget = self._document.widget
        self.setWindowTitle(f"Export {widget.name}")
        found = choices(widget)
        self.list.set_choices(found)
        if widget.key != self._key:
            self._key = widget.key
            name, self._picked_mode = self._memory.target(widget.key)
            self._choice = None
        else:
            name = self._choice.name if self._choice else ""
        by_name = {choice.name: choice for choice in found}
        self._choice = by_name.get(name) or found[0]
        self.list.choose(self._choice.name)
        self._show_choice()

    def shutdown(self) -> None:
        """Stop what runs, and remove what was handed out."""
        self.package.packing.shutdown()
        self.saver.shutdown()
        self._handout.shutdown()

    def done(self, result: int) -> None:
        """Make nothing more while nobody looks, and remember the place."""
        self.package.packing.shutdown()
        self._settings.setValue(_PLACE, self.saveGeometry())
        super().done(result)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show both halves, or one of them."""
        super().resizeEvent(event)
        self._arrange()

    def _show_choice(self) -> None:
        assert self._choice is not None
        widget = self._document.widget
        self.title.setText(self._choice.title)
        self.modes.setVisible(not self._choice.is_package)
        if self._choice.is_package:
            self._pages.setCurrentWidget(self.package)
            self.package.show_kind(widget, self._choice.name.partition(":")[2])
            return
        target = _target(self._choice.name)
        mode = self._nearest(target)
        self.modes.set_able(target.modes)
        self.modes.set_mode(mode)
        self._pages.setCurrentWidget(self.snippet)
        self.snippet.show_target(widget, target, mode, self.mode)

    def _nearest(self, target: Target) -> Mode:
        own = self._document.widget.layout.mode
        able = (mode for mode in (self.mode, own) if mode in target.modes)
        return next(able, target.modes[0])

    def _on_chosen(self, choice: Choice) -> None:
        self._choice = choice
        self._remember()
        self._show_choice()
        self._show_list(on=False)

    def _on_mode(self, mode: str) -> None:
        own = self._document.widget.layout.mode
        self._picked_mode = "" if mode == own else mode
        self._remember()
        self._show_choice()

    def _on_changed(self, change: Change) -> None:
        if "layout.mode" in change.paths:
            self._picked_mode = ""
        if self.isVisible():
            self._timer.start()

    def _remember(self) -> None:
        if self._choice is not None:
            self._memory.set_target(self._key, self._choice.name, self._picked_mode)

    def _on_wanted(self, name: str) -> None:
        if name == "open_page":
            host = self._memory.host.rstrip("/")
            QDesktopServices.openUrl(QUrl(f"{host}/chat/{self._key}"))
        elif name in self._actions:
            self._actions[name].trigger()

    def _on_saved(self, path: Path) -> None:
        folder = QUrl.fromLocalFile(str(path.parent))
        self.strip.say(
            f"Saved {path.name}.",
            "success",
            action="Show the folder",
            run=lambda: QDesktopServices.openUrl(folder),
        )

    def set_host(self, host: str) -> None:
        """Show the server that was named elsewhere."""
        self.snippet.set_host(host)

    def _on_host(self, host: str) -> None:
        # Whoever hears it remembers it; without anybody it is remembered here.
        self.host_changed.emit(host)
        self._memory.set_host(host)

    def _on_refused(self, words: str) -> None:
        self.strip.say(words, "danger")

    def _copy(self) -> None:
        if self._pages.currentWidget() is self.snippet:
            self.snippet.copy_now()

    def _save(self) -> None:
        page = self._pages.currentWidget()
        if isinstance(page, SnippetPage | PackagePage):
            page.save_now()

    def _pick(self, number: int) -> None:
        mode = MODES[number][0]
        if self._choice and not self._choice.is_package and self.modes.is_able(mode):
            self._on_mode(mode)

    @property
    def _narrow(self) -> bool:
        return self.width() < _NARROW

    def _show_list(self, *, on: bool) -> None:
        self._list_wanted = on
        self._arrange()

    def _arrange(self) -> None:
        narrow = self._narrow
        alone = narrow and self._list_wanted
        self.list.setVisible(not narrow or alone)
        self._right.setVisible(not alone)
        self.back.setVisible(narrow)
        self.list.setMaximumWidth(16_777_215 if narrow else _LIST)
        self._head.setDirection(
            QBoxLayout.Direction.TopToBottom
            if narrow
            else QBoxLayout.Direction.LeftToRight
        )

    def _on_back(self) -> None:
        self._show_list(on=True)
        self.list.search.setFocus()

    def _dress(self) -> None:
        self.setStyleSheet(style_sheet(tokens(), "export"))

    def _set_up(self) -> None:
        self._list_wanted = False
        self.list.setMinimumWidth(_LIST)
        self.title.setProperty("class", "title")
        self.place.setProperty("class", "muted")
        self.place.setWordWrap(True)
        self.back.setIcon(icon("arrow-left"))
        self.back.setIconSize(QSize(16, 16))
        self.back.setToolTip("All targets")
        self.back.setAccessibleName("All targets")
        self.modes.setAccessibleName("Mode of the code")
        for keys, run in (
            ("Ctrl+F", self._on_back),
            ("Ctrl+S", self._save),
            ("Ctrl+Shift+C", self._copy),
            ("Ctrl+W", self.close),
        ):
            QShortcut(QKeySequence(keys), self, run)
        for number in range(len(MODE_TITLES)):
            QShortcut(
                QKeySequence(str(number + 1)),
                self,
                lambda number=number: self._pick(number),
            )
        for name in ("undo", "redo", "publish", "show_check"):
            if name in self._actions:
                self.addAction(self._actions[name])

    def _lay_out(self) -> None:
        self._right = QWidget(self)
        self._pages = QStackedWidget(self._right)
        self._pages.addWidget(self.snippet)
        self._pages.addWidget(self.package)
        names = QVBoxLayout()
        names.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.back)
        line.addWidget(self.title, 1)
        names.addLayout(line)
        names.addWidget(self.place)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(16)
        self._head.addLayout(names, 1)
        self._head.addWidget(
            self.modes, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        )
        box = QVBoxLayout(self._right)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(16)
        box.addLayout(self._head)
        box.addWidget(self._pages, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self._right, 1)

    def _connect(self) -> None:
        self._timer.timeout.connect(self.refresh)
        self._document.changed.connect(self._on_changed)
        self.list.chosen.connect(self._on_chosen)
        self.modes.chosen.connect(self._on_mode)
        self.back.clicked.connect(self._on_back)
        for page in (self.snippet, self.package):
            page.placed.connect(self.place.setText)
            page.wanted.connect(self._on_wanted)
            page.path_wanted.connect(self.path_wanted)
            page.refused.connect(self._on_refused)
            page.save_wanted.connect(
                lambda name, data: self.saver.save("Save", name, data)
            )
        self.snippet.said.connect(lambda words: self.strip.say(words, "success"))
        self.snippet.host_changed.connect(self._on_host)
        self.package.folder_wanted.connect(
            lambda name, files: self.saver.save_folder("Save into…", name, files)
        )
        self.saver.saved.connect(self._on_saved)
        self.saver.failed.connect(self._on_refused)
        appearance().changed.connect(self._dress)


def _target(name: str) -> Target:
    return next(target for target in targets() if target.name == name)
