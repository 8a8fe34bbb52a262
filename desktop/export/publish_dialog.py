"""The publish window: where to, what will change there, what was, and what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QDialog,
    QProgressBar,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.export.changes_page import ChangesPage
from desktop.export.history_page import HistoryPage
from desktop.export.publication import Publication
from desktop.export.publish_foot import PublishFoot
from desktop.export.server_form import ServerForm
from desktop.export.state_card import StateCard
from desktop.export.waiting_page import WaitingPage
from desktop.export.wording import sight_told
from desktop.style.appearance import appearance, tokens
from desktop.style.sheet import style_sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.export.outbox import Outbox
    from desktop.export.publishing import Publishing, Sight
    from exporter.publish import Change, Published, Version

_PAUSE = 500
_ASK = "Paste the address of your server and its licence's token."
_CHANGES, _HISTORY, _WAITING = range(3)


class PublishDialog(QDialog):
    """Looks by itself once address and token are there; publishing is one click.

    `save_file` writes the widget's file for a later upload by hand. Closing drops
    what was asked; what waits in the outbox stays there.
    """

    def __init__(
        self,
        publishing: Publishing,
        outbox: Outbox,
        host: str,
        save_file: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("publishDialog")
        self.setMinimumSize(420, 460)
        self.resize(760, 600)
        self._publishing = publishing
        self._outbox = outbox
        self._can_look = False
        self.server = ServerForm(host, self)
        self.host, self.token = self.server.host, self.server.token
        self.card = StateCard(self)
        self.state, self.cancel = self.card.words, self.card.cancel
        self.busy = QProgressBar(self)
        self.tabs = QTabBar(self)
        self.changes = ChangesPage("On the server", "Here", self)
        self.history = HistoryPage(self)
        self.waiting = WaitingPage(outbox, self)
        self.foot = PublishFoot(self)
        self.publication = Publication(
            publishing, outbox, self.server, self.card, self.foot, self
        )
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._dress_parts()
        self._lay_out()
        self._connect(save_file)
        self._dress()
        self._begin()

    def done(self, result: int) -> None:
        """Drop what is under way."""
        self._timer.stop()
        self._publishing.cancel()
        super().done(result)

    def open_window(self) -> None:
        """Show it, in front, and look what the server has by now."""
        self._publishing.sight = None
        self._forget_state()
        self.setWindowTitle(f"Publish {self._publishing.widget.name}")
        self._on_waiting()
        self._say(_ASK)
        self.show()
        self.activateWindow()
        self._timer.start()

    def show_waiting(self) -> None:
        """Go to what waits."""
        self.tabs.setCurrentIndex(_WAITING)

    # The way to the server.

    def _on_host(self, host: str) -> None:
        self._publishing.sight = None
        self._can_look = False
        self._forget_state()
        self._say(_ASK)
        self._timer.start()

    def _on_token(self) -> None:
        self._forget_state()
        self._timer.start()

    def _on_pause(self) -> None:
        host = self.server.address
        if not host:
            return
        if self.token.text().strip() or self._can_look:
            self.publication.look()
        else:
            self._publishing.ask_hint(host)

    def _on_hinted(self, host: str, hint: str) -> None:
        if host != self.server.address:
            return
        self._can_look = bool(hint)
        self._show_hint(hint)
        if hint:
            self.publication.look()
        else:
            self._say("Paste the licence's token; `license create` printed it once.")

    def _show_hint(self, hint: str) -> None:
        self.server.show_hint(hint, self._publishing.token_note)

    def _on_looked(self, sight: Sight) -> None:
        self._timer.stop()
        self.server.clear_token()
        self._can_look = True
        self._show_hint(self._publishing.known_hint(self.server.address))
        self._show_sight(sight)
        if self.tabs.currentIndex() == _HISTORY:
            self._ask_history()

    def _show_sight(self, sight: Sight) -> None:
        self._fill(sight)
        self.foot.offer_publish(foreign=sight.foreign)
        self.publication.show_busy()
        live = sight.remote is not None and bool(sight.remote.live)
        self.card.offer_page(sight.remote.script if live and sight.remote else "")
        self._say(sight_told(sight), "error" if sight.foreign else "muted")

    def _fill(self, sight: Sight) -> None:
        empty = (
            "Nothing differs: the server has what is here."
            if sight.remote
            else "The whole widget is new there."
        )
        self.changes.show_changes(sight.changes, type(self._publishing.widget), empty)
        count = len(sight.changes)
        self.tabs.setTabText(_CHANGES, f"Changes  {count}" if count else "Changes")

    def _on_finished(self, done: Published) -> None:
        self.changes.show_changes((), None, "Nothing differs any more.")
        self.tabs.setTabText(_CHANGES, "Changes")
        if self.tabs.currentIndex() == _HISTORY:
            self._look_quietly()
        elif done.live:
            self.card.open_page.setFocus()

    def _look_quietly(self) -> None:
        self._publishing.look(self.server.address)

    def _on_edited(self) -> None:
        if not self.isVisible():
            return
        self.setWindowTitle(f"Publish {self._publishing.widget.name}")
        sight = self._publishing.review(self.server.address)
        if sight is not None:
            self._show_sight(sight)
        elif self._can_look and not self._publishing.is_publishing:
            self._timer.start()

    def _on_opened(self) -> None:
        self._publishing.cancel()
        self._publishing.sight = None
        self._forget_state()
        self.history.show_versions(())
        if self.isVisible():
            self._timer.start()

    def _on_waiting(self) -> None:
        count = len(self._outbox.waiting) + len(self._outbox.broken)
        self.tabs.setTabText(_WAITING, f"Waiting  {count}" if count else "Waiting")

    # What is seen.

    def _on_tab(self, index: int) -> None:
        self._pages.setCurrentIndex(index)
        self.foot.setVisible(index == _CHANGES)
        if index == _HISTORY:
            self._ask_history()

    def _ask_history(self) -> None:
        if self._publishing.sight is None and self._can_look:
            self._look_quietly()
        elif self._publishing.sight is not None and self._publishing.sight.remote:
            self._publishing.ask_history(self.server.address)

    def _on_picked(self, version: Version) -> None:
        if self._publishing.sight is not None:
            self._publishing.compare(self.server.address, version)

    def _on_compared(self, version: Version, changes: tuple[Change, ...]) -> None:
        self.history.show_comparison(version, changes, type(self._publishing.widget))

    def _forget_state(self) -> None:
        self.foot.offer_publish()
        self.foot.publish.setEnabled(False)
        self.card.offer_page("")
        self.changes.show_changes((), None, "What will change stands here.")
        self.tabs.setTabText(_CHANGES, "Changes")

    def _say(self, words: str, tone: str = "muted") -> None:
        self.card.say(words, tone)

    # How it is built.

    def _begin(self) -> None:
        self.publication.show_busy()
        self._show_hint("")
        self._forget_state()
        self._on_waiting()
        self._say(_ASK)

    def _dress(self) -> None:
        self.setStyleSheet(style_sheet(tokens(), "export"))

    def _dress_parts(self) -> None:
        self.busy.setAccessibleName("Progress")
        self.busy.setRange(0, 0)
        self.tabs.setAccessibleName("What will change, what was, what waits")
        for title in ("Changes", "History", "Waiting"):
            self.tabs.addTab(title)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)

    def _lay_out(self) -> None:
        self._pages = QStackedWidget(self)
        for page in (self.changes, self.history, self.waiting):
            self._pages.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 16)
        box.setSpacing(12)
        box.addWidget(self.server)
        box.addWidget(self.card)
        box.addWidget(self.busy)
        box.addWidget(self.tabs)
        box.addWidget(self._pages, 1)
        box.addWidget(self.foot)

    def _connect(self, save_file: Callable[[], object]) -> None:
        self._connect_talk()
        self.host.textChanged.connect(self._on_host)
        self.token.textChanged.connect(self._on_token)
        self._timer.timeout.connect(self._on_pause)
        self.server.forget.clicked.connect(
            lambda: self._publishing.forget_token(self.server.address)
        )
        self.foot.offline.clicked.connect(lambda: save_file())
        self.tabs.currentChanged.connect(self._on_tab)
        self.history.picked.connect(self._on_picked)
        self.history.wanted.connect(self.publication.roll_back)
        self.publication.finished.connect(self._on_finished)
        self.publication.queued.connect(self.show_waiting)
        self.publication.busy_changed.connect(self.busy.setVisible)
        appearance().changed.connect(self._dress)

    def _connect_talk(self) -> None:
        talk, outbox = self._publishing, self._outbox
        talk.hinted.connect(self._on_hinted)
        talk.looked.connect(self._on_looked)
        talk.history_came.connect(self.history.show_versions)
        talk.compared.connect(self._on_compared)
        talk.document.changed.connect(self._on_edited)
        talk.document.opened.connect(self._on_opened)
        outbox.changed.connect(self._on_waiting)
