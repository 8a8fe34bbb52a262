"""An address as a QR code, sharp at any size and with the quiet zone it needs."""

from __future__ import annotations

import io
from typing import Any

_QUIET_ZONE = 4  # modules; ISO/IEC 18004 asks for as many
_LEVEL = "m"  # 15 % may be covered or dirty
_MASK = 2  # trying all eight takes five times as long; readers take any


def svg(address: str) -> str:
    """An SVG picture, black on white, as wide as its place."""
    buffer = io.BytesIO()
    _made(address).save(
        buffer,
        kind="svg",
        border=_QUIET_ZONE,
        light="#fff",
        xmldecl=False,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        title="QR",
        nl=False,
    )
    return buffer.getvalue().decode()


def png(address: str, pixels: int = 1024) -> bytes:
    """A PNG picture of at least so many pixels a side, each module a whole number."""
    made = _made(address)
    side = made.symbol_size(border=_QUIET_ZONE)[0]
    buffer = io.BytesIO()
    made.save(buffer, kind="png", border=_QUIET_ZONE, scale=-(-pixels // side))
    return buffer.getvalue()


def _made(address: str) -> Any:
    import segno

    return segno.make(address, error=_LEVEL, micro=False, mask=_MASK)
