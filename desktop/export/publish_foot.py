"""How the widget is published, and the buttons that do it or keep it for later."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.export.option import Option


class PublishFoot(QWidget):
    """Either `publish` and `take` are offered, or, without a server, `queue`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.note = QLineEdit(self)
        self.note.setAccessibleName("Note for the history")
        self.note.setPlaceholderText("Why, for the history")
        self.note.setMaxLength(200)
        self.staging = Option("Stage it: stored, but the old one is served on", self)
        self.by_itself = Option("Send it by itself once the server is back", self)
        self.offline = QPushButton("Save a file…", self)
        self.take = QPushButton("Take theirs", self)
        self.queue = QPushButton("Put it in the queue", self)
        self.publish = QPushButton("Publish", self)
        self.publish.setProperty("class", "primary")
        self.queue.setProperty("class", "primary")
        self._lay_out()
        self.offer_publish()

    @property
    def live(self) -> bool:
        """Whether it is to be served at once."""
        return not self.staging.checked

    @property
    def words(self) -> str:
        """The note as it is typed, without blanks around it."""
        return self.note.text().strip()

    def offer_publish(self, *, foreign: bool = False) -> None:
        """Offer to publish; over somebody else's version, or to take that."""
        self.publish.setText("Publish over it" if foreign else "Publish")
        self.publish.setVisible(True)
        self.take.setVisible(foreign)
        for part in (self.queue, self.by_itself):
            part.setVisible(False)

    def offer_queue(self) -> None:
        """Offer to keep it until the server is back."""
        for part in (self.queue, self.by_itself):
            part.setVisible(True)
        for part in (self.publish, self.take):
            part.setVisible(False)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.offline)
        buttons.addStretch(1)
        for button in (self.take, self.queue, self.publish):
            buttons.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        for option in (self.note, self.staging, self.by_itself):
            box.addWidget(option)
        box.addLayout(buttons)
