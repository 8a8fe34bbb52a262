"""One setting in the sidebar: its name, its control, and what is to be said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.sidebar.controls.kinds import make_control
from desktop.sidebar.controls.switch import ROOM, Switch, Toggle
from desktop.sidebar.wording import (
    condition_words,
    error_words,
    value_words,
    wrapped,
)
from desktop.style.appearance import color
from desktop.style.painting import rounded, smooth
from desktop.style.tokens import ROW, SPACING

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

    from desktop.document import Document
    from desktop.sidebar.controls.control import Control
    from exporter.contract.specs import SettingSpec

GUTTER = SPACING[3]
"""Left and right of every row, in px; the dot stands in the left one."""
_CONTROL_PART = 0.6
_DOT = 6
_LABEL = 20
RESET_KEYS = "Alt+Backspace"


class Row(QWidget):
    """Shows one setting of the document and hands on what a person does to it.

    `title` replaces the setting's own (a group's heading that carries its switch).
    """

    def __init__(
        self,
        spec: SettingSpec,
        document: Document,
        parent: QWidget | None = None,
        *,
        title: str = "",
    ) -> None:
        super().__init__(parent)
        self.spec = spec
        self._document = document
        self._committing = False
        self._before = document.value(spec.path)
        self.control: Control = make_control(spec, document.value, self)
        self._spans = self.control.spans()
        self._label = _label(title or spec.title, heading=bool(title))
        self._label.setParent(self)
        # Made when first needed: most rows never do.
        self._dot: ResetDot | None = None
        self._error: QLabel | None = None
        self._note: QLabel | None = None
        self._dot_area = QRect(0, 2, GUTTER, ROW - 4)
        self._build(heads=bool(title))
        self.setToolTip(wrapped(spec.help))
        self._connect()
        self.control.set_value(self._before)
        self._mark()

    def refresh(self) -> None:
        """Show a change of the document, unless it came from here."""
        if not self._committing:
            self.control.end()
            self.load()
        self._mark()

    def load(self) -> None:
        """Show the document's value, whatever stood here."""
        value = self._document.value(self.spec.path)
        if type(value) is bool or self.control.value() != value:
            self.control.set_value(value)
        self._say("")
        self._mark()

    def applies(self) -> bool:
        """Whether the setting has an effect now."""
        return self._document.visible(self.spec.path)

    def explain(self, *, unless: str = "") -> str:
        """Say why the setting has no effect, and let nobody change it then.

        Answers the words; says nothing where `unless`, which stands above, says it.
        """
        words = condition_words(self._document, self.spec.path)
        shown = "" if words == unless else words
        self._note = self._told(self._note, shown, "caption")
        self.control.setEnabled(not words)
        return words

    def reset(self) -> None:
        """Back to the default."""
        self.control.end()
        self._document.reset(self.spec.path)
        self.load()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A setting's name is as good as its control."""
        target = self.control.focusProxy() or self.control
        named = self._label.geometry().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and named and target.isEnabled():
            target.setFocus(Qt.FocusReason.MouseFocusReason)
            if isinstance(target, Toggle):
                target.click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._spans and not isinstance(self.control, Switch):
            room = self.width() - 2 * GUTTER
            self.control.setFixedWidth(round(room * _CONTROL_PART))

    def _build(self, *, heads: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, 2, GUTTER, 2)
        column.setSpacing(SPACING[0])
        line = QHBoxLayout()
        line.setSpacing(SPACING[1])
        line.addWidget(self._label, 1)
        column.addLayout(line)
        (column if self._spans else line).addWidget(self.control)
        if self._spans:
            self._label.setFixedHeight(_LABEL)
            self._dot_area.setHeight(_LABEL)
            column.setContentsMargins(GUTTER, 2, GUTTER, SPACING[0] + 2)
        else:
            above = SPACING[0] if heads else 0
            # A switch keeps a margin of its own for its focus ring.
            end = GUTTER - (ROOM if isinstance(self.control, Switch) else 0)
            column.setContentsMargins(GUTTER, 2 + above, end, 2)
            self.setMinimumHeight(ROW + above)
            self._dot_area.translate(0, above)
            line.setAlignment(self.control, Qt.AlignmentFlag.AlignVCenter)
        self._column = column
        self._label.setBuddy(self.control)

    def _connect(self) -> None:
        self.control.value_changed.connect(self._on_value_changed)
        self.control.drag_started.connect(self._on_started)
        self.control.editing_finished.connect(self._on_finished)

    def _on_value_changed(self, value: Any) -> None:
        path = self.spec.path
        merge = self.control.merge
        self._committing = True
        findings = self._document.set(path, value, merge=merge)
        if findings and merge is not None:
            # Half of a refused address may have been a good one: nobody meant it.
            self._document.set(path, self._before, merge=merge)
        self._committing = False
        self._say(error_words(self.spec, findings))

    def _on_started(self) -> None:
        self._before = self._document.value(self.spec.path)

    def _on_finished(self) -> None:
        # What was refused stays to be mended; what was taken shows as it is kept.
        if not self.control.error:
            self.load()

    def _say(self, error: str) -> None:
        self.control.set_error(error)
        self._error = self._told(self._error, error, "error")

    def _told(self, label: QLabel | None, words: str, kind: str) -> QLabel | None:
        if label is None and words:
            label = _caption(kind, self)
            self._column.addWidget(label)
        if label is not None:
            label.setText(words)
            label.setVisible(bool(words))
        return label

    def _mark(self) -> None:
        changed = not self._document.is_default(self.spec.path)
        if changed and self._dot is None:
            self._dot = self._made_dot()
        if self._dot is not None and self._dot.isHidden() == changed:
            self._dot.setVisible(changed)

    def _made_dot(self) -> ResetDot:
        dot = ResetDot(self)
        dot.setGeometry(self._dot_area)
        words = value_words(self.spec, self.spec.default)
        dot.setToolTip(f"Reset to {words} ({RESET_KEYS})")
        dot.setAccessibleName(f"Reset {self.spec.title} to {words}")
        dot.clicked.connect(self.reset)
        return dot


class ResetDot(QAbstractButton):
    """The dot at a changed setting; a click takes the change back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # RESET_KEYS does it
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(GUTTER, ROW - 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        side = _DOT + 2 if self.underMouse() else _DOT
        area = self.rect()
        dot = area.adjusted(0, 0, 0, 0)
        dot.setSize(QSize(side, side))
        dot.moveCenter(area.center())
        rounded(painter, dot, color("accent"), side / 2)
        painter.end()


def _label(text: str, *, heading: bool) -> QLabel:
    label = QLabel(text)
    label.setProperty("class", "heading" if heading else "setting")
    label.setWordWrap(True)
    label.setMinimumWidth(40)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def _caption(kind: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setProperty("class", kind)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
