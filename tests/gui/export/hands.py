"""What a person does with an export window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QWidget,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.export.export_dialog import ExportDialog


def pick(dialog: ExportDialog, name: str, qtbot: QtBot) -> None:
    """Click a way out in the list."""
    found = dialog.list.list
    for row in range(found.count()):
        item = found.item(row)
        choice = item.data(Qt.ItemDataRole.UserRole)
        if choice is not None and choice.name == name:
            found.scrollToItem(item)
            place = found.visualItemRect(item).center()
            qtbot.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=place)
            return
    raise AssertionError(f"{name} is not in the list")


def named_in_list(dialog: ExportDialog) -> list[str]:
    """The ways out that the list shows, in order."""
    found = dialog.list.list
    data = (
        found.item(row).data(Qt.ItemDataRole.UserRole) for row in range(found.count())
    )
    return [choice.name for choice in data if choice is not None]


def file_dialog(qtbot: QtBot) -> QFileDialog:
    """The file dialog that has just opened."""

    def opened() -> QFileDialog:
        found = [
            top
            for top in QApplication.topLevelWidgets()
            if isinstance(top, QFileDialog) and top.isVisible()
        ]
        assert found
        return found[0]

    qtbot.waitUntil(lambda: bool(opened()))
    return opened()


def type_place(qtbot: QtBot, path: Path) -> None:
    """Type where the file is to go, and press the dialog's button."""
    dialog = file_dialog(qtbot)
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(field, QLineEdit)
    field.setText(str(path))
    box = dialog.findChild(QDialogButtonBox)
    assert isinstance(box, QDialogButtonBox)
    button = next(b for b in box.buttons() if box.buttonRole(b) is _ACCEPT)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def answer_question(button: QMessageBox.StandardButton, asked: list[str]) -> QTimer:
    """Press a button of the question that comes; `asked` gets its words."""
    timer = QTimer(interval=20)

    def press() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            asked.append(box.text())
            timer.stop()
            box.button(button).click()

    timer.timeout.connect(press)
    timer.start()
    return timer


def drag(widget: QWidget, qtbot: QtBot) -> None:
    """Take hold of something and pull."""
    start = widget.rect().center()
    qtbot.mousePress(widget, Qt.MouseButton.LeftButton, pos=start)
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    there = QPointF(start) + QPointF(80, 60)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        there,
        widget.mapToGlobal(there),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)
    qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=start)


_ACCEPT = QDialogButtonBox.ButtonRole.AcceptRole
