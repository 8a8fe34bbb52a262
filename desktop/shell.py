"""What is there before any widget is: window, commands, bar, tasks, settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from desktop.commands import Commands
    from desktop.topbar import TopBar
    from desktop.window import Window


@dataclass(frozen=True)
class Shell:
    """Given to whoever needs the window's own parts."""

    window: Window
    commands: Commands
    bar: TopBar
    settings: QSettings
