"""Colours picked lately; kept between runs where the app says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

MOST = 9
_KEY = "colors/recent"
_lately: list[str] = []
_kept_in: list[QSettings] = []


def keep_in(settings: QSettings) -> None:
    """Take up what `settings` hold, and keep every new colour there."""
    _kept_in[:] = [settings]
    kept = settings.value(_KEY)
    codes = kept if isinstance(kept, list) else [kept]
    _lately[:] = [str(code) for code in codes if str(code).startswith("#")][:MOST]


def recent() -> list[str]:
    """The colours picked lately, the newest first."""
    return list(_lately)


def remember(code: str) -> None:
    """Put a colour first."""
    _lately[:] = [code, *(each for each in _lately if each != code)][:MOST]
    for settings in _kept_in:
        settings.setValue(_KEY, _lately)
