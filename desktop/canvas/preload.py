"""Maps the web engine's library while the window is being built.

The library is Qt's largest by far; its relocation needs a core, but neither Python
nor Qt's event loop. Nothing of the engine starts by it.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import PySide6
from PySide6.QtCore import QLibrary


def preload() -> None:
    """Begin, in a thread; where the library lies elsewhere, nothing is gained."""
    if sys.platform == "linux":
        threading.Thread(target=_load, name="preload", daemon=True).start()


def _load() -> None:
    folder = Path(PySide6.__file__).parent / "Qt" / "lib"
    QLibrary(str(folder / "libQt6WebEngineCore.so.6")).load()  # lets Python go on
