"""A zip that never varies, and packs bytes that it has seen before only once.

Many packages share one runtime, and packing that again each time was most of the
work; Python's own writer takes no packed bytes. Format: APPNOTE 6.3.3, without ZIP64.
"""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAY = 1 << 5 | 1  # 1 January 1980, the format's first
_NEEDS, _MADE_BY_UNIX = 20, 3 << 8 | 20
_UTF8, _DEFLATED = 1 << 11, 8
_FILE = 0o100644 << 16


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files, by name in order, with no clock and no owner."""
    body, directory = bytearray(), bytearray()
    for name in sorted(files):
        packed = _packed(files[name])
        entry = _entry(name, files[name], packed)
        directory += b"PK\x01\x02" + struct.pack("<H", _MADE_BY_UNIX) + entry
        directory += struct.pack("<HHHLL", 0, 0, 0, _FILE, len(body)) + name.encode()
        body += b"PK\x03\x04" + entry + name.encode() + packed
    count = len(files)
    end = struct.pack("<HHHHLLH", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + b"PK\x05\x06" + end)


def _entry(name: str, data: bytes, packed: bytes) -> bytes:
    """What the local header and the directory both say of a file."""
    flags = 0 if name.isascii() else _UTF8
    return struct.pack(
        "<HHHHHLLLHH",
        _NEEDS,
        flags,
        _DEFLATED,
        0,
        _DAY,
        zlib.crc32(data),
        len(packed),
        len(data),
        len(name.encode()),
        0,
    )


@lru_cache(maxsize=256)
def _packed(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()
