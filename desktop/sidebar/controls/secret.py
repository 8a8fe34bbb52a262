"""A secret: written, replaced, forgotten; never shown and never copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.style.icons import SMALL, icon
from exporter.contract.errors import VitrineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from desktop.sidebar.vault import Vault
    from exporter.contract.provider import SecretSpec

_LONGEST = 8192


class Runner(Protocol):
    """Does slow work elsewhere, as desktop.tasks.Tasks does."""

    def run(
        self,
        fn: Callable[[], Any],
        *,
        on_done: Callable[[Any], object],
        on_error: Callable[[VitrineError], object],
    ) -> object: ...


class Now:
    """A runner for whoever has none: does the work at once."""

    def run(
        self,
        fn: Callable[[], Any],
        *,
        on_done: Callable[[Any], object],
        on_error: Callable[[VitrineError], object],
    ) -> None:
        """Do it."""
        try:
            value = fn()
        except VitrineError as error:
            on_error(error)
        else:
            on_done(value)


class SecretEdit(QLineEdit):
    """Hides what is typed; nothing can be taken out of it."""

    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(_LONGEST)
        self.setDragEnabled(False)
        hints = Qt.InputMethodHint
        self.setInputMethodHints(hints.ImhSensitiveData | hints.ImhNoPredictiveText)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)


class SecretField(QWidget):
    """One secret of one widget, by its vault. `secret_changed` after each change.

    `runner` does what the keychain may hold up (a desktop.tasks.Tasks).
    """

    secret_changed = Signal()

    def __init__(
        self,
        spec: SecretSpec,
        vault: Vault,
        widget_key: str,
        parent: QWidget | None = None,
        *,
        runner: Runner | None = None,
    ) -> None:
        super().__init__(parent)
        self.spec = spec
        self._vault, self._key = vault, widget_key
        self._runner: Runner = runner or Now()
        self._hint: str | None = None
        self._asked = False
        self._build()
        self._connect()
        self._show_state()

    @property
    def hint(self) -> str | None:
        """What is shown of the secret that is kept; None where none is."""
        return self._hint

    def load(self) -> None:
        """Ask the vault again."""
        self._asked = True
        self._runner.run(
            lambda: self._vault.hint(self._key, self.spec.name),
            on_done=self._on_hint,
            on_error=self._on_error,
        )

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if not self._asked:
            self.load()

    def save(self) -> None:
        """Keep what was typed or pasted, without blanks around it."""
        secret = "".join(self.edit.text().split())
        self.edit.clear()
        if not secret:
            self._show_state()
            return
        warning = self._warning(secret)
        self._runner.run(
            lambda: self._vault.write(self._key, self.spec.name, secret),
            on_done=lambda _: self._on_written(warning),
            on_error=self._on_error,
        )

    def forget(self) -> None:
        """Delete the secret that is kept."""
        self._runner.run(
            lambda: self._vault.forget(self._key, self.spec.name),
            on_done=lambda _: self._on_written(""),
            on_error=self._on_error,
        )

    def _on_hint(self, hint: str | None) -> None:
        self._hint = hint
        if not self.edit.text():
            self._show_state()

    def _on_written(self, warning: str) -> None:
        self._say(warning, wrong=False)
        self.load()
        self.secret_changed.emit()

    def _on_error(self, error: VitrineError) -> None:
        self._say(str(error), wrong=True)
        self._show_state()

    def _warning(self, secret: str) -> str:
        start = self.spec.starts_with
        if not start or secret.startswith(start):
            return ""
        return (
            f"Kept, but {self.spec.title} usually starts with “{start}”. "
            "Is it the right one?"
        )

    def _on_typed(self, text: str) -> None:
        self.saver.setEnabled(bool(text.strip()))
        self._say("", wrong=False)

    def _on_cancelled(self) -> None:
        self.edit.clear()
        self._show_state()
        if self._hint is not None:
            self.replacer.setFocus()

    def _replace_it(self) -> None:
        self._parts.setCurrentWidget(self._writing)
        self.canceller.show()
        self.setFocusProxy(self.edit)
        self.edit.setFocus()

    def _ask_to_forget(self) -> None:
        self._parts.setCurrentWidget(self._asking)
        self.keeper.setFocus()

    def _on_forget_confirmed(self) -> None:
        self._say("", wrong=False)
        self.forget()

    def _show_state(self) -> None:
        kept = self._hint is not None
        self.shown.setText(self._hint or "")
        self.shown.setAccessibleName(f"{self.spec.title}: {self._spoken_hint()}")
        self.canceller.setVisible(False)
        self.saver.setEnabled(False)
        self._parts.setCurrentWidget(self._kept if kept else self._writing)
        self.setFocusProxy(self.replacer if kept else self.edit)
        self.place.setText(self._vault.note)

    def _spoken_hint(self) -> str:
        tail = (self._hint or "").replace("•", "").strip()
        return f"kept, ends with {tail}" if tail else "kept"

    def _say(self, words: str, *, wrong: bool) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))
        self.note.setProperty("class", "error" if wrong else "notice")
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)

    def _build(self) -> None:
        self._parts = QStackedWidget(self)
        self._parts.setFixedHeight(28)
        self._writing = self._build_writing()
        self._kept = self._build_kept()
        self._asking = self._build_asking()
        for part in (self._writing, self._kept, self._asking):
            self._parts.addWidget(part)
        self.note = QLabel(self)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.note.hide()
        self.place = QLabel(self)
        self.place.setProperty("class", "caption")
        self.place.setTextFormat(Qt.TextFormat.PlainText)
        self.place.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._parts)
        column.addWidget(self.note)
        column.addWidget(self.place)

    def _build_writing(self) -> QWidget:
        self.edit = SecretEdit(self)
        self.edit.setPlaceholderText(self.spec.placeholder or "Paste it here")
        self.edit.setAccessibleName(self.spec.title)
        self.edit.setAccessibleDescription(self.spec.help)
        self.saver = _button("Keep", "primary")
        self.canceller = _button("Cancel", "quiet")
        return _line(self.edit, self.saver, self.canceller)

    def _build_kept(self) -> QWidget:
        mark = QLabel(self)
        mark.setPixmap(icon("lock-keyhole", "text_faint").pixmap(SMALL, SMALL))
        self.shown = QLabel(self)
        self.shown.setTextFormat(Qt.TextFormat.PlainText)
        self.shown.setProperty("class", "mono")
        self.replacer = _button("Replace", "")
        self.forgetter = _button("Forget", "quiet")
        return _line(mark, self.shown, None, self.replacer, self.forgetter)

    def _build_asking(self) -> QWidget:
        words = QLabel("Forget it?", self)
        self.keeper = _button("Keep it", "")
        self.confirmer = _button("Forget", "danger")
        return _line(words, None, self.keeper, self.confirmer)

    def _connect(self) -> None:
        self.edit.textChanged.connect(self._on_typed)
        self.edit.returnPressed.connect(self.save)
        self.edit.cancelled.connect(self._on_cancelled)
        self.saver.clicked.connect(self.save)
        self.canceller.clicked.connect(self._on_cancelled)
        self.replacer.clicked.connect(self._replace_it)
        self.forgetter.clicked.connect(self._ask_to_forget)
        self.keeper.clicked.connect(self._on_cancelled)
        self.confirmer.clicked.connect(self._on_forget_confirmed)


def _button(words: str, kind: str) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("class", f"{kind} small")
    return button


def _line(*widgets: QWidget | None) -> QWidget:
    part = QWidget()
    layout = QHBoxLayout(part)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget)
    return part
