"""What waits to be published, from whichever widget: to send, to choose, to drop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.export.changes_page import ChangesPage
from desktop.export.history_page import since
from desktop.export.option import Option
from desktop.export.queue import Waiting
from exporter.publish import PublishConflict

if TYPE_CHECKING:
    from desktop.export.outbox import Outbox
    from exporter.contract.errors import VitrineError
    from exporter.publish import Published

_ROLE = Qt.ItemDataRole.UserRole
_COLUMNS = ("Widget", "Server", "Since", "State")


class WaitingPage(QWidget):
    """Works the outbox; a conflict is shown side by side below the list."""

    def __init__(self, outbox: Outbox, parent: QWidget) -> None:
        super().__init__(parent)
        self._outbox = outbox
        self._conflict: tuple[str, PublishConflict] | None = None
        self.list = _list(self)
        self.words = QLabel(
            "Nothing waits. What you publish without a network stands here until "
            "you send it.",
            self,
        )
        self.words.setProperty("class", "muted")
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.problem = QLabel(self)
        self.problem.setProperty("class", "notice")
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.changes = ChangesPage("On the server", "Waiting here", self)
        self.by_itself = Option("Send it by itself once the server is back", self)
        self.send = QPushButton("Send now", self)
        self.send.setProperty("class", "primary")
        self.send_all = QPushButton("Send all", self)
        self.remove = QPushButton("Remove", self)
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show what waits now; what was chosen stays chosen."""
        item = self._item()
        chosen = item.place if item else ""
        self.list.blockSignals(True)
        self.list.clear()
        for waiting in self._outbox.waiting:
            self.list.addTopLevelItem(_row(waiting))
        for broken in self._outbox.broken:
            spoilt = QTreeWidgetItem([broken.place, "", "", broken.problem])
            spoilt.setData(0, _ROLE, broken)
            self.list.addTopLevelItem(spoilt)
        count = self.list.topLevelItemCount()
        rows = [row for n in range(count) if (row := self.list.topLevelItem(n))]
        again = [row for row in rows if row.data(0, _ROLE).place == chosen]
        for row in (again or rows)[:1]:
            self.list.setCurrentItem(row)
        self.list.blockSignals(False)
        self.list.setVisible(bool(rows))
        self.words.setVisible(not rows)
        self._show_current()

    def _item(self) -> Waiting | None:
        row = self.list.currentItem()
        value = row.data(0, _ROLE) if row is not None else None
        return value if isinstance(value, Waiting) else None

    def _show_current(self) -> None:
        item = self._item()
        for part in (self.send, self.send_all, self.by_itself):
            part.setVisible(item is not None)
        self.remove.setVisible(self.list.currentItem() is not None)
        self.send_all.setVisible(len(self._outbox.waiting) > 1)
        conflict = self._conflict_of(item)
        self.send.setText("Publish over it" if conflict else "Send now")
        self.by_itself.set_checked(bool(item and item.by_itself))
        self.problem.setText(item.problem if item else "")
        self.problem.setVisible(bool(item and item.problem))
        self.changes.setVisible(conflict is not None)
        if item is not None and conflict is not None:
            self.changes.show_changes(conflict.changes, type(item.widget), "")

    def _conflict_of(self, item: Waiting | None) -> PublishConflict | None:
        if item is None or self._conflict is None or self._conflict[0] != item.place:
            return None
        return self._conflict[1]

    def _on_send(self) -> None:
        item = self._item()
        if item is not None:
            conflict = self._conflict_of(item)
            self._outbox.send(item, over=conflict.version if conflict else 0)

    def _on_remove(self) -> None:
        row = self.list.currentItem()
        if row is not None:
            self._outbox.remove(row.data(0, _ROLE).place)

    def _on_by_itself(self, chosen: bool) -> None:
        item = self._item()
        if item is not None:
            self._outbox.let_go(item, by_itself=chosen)

    def _on_kept(self, item: Waiting, error: VitrineError) -> None:
        if isinstance(error, PublishConflict):
            self._conflict = (item.place, error)
        self._show_current()

    def _on_sent(self, item: Waiting, done: Published) -> None:
        if self._conflict and self._conflict[0] == item.place:
            self._conflict = None

    def _on_busy(self, busy: bool) -> None:
        for part in (self.send, self.send_all, self.remove, self.by_itself):
            part.setEnabled(not busy)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.by_itself, 1)
        for part in (self.remove, self.send_all, self.send):
            foot.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.words, 1)
        box.addWidget(self.list, 2)
        box.addWidget(self.problem)
        box.addWidget(self.changes, 2)
        box.addLayout(foot)

    def _connect(self) -> None:
        outbox = self._outbox
        outbox.changed.connect(self.refresh)
        outbox.kept.connect(self._on_kept)
        outbox.sent.connect(self._on_sent)
        outbox.busy_changed.connect(self._on_busy)
        self.list.currentItemChanged.connect(lambda: self._show_current())
        self.send.clicked.connect(self._on_send)
        self.send_all.clicked.connect(outbox.send_all)
        self.remove.clicked.connect(self._on_remove)
        self.by_itself.toggled.connect(self._on_by_itself)


def _list(parent: QWidget) -> QTreeWidget:
    made = QTreeWidget(parent)
    made.setAccessibleName("What waits to be published")
    made.setHeaderLabels(_COLUMNS)
    made.setProperty("class", "rows")
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    made.header().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
    return made


def _row(item: Waiting) -> QTreeWidgetItem:
    state = item.problem or ("goes by itself" if item.by_itself else "waits for you")
    row = QTreeWidgetItem(
        [
            item.widget.name,
            item.host.partition("://")[2],
            since(item.queued_at),
            state,
        ]
    )
    row.setData(0, _ROLE, item)
    row.setToolTip(3, state)
    return row
