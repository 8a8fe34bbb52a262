"""Colours picked lately; remembered between runs once the app has a name."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSettings

MOST = 9
_KEY = "colors/recent"
_lately: list[str] = []


def recent() -> list[str]:
    """The colours picked lately, the newest first."""
    if not _lately and QCoreApplication.organizationName():
        kept = QSettings().value(_KEY)
        codes = kept if isinstance(kept, list) else [kept]
        _lately.extend(str(code) for code in codes if str(code).startswith("#"))
    return list(_lately[:MOST])


def remember(code: str) -> None:
    """Put a colour first."""
    codes = [code, *(each for each in recent() if each != code)][:MOST]
    _lately[:] = codes
    if QCoreApplication.organizationName():
        QSettings().setValue(_KEY, codes)
