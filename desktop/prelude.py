"""What a start does before it imports anything of the app.

No garbage is collected until the app stands (`app.py` begins that again), and modules
are imported as Python does it. PySide puts a function of its own in that place, which
reads the source of every module to see whether it wants PySide's other spelling of
names (`from __feature__ import …`). Nobody here does. Told at
https://github.com/napari/napari/issues/8584; this may go when PySide reads no more.
"""

from __future__ import annotations

import builtins
import gc


def begin() -> None:
    """Make imports cheap from now on; call it before the first import of the app."""
    gc.disable()
    import PySide6.QtCore  # noqa: F401  # puts its importer in

    own = getattr(builtins, "__orig_import__", None)
    if own is not None:
        builtins.__import__ = own
