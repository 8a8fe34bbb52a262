"""Every command of the app, once: for menus, shortcuts, buttons and the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class _Plan(NamedTuple):
    title: str
    run: Callable[[], object]
    shortcut: str
    group: str
    icon: str


class Commands(QObject):
    """The commands by id, each a QAction that belongs to one window.

    A late one becomes a QAction when somebody asks for it, or with `make_late`: the
    window paints some 10 ms sooner when it need not wait for forty.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._plans: dict[str, _Plan] = {}
        self._actions: dict[str, QAction] = {}
        self._off: set[str] = set()

    def add(
        self,
        name: str,
        title: str,
        run: Callable[[], object],
        *,
        shortcut: str = "",
        group: str = "",
        icon: str = "",
        late: bool = False,
    ) -> None:
        """Add a command; `shortcut` in Qt's words ("Ctrl+Shift+C"), `icon` Lucide's.

        Several shortcuts are parted by "|".
        """
        self._plans[name] = _Plan(title, run, shortcut, group, icon)
        if not late:
            self._make(name)

    def __getitem__(self, name: str) -> QAction:
        return self._actions.get(name) or self._make(name)

    def __contains__(self, name: str) -> bool:
        return name in self._plans

    def all(self) -> tuple[QAction, ...]:
        """Every command, in the order they were added."""
        return tuple(self[name] for name in self._plans)

    def make_late(self) -> None:
        """Give every command its action; from now on all shortcuts work."""
        self.all()

    def enable_all(self) -> None:
        """Switch every command on."""
        self.enable(*self._plans)

    def enable(self, *names: str, on: bool = True) -> None:
        """Switch commands on or off together; raises KeyError for an unknown one."""
        for name in names:
            if name not in self._plans:
                raise KeyError(name)
            (self._off.discard if on else self._off.add)(name)
            if name in self._actions:
                self._actions[name].setEnabled(on)

    def _make(self, name: str) -> QAction:
        title, run, shortcut, group, icon = self._plans[name]
        action = self._actions[name] = QAction(title, self._window)
        action.setObjectName(name)
        action.setData({"group": group, "icon": icon})
        action.setEnabled(name not in self._off)
        if shortcut:
            keys = [QKeySequence(part) for part in shortcut.split("|")]
            action.setShortcuts(keys)
            words = keys[0].toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{title}  {words}")
        # A lambda keeps QAction's `checked` out of the callee's arguments.
        action.triggered.connect(lambda _checked=False: run())
        self._window.addAction(action)
        return action
