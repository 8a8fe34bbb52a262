"""What a font file says of itself: family, weight and style, from its tables.

Reads TrueType, OpenType, WOFF (W3C, 2012) and WOFF2 (W3C, 2024) without trusting any
length in them: nothing unpacks to more than UNPACKED bytes.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass

MAX_BYTES = 2_000_000
"""The largest font file a widget carries."""
UNPACKED = 32 * 1024 * 1024

_SFNT = {b"\x00\x01\x00\x00": "ttf", b"true": "ttf", b"OTTO": "otf"}
_WANTED = ("name", "OS/2", "fvar")
_KNOWN_TAGS = (
    "cmap head hhea hmtx maxp name OS/2 post cvt_ fpgm glyf loca prep CFF_ VORG EBDT "
    "EBLC gasp hdmx kern LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH "
    "CBDT CBLC COLR CPAL SVG_ sbix acnt avar bdat bloc bsln cvar fdsc feat fmtx fvar "
    "gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill"
).split()
_TRANSFORMED = ("glyf", "loca")
_NOT_IN_NAMES = re.compile(r"[^\w .,+'-]+")


class BadFont(ValueError):
    """The file is no font that a widget can carry; the message ends a sentence."""


@dataclass(frozen=True)
class FontFacts:
    """A face; `weight` as CSS has it ("400", "100 900"), `kind` the media subtype."""

    family: str
    weight: str
    style: str
    kind: str


def read_font(data: bytes) -> FontFacts:
    """Read a font file's own words; raises BadFont, as for one that was cut off."""
    try:
        kind, tables = _tables(data)
        return _facts(kind, tables)
    except (struct.error, IndexError, zlib.error) as error:
        raise BadFont("is damaged or cut off") from error


def is_font(data: bytes) -> bool:
    """Whether bytes begin as a font does that a page can use."""
    return data[:4] in (*_SFNT, b"wOFF", b"wOF2")


def too_large(size: int) -> BadFont:
    """What is said of a font file of `size` bytes."""
    return BadFont(
        f"has {size / 1_000_000:.1f} MB; a font file may have "
        f"{MAX_BYTES // 1_000_000} MB. A WOFF2 of the same font is about half as large"
    )


def _facts(kind: str, tables: dict[str, bytes]) -> FontFacts:
    if "name" not in tables or "OS/2" not in tables:
        raise BadFont("lacks the tables that every web font has")
    os2 = tables["OS/2"]
    (weight,) = struct.unpack_from(">H", os2, 4)
    (selection,) = struct.unpack_from(">H", os2, 62)
    weight = weight * 100 if 1 <= weight <= 9 else weight
    span = _weight_axis(tables["fvar"]) if "fvar" in tables else None
    style = "oblique" if selection & 0x200 else "italic" if selection & 1 else "normal"
    fixed = str(min(max(weight, 1), 999))
    return FontFacts(_family(tables["name"]), span or fixed, style, kind)


def _tables(data: bytes) -> tuple[str, dict[str, bytes]]:
    sign = data[:4]
    if sign in _SFNT:
        return _SFNT[sign], _sfnt_tables(data)
    if sign == b"wOFF":
        return "woff", _woff_tables(data)
    if sign == b"wOF2":
        return "woff2", _woff2_tables(data)
    if sign == b"ttcf":
        raise BadFont("holds several fonts; save the one you need by itself")
    raise BadFont("is no font; use WOFF2, WOFF, TTF or OTF")


def _sfnt_tables(data: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">H", data, 4)
    found = {}
    for index in range(count):
        tag, _, start, size = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
        if _tag(tag) in _WANTED:
            found[_tag(tag)] = _piece(data, start, size)
    return found


def _woff_tables(data: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">H", data, 12)
    found = {}
    for index in range(count):
        tag, start, packed, size, _ = struct.unpack_from(
            ">4sLLLL", data, 44 + 20 * index
        )
        if _tag(tag) not in _WANTED:
            continue
        piece = _piece(data, start, packed)
        if packed < size:
            piece = zlib.decompressobj().decompress(piece, min(size, UNPACKED))
        found[_tag(tag)] = piece
    return found


def _woff2_tables(data: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">H", data, 12)
    (packed,) = struct.unpack_from(">L", data, 20)
    place, sizes = 48, []
    for _ in range(count):
        tag, size, place = _woff2_entry(data, place)
        sizes.append((tag, size))
    whole = _unbrotli(_piece(data, place, packed), sum(size for _, size in sizes))
    found, start = {}, 0
    for tag, size in sizes:
        if tag in _WANTED:
            found[tag] = _piece(whole, start, size)
        start += size
    return found


def _woff2_entry(data: bytes, place: int) -> tuple[str, int, int]:
    flags = data[place]
    place += 1
    if flags & 0x3F == 0x3F:
        tag = _tag(data[place : place + 4])
        place += 4
    else:
        tag = _KNOWN_TAGS[flags & 0x3F].replace("_", " ")
    size, place = _base128(data, place)
    version = flags >> 6
    if version != 3 if tag in _TRANSFORMED else version != 0:
        size, place = _base128(data, place)
    return tag, size, place


def _base128(data: bytes, place: int) -> tuple[int, int]:
    value = 0
    for _ in range(5):
        value = value << 7 | data[place] & 0x7F
        place += 1
        if not data[place - 1] & 0x80:
            return value, place
    raise BadFont("is damaged or cut off")


def _unbrotli(packed: bytes, size: int) -> bytes:
    import brotli  # type: ignore[import-untyped]  # only WOFF2 needs it

    if size > UNPACKED:
        raise BadFont("unpacks to more than a font ever has")
    try:
        unpacker = brotli.Decompressor()
        whole: bytes = unpacker.process(packed, output_buffer_limit=size)
    except brotli.error as error:
        raise BadFont("is damaged or cut off") from error
    return whole


def _piece(data: bytes, start: int, size: int) -> bytes:
    if start + size > len(data):
        raise BadFont("is damaged or cut off")
    return data[start : start + size]


def _tag(raw: bytes) -> str:
    return raw.decode("latin-1")


def _family(table: bytes) -> str:
    _, count, strings = struct.unpack_from(">HHH", table)
    best: dict[int, str] = {}
    for index in range(count):
        record = struct.unpack_from(">HHHHHH", table, 6 + 12 * index)
        platform, _, language, name, size, start = record
        if name not in (1, 16) or platform not in (0, 1, 3):
            continue
        raw = _piece(table, strings + start, size)
        text = raw.decode("mac-roman" if platform == 1 else "utf-16-be", "replace")
        if name not in best or (platform == 3 and language == 0x409):
            best[name] = text
    family = _NOT_IN_NAMES.sub(" ", best.get(16) or best.get(1) or "")
    family = " ".join(family.split())[:80].lstrip(" .,+'-").strip()
    if not family:
        raise BadFont("does not say its family's name")
    return family


def _weight_axis(table: bytes) -> str | None:
    start, _, count, size = struct.unpack_from(">HHHH", table, 4)
    for index in range(count):
        tag, low, _, high = struct.unpack_from(">4slll", table, start + size * index)
        if tag == b"wght":
            ends = [min(max(round(end / 65536), 1), 999) for end in (low, high)]
            return f"{ends[0]} {ends[1]}"
    return None
