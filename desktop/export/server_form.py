"""Which server, and the licence's token for it."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from desktop.export.memory import DEFAULT_HOST


class ServerForm(QWidget):
    """Two fields; of a kept token only its last characters are shown."""

    def __init__(self, host: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.host = QLineEdit(host, self)
        self.host.setAccessibleName("Server")
        self.host.setPlaceholderText(DEFAULT_HOST)
        self.token = QLineEdit(self)
        self.token.setAccessibleName("Token")
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.forget = QPushButton("Forget it", self)
        self.forget.setAccessibleName("Forget the token")
        self.forget.setProperty("class", "quiet")
        self._note = QLabel(self)
        self._note.setProperty("class", "caption")
        self._note.setWordWrap(True)
        self._lay_out()

    @property
    def address(self) -> str:
        """The server as it is typed, without blanks around it."""
        return self.host.text().strip()

    def show_hint(self, hint: str, note: str) -> None:
        """Say what token is kept ("": none), and where tokens are kept."""
        self.token.setPlaceholderText(
            f"{hint}, kept on this computer" if hint else "vit_…"
        )
        self.forget.setVisible(bool(hint))
        self._note.setText(note)

    def clear_token(self) -> None:
        """Empty the field; says nothing."""
        self.token.blockSignals(True)
        self.token.clear()
        self.token.blockSignals(False)

    def _lay_out(self) -> None:
        form = QGridLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        token = QHBoxLayout()
        token.setSpacing(8)
        token.addWidget(self.token, 1)
        token.addWidget(self.forget)
        form.addWidget(self.host, 0, 1)
        form.addLayout(token, 1, 1)
        form.addWidget(self._note, 2, 1)
        for line, field in enumerate((self.host, self.token)):
            label = QLabel(field.accessibleName(), self)
            label.setProperty("class", "setting")
            label.setBuddy(field)
            form.addWidget(label, line, 0)
