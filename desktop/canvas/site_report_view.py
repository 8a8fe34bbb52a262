"""Shows what a client's page does to the widget, each line to be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.style.icons import icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.canvas.site_report import SiteFinding

_MOST = 4
_LONGEST = 300
_SIZE = QSize(16, 16)


class SiteReport(QWidget):
    """`raised(px)` asks that the popup stand so far from its edge."""

    raised = Signal(int)

    def __init__(self, parent: QWidget, width: int) -> None:
        super().__init__(parent)
        self.setAccessibleName("What the site does to the widget")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.setFixedWidth(width)

    def show_findings(self, findings: Sequence[SiteFinding], *, site: str) -> None:
        """Say what was found on a live page; nothing where none is shown."""
        while (item := self._column.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        if site and not findings:
            self._column.addWidget(_said(f"Nothing of {site} is in the way.", "check"))
        for finding in findings[:_MOST]:
            self._column.addWidget(self._shown(finding))
        self.setVisible(bool(site))

    def _shown(self, finding: SiteFinding) -> QWidget:
        part = QWidget(self)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        words = f"{finding.sentence} {finding.asks}".strip()
        column.addWidget(_said(words, "triangle-alert"))
        if finding.lines:
            column.addWidget(_Lines(finding.lines, part))
        if finding.raise_to:
            words = f"Raise the popup to {finding.raise_to} px"
            button = QPushButton(words, part)
            button.setProperty("class", "link")
            button.clicked.connect(
                lambda _=False, px=finding.raise_to: self.raised.emit(px)
            )
            row = QHBoxLayout()
            row.setContentsMargins(20, 0, 0, 0)
            row.addWidget(button)
            row.addStretch()
            column.addLayout(row)
        return part


class _Lines(QFrame):
    """Lines of code as they have to stand; endless ones are cut for the eye only."""

    def __init__(self, lines: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("codeLines")
        self._text = "\n".join(lines)
        words = QLabel(self)
        words.setProperty("class", "mono")
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setText("\n".join(map(_shortened, lines)))
        words.setAccessibleName(self._text)
        self._copy = QToolButton(self)
        self._copy.setIconSize(_SIZE)
        self._copy.setIcon(icon("copy", "text_muted", active="text"))
        self._copy.setToolTip("Copy these lines")
        self._copy.setAccessibleName("Copy these lines")
        self._copy.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._copy.clicked.connect(self._on_copy)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 4, 4)
        row.addWidget(words, 1)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self._copy.setIcon(icon("check", "success_text"))
        self._copy.setToolTip("Copied")
        self._copy.setAccessibleName("Copied")


def _shortened(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _said(words: str, sign: str) -> QWidget:
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    drawn = QLabel(part)
    tone = "success_text" if sign == "check" else "warning_text"
    drawn.setPixmap(icon(sign, tone).pixmap(_SIZE))
    text = QLabel(words, part)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setWordWrap(True)
    row.addWidget(drawn, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(text, 1)
    return part
