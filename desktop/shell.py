"""What is there before any widget is: window, commands, bar, tasks, settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from desktop.commands import Commands
    from desktop.topbar import TopBar
    from desktop.window import Window


class Shell(NamedTuple):
    """Given to whoever needs the window's own parts."""

    window: Window
    commands: Commands
    bar: TopBar
    settings: QSettings
