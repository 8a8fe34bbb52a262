"""The publish dialog: where to, what will change there, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.export.publishing import Publishing, Sight
    from exporter.contract.errors import VitrineError
    from exporter.publish import Published

_PAUSE = 500
_LONG = 200


class PublishDialog(QDialog):
    """Looks by itself once address and token are there; publishing is one click.

    `save_file` writes the widget's file for a later upload, for those offline.
    """

    def __init__(
        self,
        publishing: Publishing,
        host: str,
        save_file: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Publish")
        self.setMinimumSize(640, 440)
        self._publishing = publishing
        self._live_page = ""
        self.host = QLineEdit(host, self)
        self.host.setPlaceholderText("https://chat.example.com")
        self.token = QLineEdit(self)
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.state = _wrapped(self)
        self.state.setAccessibleName("State")
        self.busy = QProgressBar(self)
        self.busy.setRange(0, 0)
        self.changes = QTableWidget(0, 3, self)
        self.staging = QCheckBox("Stage it: stored, but the old one is served on", self)
        self.publish = QPushButton("Publish", self)
        self.publish.setProperty("class", "primary")
        self.offline = QPushButton("Save a file for later…", self)
        self.open_page = QPushButton("Open the live page", self)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._set_up_table()
        self._lay_out()
        self._connect(save_file)
        self._begin()

    def done(self, result: int) -> None:
        """Drop what is under way."""
        self._timer.stop()
        self._publishing.cancel()
        super().done(result)

    def _set_up_table(self) -> None:
        table = self.changes
        table.setHorizontalHeaderLabels(["Setting", "On the server", "Here"])
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().hide()
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setAccessibleName("What will change")
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow("Server", self.host)
        form.addRow("Token", self.token)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.offline)
        buttons.addStretch(1)
        buttons.addWidget(self.open_page)
        buttons.addWidget(self.publish)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 16)
        box.setSpacing(12)
        box.addLayout(form)
        box.addWidget(self.state)
        box.addWidget(self.busy)
        box.addWidget(self.changes, 1)
        box.addWidget(self.staging)
        box.addLayout(buttons)

    def _connect(self, save_file: Callable[[], object]) -> None:
        publishing = self._publishing
        publishing.looked.connect(self._on_looked)
        publishing.published.connect(self._on_published)
        publishing.failed.connect(self._on_failed)
        publishing.busy_changed.connect(self._on_busy)
        self.host.textChanged.connect(self._on_typed)
        self.token.textChanged.connect(self._on_typed)
        self._timer.timeout.connect(self._look)
        self.publish.clicked.connect(self._on_publish)
        self.offline.clicked.connect(lambda: save_file())
        self.open_page.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl(self._live_page))
        )

    def _begin(self) -> None:
        self._on_busy(False)
        self.publish.setEnabled(False)
        self.open_page.hide()
        self.changes.hide()
        self._show_hint()
        self._on_typed()

    def _on_typed(self) -> None:
        self.publish.setEnabled(False)
        self._show_hint()
        known = bool(
            self.token.text().strip() or self._publishing.hint(self.host.text())
        )
        if self.host.text().strip() and known:
            self._timer.start()
        else:
            self._say("Paste the address of your server and its licence's token.")

    def _show_hint(self) -> None:
        hint = self._publishing.hint(self.host.text())
        self.token.setPlaceholderText(
            f"{hint}, kept on this computer" if hint else "vit_…"
        )

    def _look(self) -> None:
        self._say("Asking the server…")
        self._publishing.look(self.host.text(), self.token.text())

    def _on_looked(self, sight: Sight) -> None:
        self.token.clear()
        self._timer.stop()
        self._fill(sight)
        self.publish.setEnabled(True)
        self.publish.setText("Publish over it" if sight.foreign else "Publish")
        self._say(_told(sight), problem=sight.foreign)

    def _fill(self, sight: Sight) -> None:
        self.changes.setRowCount(len(sight.changes))
        for row, change in enumerate(sight.changes):
            for column, value in enumerate((change.path, change.before, change.after)):
                item = QTableWidgetItem("" if value is None else str(value)[:_LONG])
                self.changes.setItem(row, column, item)
        self.changes.setVisible(bool(sight.changes))

    def _on_publish(self) -> None:
        self._say("Publishing…")
        live = not self.staging.isChecked()
        self._publishing.publish(self.host.text(), live=live)

    def _on_published(self, done: Published) -> None:
        self._live_page = done.script.replace("/w/", "/chat/").removesuffix(".js")
        served = "is live" if done.live else "is staged, not served yet"
        self._say(f"Version {done.version} {served}. Pages follow within a minute.")
        self.changes.hide()
        self.publish.setEnabled(False)
        self.open_page.setVisible(done.live)
        self.open_page.setFocus()

    def _on_failed(self, error: VitrineError) -> None:
        self._say(str(error), problem=True)

    def _on_busy(self, busy: bool) -> None:
        self.busy.setVisible(busy)
        if busy:
            self.publish.setEnabled(False)

    def _say(self, words: str, *, problem: bool = False) -> None:
        self.state.setText(words)
        self.state.setProperty("class", "error" if problem else "muted")
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)


def _told(sight: Sight) -> str:
    if sight.remote is None:
        return "The server has no such widget yet: this will be version 1."
    count = len(sight.changes)
    things = "1 setting differs" if count == 1 else f"{count} settings differ"
    version = sight.remote.version
    if sight.foreign:
        return f"Somebody else published version {version} since: {things}."
    return (
        f"Version {version} is there; {things}."
        if count
        else (f"Version {version} is there, and it is the same as here.")
    )


def _wrapped(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
