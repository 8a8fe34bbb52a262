"""Small font files made by hand: only the tables that say what a font is."""

from __future__ import annotations

import struct
import zlib

import brotli


def font_bytes(
    kind: str = "ttf",
    family: str = "Own Face",
    *,
    weight: int = 400,
    selection: int = 0x40,
    axis: tuple[int, int] | None = None,
) -> bytes:
    """A file of `kind` "ttf", "otf", "woff" or "woff2"."""
    tables = {"OS/2": _os2(weight, selection), "name": _names(family)}
    if axis is not None:
        tables["fvar"] = _fvar(*axis)
    if kind == "woff":
        return _woff(tables)
    if kind == "woff2":
        return _woff2(tables)
    return _sfnt(tables, b"OTTO" if kind == "otf" else b"\x00\x01\x00\x00")


def _os2(weight: int, selection: int) -> bytes:
    table = bytearray(96)
    struct.pack_into(">H", table, 4, weight)
    struct.pack_into(">H", table, 62, selection)
    return bytes(table)


def _names(family: str) -> bytes:
    text = family.encode("utf-16-be")
    record = struct.pack(">HHHHHH", 3, 1, 0x409, 1, len(text), 0)
    return struct.pack(">HHH", 0, 1, 18) + record + text


def _fvar(low: int, high: int) -> bytes:
    head = struct.pack(">HHHHHHHH", 1, 0, 16, 2, 1, 20, 0, 4)
    ends = [value << 16 for value in (low, 400, high)]
    return head + struct.pack(">4slllHH", b"wght", *ends, 0, 256)


def _sfnt(tables: dict[str, bytes], sign: bytes) -> bytes:
    place = 12 + 16 * len(tables)
    head = sign + struct.pack(">HHHH", len(tables), 0, 0, 0)
    body = b""
    for tag, table in tables.items():
        head += struct.pack(">4sLLL", tag.encode(), 0, place + len(body), len(table))
        body += table
    return head + body


def _woff(tables: dict[str, bytes]) -> bytes:
    place = 44 + 20 * len(tables)
    directory, body = b"", b""
    for tag, table in tables.items():
        packed = zlib.compress(table)
        packed = packed if len(packed) < len(table) else table
        sizes = (place + len(body), len(packed), len(table), 0)
        directory += struct.pack(">4sLLLL", tag.encode(), *sizes)
        body += packed
    head = b"wOFF" + struct.pack(">LLHHL", 0x10000, 0, len(tables), 0, 0)
    return head.ljust(44, b"\0") + directory + body


def _woff2(tables: dict[str, bytes]) -> bytes:
    known = {"name": 5, "OS/2": 6, "fvar": 47}
    directory = b"".join(
        bytes([known[tag]]) + _base128(len(table)) for tag, table in tables.items()
    )
    packed = brotli.compress(b"".join(tables.values()))
    sizes = (0x10000, 0, len(tables), 0, 0, len(packed))
    head = b"wOF2" + struct.pack(">LLHHLL", *sizes)
    return head.ljust(48, b"\0") + directory + packed


def _base128(value: int) -> bytes:
    digits = [value & 0x7F]
    while value := value >> 7:
        digits.insert(0, value & 0x7F | 0x80)
    return bytes(digits)
