"""Lucide's drawings, straight from its archive.

The first window needs a dozen of 1,700; both of Python's own readers list all of them
first, which costs 10 to 20 ms of the start. So one is looked up by its name.
"""

from __future__ import annotations

import zlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from struct import Struct

_ENTRY = Struct("<4s6H3I5H2I")
"""An entry of the archive's directory, up to its name (APPNOTE.TXT 4.3.12)."""
_LOCAL = Struct("<4s5H3I2H")
"""What stands before the name and the data themselves (4.3.7)."""
_END = b"PK\x05\x06"


@cache
def drawing(name: str) -> bytes:
    """The SVG of a Lucide icon; raises KeyError for a name that Lucide has not."""
    archive = _archive()
    wanted = f"{name}.svg".encode()
    at = _directory(archive)
    while (at := archive.find(wanted, at + 1)) >= 0:
        entry = _ENTRY.unpack_from(archive, at - _ENTRY.size)
        if entry[0] == b"PK\x01\x02" and entry[10] == len(wanted):
            return _data(archive, method=entry[4], size=entry[8], offset=entry[16])
    raise KeyError(name)


def _data(archive: bytes, *, method: int, size: int, offset: int) -> bytes:
    *_, name, extra = _LOCAL.unpack_from(archive, offset)
    begin = offset + _LOCAL.size + name + extra
    data = archive[begin : begin + size]
    return zlib.decompress(data, -zlib.MAX_WBITS) if method else data


def _directory(archive: bytes) -> int:
    """Where the directory begins."""
    end = archive.rindex(_END)
    return int.from_bytes(archive[end + 16 : end + 20], "little")


@cache
def _archive() -> bytes:
    # Not lucide's own API, which imports more than the drawings.
    found = find_spec("lucide")
    places = (found and found.submodule_search_locations) or [""]
    return (Path(places[0]) / "lucide.zip").read_bytes()
