"""An icon of the contract ("agent", "lucide:map-pin") as a picture in our colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.style.icons import pixmap
from exporter.contract.icons import CHATKIT_ICONS, HEADER_ICONS, drawing

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap


def icon_pixmap(value: str, color: str, size: int, ratio: float) -> QPixmap | None:
    """The drawing of an icon's name, or None for "" and names nobody knows."""
    try:
        shapes = drawing(value) if value else []
    except KeyError:
        return None
    if not shapes:
        return None
    name = value.removeprefix("lucide:")
    if not value.startswith("lucide:"):
        name = CHATKIT_ICONS.get(value) or HEADER_ICONS.get(value, value)
    filled = shapes[0][1].get("fill") == "currentColor"
    return pixmap(name, color, size, ratio, filled=filled)
