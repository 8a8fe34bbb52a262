"""Faces that the open widget brings along, known to Qt for as long as it runs."""

from __future__ import annotations

import base64
import binascii
from functools import lru_cache

from PySide6.QtGui import QFontDatabase


@lru_cache(maxsize=32)
def _register(src: str) -> str:
    try:
        data = base64.b64decode(src.partition(",")[2], validate=True)
    except binascii.Error:
        return ""
    number = QFontDatabase.addApplicationFontFromData(data)
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else ""


def face_of(src: str) -> str:
    """The family by which Qt draws a data: font; "" where it can't."""
    return _register(src) if src.startswith("data:font/") else ""


def is_installed(family: str) -> bool:
    """Whether this computer, or a file of the widget, has the family."""
    return family == "System" or QFontDatabase.hasFamily(family)
