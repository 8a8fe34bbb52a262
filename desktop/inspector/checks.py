"""What to look at before delivery, each with the reason and a way to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.style.icons import icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporter.audit import AuditFinding

_SYMBOLS = {
    "error": ("circle-x", "danger_text"),
    "warning": ("triangle-alert", "warning_text"),
    "note": ("info", "text_muted"),
}
_GOOD = ("Nothing to look at in this widget.", "Nothing to mend; good to know:")


class FindingCard(QFrame):
    """One finding: what, why it matters, and the button that mends it."""

    fix_wanted = Signal(object)
    path_wanted = Signal(str)

    def __init__(self, finding: AuditFinding, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("class", "card")
        self.finding = finding
        symbol, role = _SYMBOLS[finding.level]
        mark = QLabel(self)
        mark.setPixmap(icon(symbol, role).pixmap(QSize(16, 16)))
        mark.setAccessibleName(finding.level)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(_label(finding.message, ""))
        if finding.why:
            words.addWidget(_label(finding.why, "muted"))
        if finding.fix:
            words.addWidget(_label(finding.fix, "muted"))
        words.addLayout(self._buttons())
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(8)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        if self.finding.values:
            fix = QPushButton("Fix it", self)
            fix.clicked.connect(lambda: self.fix_wanted.emit(self.finding.values))
            row.addWidget(fix)
        if self.finding.path:
            show = QPushButton("Show the setting", self)
            show.setProperty("class", "link flush")
            show.clicked.connect(lambda: self.path_wanted.emit(self.finding.path))
            row.addWidget(show)
        row.addStretch(1)
        return row


class ChecksPanel(QScrollArea):
    """All findings, errors first; empty it says that the widget is ready."""

    fix_wanted = Signal(object)
    path_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Findings")
        self._findings: tuple[Any, ...] | None = None
        self.set_findings(())

    def set_findings(self, findings: Sequence[AuditFinding]) -> None:
        """Show these findings; does nothing if they are the ones already shown."""
        if tuple(findings) == self._findings:
            return
        self._findings = tuple(findings)
        inner = QWidget()
        inner.setObjectName("panelBody")
        box = QVBoxLayout(inner)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(8)
        if all(finding.level == "note" for finding in findings):
            box.addWidget(_label("Ready to deliver", "title"))
            box.addWidget(_label(_GOOD[bool(findings)], "muted"))
            box.addSpacing(8)
        for finding in findings:
            box.addWidget(self._card(finding, inner))
        box.addStretch(1)
        self.setWidget(inner)

    def _card(self, finding: AuditFinding, parent: QWidget) -> FindingCard:
        card = FindingCard(finding, parent)
        card.fix_wanted.connect(self.fix_wanted)
        card.path_wanted.connect(self.path_wanted)
        return card


def _label(text: str, kind: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("class", kind)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
