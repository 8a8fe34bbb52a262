"""One row of a list of things: a handle, fields, and a menu; details fold out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.sidebar.controls.row_button import Handle, RowButton
from desktop.style.icons import icon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QKeyEvent

_CHILDREN = Qt.ShortcutContext.WidgetWithChildrenShortcut


class ItemRow(QFrame):
    """Shows and changes one item; subclasses fill `head` and `details`.

    A subclass overrides `draft`, `show_item` and `focus_field`, and hands each of
    its fields to `watch`. `valid` is the last draft that kept the rules (None: none
    yet); it is what the list tells.
    """

    edited = Signal()
    finished = Signal()
    removed = Signal()
    duplicated = Signal()
    moved = Signal(int)
    stepped = Signal(int)
    entered = Signal()
    details: QWidget | None = None
    fold: RowButton | None = None

    def __init__(
        self, *, movable: bool = True, menu: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.valid: Any = None
        self.setProperty("class", "item")
        self._build(movable=movable, menu=menu)
        if movable:
            for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
                short = QShortcut(QKeySequence(keys), self, context=_CHILDREN)
                short.activated.connect(lambda by=by: self.moved.emit(by))

    def draft(self) -> Any:
        """What stands in the fields, as JSON, whether right or wrong."""
        raise NotImplementedError

    def show_item(self, item: Any) -> None:
        """Show an item; tells nobody."""
        raise NotImplementedError

    def focus_field(self) -> None:
        """Put the cursor where one types first."""
        raise NotImplementedError

    def spoken(self) -> str:
        """What a screen reader calls this row."""
        return "row"

    def show_problem(self, words: str) -> None:
        """Say below the fields what is wrong; "" for nothing."""
        self.show_note(words, wrong=True)

    def show_note(self, words: str, *, wrong: bool = False) -> None:
        """Say something below the fields."""
        if not words and self.note.isHidden():
            return
        self.note.setText(words)
        self.note.setVisible(bool(words))
        _set_property(self.note, "class", "error" if wrong else "caption")
        _set_property(self, "invalid", wrong and bool(words))

    def is_looked_at(self) -> bool:
        """Whether the mouse or the focus is in this row."""
        focus = QApplication.focusWidget()
        return self.underMouse() or (focus is not None and self.isAncestorOf(focus))

    def set_open(self, opened: bool) -> None:
        """Fold the details out or in."""
        if self.fold is not None and self.details is not None:
            self.details.setVisible(opened)
            self.fold.set_icon("chevron-up" if opened else "chevron-down")
            self.fold.setChecked(opened)
            self.fold.setAccessibleName("Fold in" if opened else "Show more")

    def set_lifted(self, lifted: bool) -> None:
        """Leave a gap while a picture of this row is dragged in its stead."""
        effect = QGraphicsOpacityEffect(self) if lifted else None
        if effect is not None:
            effect.setOpacity(0)
        self.setGraphicsEffect(effect)  # type: ignore[arg-type]

    def is_open(self) -> bool:
        """Whether the details show."""
        return self.details is not None and not self.details.isHidden()

    def focus_chain(self) -> list[QWidget]:
        """Everything that takes the focus, in reading order."""
        details = self.details.layout() if self.details is not None else None
        found = [*_widgets_in(self.head), *(_widgets_in(details) if details else ())]
        return [one for one in found if one.focusPolicy() & Qt.FocusPolicy.TabFocus]

    def watch(self, field: QLineEdit | QPlainTextEdit) -> None:
        """Tell of what is typed into a field, and of its arrows and Enter."""
        if isinstance(field, QLineEdit):
            field.textEdited.connect(lambda _: self.edited.emit())
            field.editingFinished.connect(self.finished)
        else:
            field.textChanged.connect(self.edited)
        field.installEventFilter(self)

    def with_details(self) -> QVBoxLayout:
        """Add the part that folds out; answers its layout."""
        self.details = QWidget(self)
        self.details.setProperty("class", "details")
        layout = QVBoxLayout(self.details)
        layout.setContentsMargins(20, 0, 8, 8)
        layout.setSpacing(6)
        self._column.insertWidget(1, self.details)
        self.details.hide()
        self.fold = RowButton("chevron-down", "Show more", self)
        self.fold.setCheckable(True)
        self.fold.always = True
        self.fold.clicked.connect(self.set_open)
        self.head.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignTop)
        return layout

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress:
            return self._on_field_key(watched, cast("QKeyEvent", event))
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._repaint_buttons()
            if event.type() is QEvent.Type.FocusOut and isinstance(
                watched, QPlainTextEdit
            ):
                self.finished.emit()
        return False

    def enterEvent(self, event: QEvent) -> None:
        self._repaint_buttons()

    def leaveEvent(self, event: QEvent) -> None:
        self._repaint_buttons()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        on_button = isinstance(self.focusWidget(), RowButton)
        if on_button and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif on_button and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _on_field_key(self, field: QObject, event: QKeyEvent) -> bool:
        several = isinstance(field, QPlainTextEdit)
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if not plain or several:
            return False
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
            self.entered.emit()
        else:
            return False
        return True

    def _repaint_buttons(self) -> None:
        for button in self.findChildren(RowButton):
            button.update()

    def _build(self, *, movable: bool, menu: bool) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(2, 3, 4, 3)
        self.head.setSpacing(2)
        self.handle = Handle(self) if movable else None
        if self.handle is not None:
            self.head.addWidget(self.handle, 0, Qt.AlignmentFlag.AlignTop)
        self.more = self._menu_button() if menu else self._remove_button()
        self.head.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        self.note = QLabel(self)
        self.note.setProperty("class", "caption")
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.note.setContentsMargins(24 if movable else 12, 0, 8, 6)
        self.note.hide()
        self._column.addLayout(self.head)
        self._column.addWidget(self.note)

    def add_field(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget into the head, before the buttons."""
        place = self.head.count() - 1 - (self.fold is not None)
        self.head.insertWidget(place, widget, stretch)

    def _remove_button(self) -> RowButton:
        button = RowButton("x", "Remove", self)
        button.clicked.connect(self.removed)
        return button

    def _menu_button(self) -> RowButton:
        button = RowButton("ellipsis", "Duplicate, move, delete", self)
        menu = QMenu(button)
        for name, words, keys, signal, argument in (
            ("copy", "Duplicate", "", self.duplicated, ()),
            ("arrow-up", "Move up", "Alt+Up", self.moved, (-1,)),
            ("arrow-down", "Move down", "Alt+Down", self.moved, (1,)),
            ("trash-2", "Delete", "", self.removed, ()),
        ):
            text = f"{words}\t{keys}" if keys else words
            action = menu.addAction(icon(name, "text_muted", active="on_accent"), text)
            action.triggered.connect(
                lambda _=False, signal=signal, argument=argument: signal.emit(*argument)
            )
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button


def _widgets_in(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget = item.widget() if item is not None else None
        inner = item.layout() if item is not None else None
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _widgets_in(inner)


def _set_property(widget: QWidget, name: str, value: Any) -> None:
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
