"""What can go wrong in the app, each with its sentence and its next step.

VitrineError (exporter.contract.errors)
├── WorldError
│   ├── StoreError           the library could not be read or written
│   │   ├── DiskFull         no room left where the library lies
│   │   ├── ReadOnly         the library may not be written
│   │   ├── DatabaseBusy     another program holds the library
│   │   ├── DatabaseCorrupt  the library's file is damaged
│   │   └── NewerDatabase    the library belongs to a newer Vitrine
│   ├── KeychainError        the keychain refused
│   └── OtherInstance        another Vitrine has this library open
└── Bug                      a fault of ours; carries its crash report

`translated` turns anything into one of these; `desktop.crashes` writes reports.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from exporter.contract.errors import VitrineError, WorldError

if TYPE_CHECKING:
    from pathlib import Path

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}


class StoreError(WorldError):
    """The library could not be read or written."""


class DiskFull(StoreError):
    """No room left where the library lies."""

    def __init__(self, where: str = "the disk") -> None:
        super().__init__(
            f"Not saved: {where} is full.",
            "Make room, or save a copy somewhere else; Vitrine keeps trying.",
        )


class ReadOnly(StoreError):
    """The library may not be written."""

    def __init__(self, where: str = "the data folder") -> None:
        super().__init__(
            f"Not saved: {where} may not be written.",
            "Save a copy somewhere else, or give Vitrine access to its folder.",
        )


class DatabaseBusy(StoreError):
    """Another program holds the library for longer than five seconds."""

    def __init__(self) -> None:
        super().__init__(
            "Not saved: another program holds the library.",
            "Close what copies or scans Vitrine's folder; Vitrine keeps trying.",
        )


class DatabaseCorrupt(StoreError):
    """The library's file is damaged."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(
            "The library is damaged" + (f" ({detail})." if detail else "."),
            "Start Vitrine again: it sets the file aside and brings the last backup.",
        )


class NewerDatabase(StoreError):
    """The library was written by a newer Vitrine; it is left as it is."""

    def __init__(self) -> None:
        super().__init__(
            "This library belongs to a newer Vitrine and was left untouched.",
            "Update Vitrine to open it; until then nothing here is kept.",
        )


class KeychainError(WorldError):
    """The operating system's keychain refused."""


class OtherInstance(WorldError):
    """Another Vitrine has this library open and does not answer."""

    def __init__(self) -> None:
        super().__init__(
            "Another Vitrine has this library open and does not answer.",
            "Close it, or wait until it has finished.",
        )


class Bug(VitrineError):
    """A fault of ours; `report` is the crash report's file where one was written."""

    def __init__(self, error: BaseException, report: Path | None = None) -> None:
        kind = type(error).__name__
        hint = "Please send us the crash report." if report else "Please tell us."
        super().__init__(f"Something in Vitrine went wrong ({kind}).", hint)
        self.report = report


def translated(error: BaseException) -> VitrineError:
    """Whatever was raised, as an error that a person can act on."""
    if isinstance(error, VitrineError):
        return error
    if isinstance(error, OSError):
        return _of_system(error)
    return Bug(error)


def _of_system(error: OSError) -> VitrineError:
    where = str(error.filename) if error.filename else ""
    if error.errno in _FULL:
        return DiskFull()
    if error.errno in _DENIED:
        return ReadOnly(where or "the folder")
    reason = error.strerror or type(error).__name__
    what = f"{where}: {reason}." if where else f"{reason}."
    return WorldError(what, "Check the file or the connection and try again.")
