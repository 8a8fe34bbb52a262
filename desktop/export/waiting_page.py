"""What waits to be published, from whichever widget: to send, to choose, to drop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.export.changes_page import ChangesPage
from desktop.export.option import Option
from desktop.export.queue import Waiting
from desktop.export.row_list import RowList, row
from desktop.when import since
from exporter.publish import PublishConflict

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTreeWidgetItem

    from desktop.export.outbox import Outbox
    from exporter.contract.errors import VitrineError
    from exporter.publish import Published

_COLUMNS = ("Widget", "Server", "Since", "State")
_EMPTY = (
    "Nothing waits. What you publish without a network stands here until you send it."
)


class WaitingPage(QWidget):
    """Works the outbox; a conflict is shown side by side below the list."""

    def __init__(self, outbox: Outbox, parent: QWidget) -> None:
        super().__init__(parent)
        self._outbox = outbox
        self._conflict: tuple[str, PublishConflict] | None = None
        self.rows = RowList("What waits to be published", _COLUMNS, _EMPTY, self)
        self.list = self.rows.tree
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
        rows = {one.place: _row(one) for one in self._outbox.waiting}
        for spoilt in self._outbox.broken:
            cells = (spoilt.place, "", "", spoilt.problem)
            rows[spoilt.place] = row(cells, spoilt)
        again = rows.get(item.place) if item else None
        self.rows.show_rows([*rows.values()], again or next(iter(rows.values()), None))
        self._show_current()

    def _item(self) -> Waiting | None:
        value = self.rows.value
        return value if isinstance(value, Waiting) else None

    def _show_current(self) -> None:
        item = self._item()
        for part in (self.send, self.send_all, self.by_itself):
            part.setVisible(item is not None)
        self.remove.setVisible(self.rows.value is not None)
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
        if self.rows.value is not None:
            self._outbox.remove(self.rows.value.place)

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
        box.addWidget(self.rows, 2)
        box.addWidget(self.problem)
        box.addWidget(self.changes, 2)
        box.addLayout(foot)

    def _connect(self) -> None:
        outbox = self._outbox
        outbox.changed.connect(self.refresh)
        outbox.kept.connect(self._on_kept)
        outbox.sent.connect(self._on_sent)
        outbox.busy_changed.connect(self._on_busy)
        self.rows.chosen.connect(lambda _: self._show_current())
        self.send.clicked.connect(self._on_send)
        self.send_all.clicked.connect(outbox.send_all)
        self.remove.clicked.connect(self._on_remove)
        self.by_itself.toggled.connect(self._on_by_itself)


def _row(item: Waiting) -> QTreeWidgetItem:
    state = item.problem or ("goes by itself" if item.by_itself else "waits for you")
    host = item.host.partition("://")[2]
    made = row((item.widget.name, host, since(item.queued_at), state), item)
    made.setToolTip(3, state)
    return made
