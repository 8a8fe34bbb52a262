"""An icon as one SVG path: what a page has to load for it, and has to draw.

A path's data can carry no script and needs no list of shapes that are let through.
"""

from __future__ import annotations

import re
from functools import cache

from exporter.contract.icons import Drawing, drawing

_NUMBER = r"[-+]?(?:\d*\.\d+|\d+\.?)(?:e[-+]?\d+)?"
# A path's first move is absolute however it is written; after another path it is not.
_FIRST_MOVE = re.compile(rf"^\s*m\s*({_NUMBER})[\s,]*({_NUMBER})[\s,]*(?=(.?))", re.S)

LAUNCHER_OUTLINES = {
    "support": "M4 14v-2a8 8 0 0 1 16 0v5.5c0 2.2-2 3.5-4.5 3.5H13M4 14.5A1.5 1.5 0 0 1"
    " 5.5 13H7v6H5.5A1.5 1.5 0 0 1 4 17.5zM20 14.5a1.5 1.5 0 0 0-1.5-1.5H17v6h1.5a1.5"
    " 1.5 0 0 0 1.5-1.5",
    "bot": "M12 3.5v4m-5.5 0h11A2.5 2.5 0 0 1 20 10v7a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5"
    " 0 0 1 4 17v-7a2.5 2.5 0 0 1 2.5-2.5zm2.5 5v2m6-2v2m-13-2v2m20-2v2",
}
"""What a launcher shows in place of the runtime's own bubble."""


@cache
def outline(value: str) -> str:
    """The path of an icon name; raises KeyError for a name nobody knows."""
    return path_of(drawing(value))


def path_of(shapes: Drawing) -> str:
    """One path that draws what these shapes draw, stroked."""
    return "".join(_MAKERS[tag](attributes) for tag, attributes in shapes)


def _path(given: dict[str, str]) -> str:
    def absolute(found: re.Match[str]) -> str:
        goes_on = found[3] and not found[3].isalpha()
        return f"M{found[1]} {found[2]}{'l' if goes_on else ''}"

    return _FIRST_MOVE.sub(absolute, given["d"], count=1).strip()


def _line(given: dict[str, str]) -> str:
    return f"M{given['x1']} {given['y1']}L{given['x2']} {given['y2']}"


def _polyline(given: dict[str, str]) -> str:
    points = re.sub(r"[\s,]+", " ", given["points"].strip())
    return f"M{points}"  # what follows a move's point is a line


def _polygon(given: dict[str, str]) -> str:
    return _polyline(given) + "z"


def _circle(given: dict[str, str]) -> str:
    return _ellipse({**given, "rx": given["r"], "ry": given["r"]})


def _ellipse(given: dict[str, str]) -> str:
    x, y, rx, ry = (float(given[name]) for name in ("cx", "cy", "rx", "ry"))
    half = f"a{rx:g} {ry:g} 0 1 0 "
    return f"M{x - rx:g} {y:g}{half}{2 * rx:g} 0{half}{-2 * rx:g} 0"


def _rect(given: dict[str, str]) -> str:
    x, y, width, height = (float(given[name]) for name in ("x", "y", "width", "height"))
    rx = float(given.get("rx", given.get("ry", "0")))
    ry = float(given.get("ry", rx))
    across, down = width - 2 * rx, height - 2 * ry
    turn = f"a{rx:g} {ry:g} 0 0 1 "
    return (
        f"M{x + rx:g} {y:g}h{across:g}{turn}{rx:g} {ry:g}v{down:g}{turn}{-rx:g} {ry:g}"
        f"h{-across:g}{turn}{-rx:g} {-ry:g}v{-down:g}{turn}{rx:g} {-ry:g}z"
    )


_MAKERS = {
    "path": _path,
    "line": _line,
    "polyline": _polyline,
    "polygon": _polygon,
    "circle": _circle,
    "ellipse": _ellipse,
    "rect": _rect,
}
