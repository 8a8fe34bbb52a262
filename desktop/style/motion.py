"""Whether the system asks programs not to move things.

Asked when something is about to move for the first time, never at start.
"""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtWidgets import QApplication, QStyle

_SPI_GETCLIENTAREAANIMATION = 0x1042  # winuser.h
_MACOS = ["defaults", "read", "com.apple.universalaccess", "reduceMotion"]
_GNOME = ["gsettings", "get", "org.gnome.desktop.interface", "enable-animations"]
_PATIENCE = 0.3  # seconds; then things move


def system_reduces_motion() -> bool:
    """Whether the person chose less motion in the system's settings."""
    if sys.platform == "win32":
        return not _windows_animates()
    if sys.platform == "darwin":
        return _says(_MACOS) == "1"
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    unmoved = QApplication.style().styleHint(hint) == 0
    return unmoved or _says(_GNOME) == "false"


def _says(command: list[str]) -> str:
    """What a program of the system answers; "" where there is none."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _windows_animates() -> bool:
    import ctypes

    shown = ctypes.c_int(1)
    user32 = ctypes.windll.user32  # type: ignore[attr-defined, unused-ignore]
    user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(shown), 0)
    return bool(shown.value)
