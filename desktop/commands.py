"""Every command of the app, once: for menus, shortcuts, buttons and the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class Commands(QObject):
    """The commands by id, each a QAction that belongs to one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions: dict[str, QAction] = {}

    def add(
        self,
        name: str,
        title: str,
        run: Callable[[], object],
        *,
        shortcut: str = "",
        group: str = "",
        icon: str = "",
    ) -> QAction:
        """Make a command; `shortcut` in Qt's words ("Ctrl+Shift+C"), `icon` Lucide's.

        Several shortcuts are parted by "|".
        """
        action = QAction(title, self._window)
        action.setObjectName(name)
        action.setData({"group": group, "icon": icon})
        if shortcut:
            keys = [QKeySequence(part) for part in shortcut.split("|")]
            action.setShortcuts(keys)
            words = keys[0].toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{title}  {words}")
        # A lambda keeps QAction's `checked` out of the callee's arguments.
        action.triggered.connect(lambda _checked=False: run())
        self._window.addAction(action)
        self._actions[name] = action
        return action

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __contains__(self, name: str) -> bool:
        return name in self._actions

    def all(self) -> tuple[QAction, ...]:
        """Every command, in the order they were added."""
        return tuple(self._actions.values())

    def enable_all(self) -> None:
        """Switch every command on."""
        self.enable(*self._actions)

    def enable(self, *names: str, on: bool = True) -> None:
        """Switch commands on or off together."""
        for name in names:
            self._actions[name].setEnabled(on)
