"""A speech bubble on the accent as a PNG, for places that take nothing else.

Drawn with distances to the shapes' edges, so that they are smooth at every size.
"""

from __future__ import annotations

import struct
import zlib

Color = tuple[int, int, int]


def bubble_png(size: int, ground: str, ink: str) -> bytes:
    """A square picture of so many pixels a side; colours as "#rrggbb"."""
    back, front = _rgb(ground), _rgb(ink)
    rows = b"".join(
        b"\0"
        + b"".join(
            _pixel((x + 0.5) / size, row, size, back, front) for x in range(size)
        )
        for row in ((y + 0.5) / size for y in range(size))
    )
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _pixel(x: float, y: float, size: int, back: Color, front: Color) -> bytes:
    inside = _cover(_box(x, y, (0.5, 0.5), (0.5, 0.5), 0.22), size)
    bubble = _cover(min(_box(x, y, (0.5, 0.46), (0.29, 0.2), 0.11), _tail(x, y)), size)
    mixed = (round(a + (b - a) * bubble) for a, b in zip(back, front, strict=True))
    return bytes((*mixed, round(255 * inside)))


def _box(
    x: float,
    y: float,
    center: tuple[float, float],
    half: tuple[float, float],
    radius: float,
) -> float:
    """How far outside a box with round corners a point is; below 0 inside."""
    across = abs(x - center[0]) - half[0] + radius
    down = abs(y - center[1]) - half[1] + radius
    corner = (max(across, 0.0) ** 2 + max(down, 0.0) ** 2) ** 0.5
    return float(corner + min(max(across, down), 0.0) - radius)


def _tail(x: float, y: float) -> float:
    """The same for the triangle below the bubble's left side."""
    left, right = 0.34 - x, (x - 0.34) + (y - 0.6) - 0.2
    return max(left, right * 0.7, 0.6 - y)


def _cover(distance: float, size: int) -> float:
    return min(1.0, max(0.0, 0.5 - distance * size))


def _rgb(color: str) -> Color:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
