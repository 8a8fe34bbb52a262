"""Icon names a widget may use, and the drawings behind them.

Names: `@openai/chatkit` 1.9.0 (`ChatKitIcon`, `HeaderIcon`). ChatKit draws its own
set; we draw every name with the Lucide icon nearest to it, so the offline picture is
close but not the same. `lucide:<name>` is drawn alike by both.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Annotated
from xml.etree import ElementTree
from zipfile import ZipFile

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

Drawing = list[tuple[str, dict[str, str]]]
"""SVG shapes as (tag, attributes), on a 24 × 24 view box with a 2 px stroke."""

CHATKIT_ICONS: dict[str, str] = {
    "agent": "bot",
    "analytics": "chart-line",
    "atom": "atom",
    "batch": "layers",
    "bolt": "zap",
    "book-open": "book-open",
    "book-closed": "book",
    "book-clock": "book-marked",
    "bug": "bug",
    "calendar": "calendar",
    "chart": "chart-column",
    "check": "check",
    "check-circle": "circle-check",
    "check-circle-filled": "circle-check-big",
    "chevron-left": "chevron-left",
    "chevron-right": "chevron-right",
    "circle-question": "circle-question-mark",
    "clock": "clock",
    "compass": "compass",
    "confetti": "party-popper",
    "cube": "box",
    "desktop": "monitor",
    "document": "file-text",
    "dots-horizontal": "ellipsis",
    "dots-vertical": "ellipsis-vertical",
    "empty-circle": "circle",
    "external-link": "external-link",
    "globe": "globe",
    "keys": "key-round",
    "lab": "flask-conical",
    "images": "images",
    "info": "info",
    "lifesaver": "life-buoy",
    "lightbulb": "lightbulb",
    "mail": "mail",
    "map-pin": "map-pin",
    "maps": "map",
    "mobile": "smartphone",
    "name": "id-card",
    "notebook": "notebook",
    "notebook-pencil": "notebook-pen",
    "page-blank": "file",
    "phone": "phone",
    "play": "play",
    "plus": "plus",
    "profile": "circle-user-round",
    "profile-card": "contact-round",
    "reload": "rotate-cw",
    "star": "star",
    "star-filled": "star",
    "search": "search",
    "sparkle": "sparkle",
    "sparkle-double": "sparkles",
    "square-code": "square-code",
    "square-image": "image",
    "square-text": "text-initial",
    "suitcase": "briefcase",
    "settings-slider": "sliders-horizontal",
    "user": "user",
    "wreath": "award",
    "write": "pen-line",
    "write-alt": "square-pen",
    "write-alt2": "pencil",
}
"""ChatKit's built-in icon names, each with the Lucide icon that stands in."""

HEADER_ICONS: dict[str, str] = {
    "sidebar-left": "panel-left",
    "sidebar-right": "panel-right",
    "sidebar-open-left": "panel-left-open",
    "sidebar-open-right": "panel-right-open",
    "sidebar-open-left-alt": "panel-left-dashed",
    "sidebar-open-right-alt": "panel-right-dashed",
    "sidebar-floating-left": "panel-left",
    "sidebar-floating-right": "panel-right",
    "sidebar-floating-open-left": "panel-left-open",
    "sidebar-floating-open-right": "panel-right-open",
    "sidebar-collapse-left": "panel-left-close",
    "sidebar-collapse-right": "panel-right-close",
    "collapse-left": "arrow-left-to-line",
    "collapse-right": "arrow-right-to-line",
    "open-left": "arrow-left-from-line",
    "open-right": "arrow-right-from-line",
    "double-chevron-left": "chevrons-left",
    "double-chevron-right": "chevrons-right",
    "home": "house",
    "home-alt": "warehouse",
    "back-small": "chevron-left",
    "back-large": "arrow-left",
    "expand-large": "maximize",
    "collapse-large": "minimize",
    "expand-small": "maximize-2",
    "collapse-small": "minimize-2",
    "star": "star",
    "star-filled": "star",
    "bug": "bug",
    "chat-temporary": "message-circle-dashed",
    "settings-cog": "settings",
    "grid": "layout-grid",
    "dots-horizontal": "ellipsis",
    "dots-vertical": "ellipsis-vertical",
    "dots-horizontal-circle": "circle-ellipsis",
    "dots-vertical-circle": "circle-ellipsis",
    "menu": "menu",
    "menu-inverted": "text-align-end",
    "hamburger": "menu",
    "history": "history",
    "book-open": "book-open",
    "compose": "square-pen",
    "share": "share",
    "light-mode": "sun",
    "dark-mode": "moon",
    "close": "x",
}
"""Names for header buttons, likewise."""

_FILLED = {"star-filled"}
# Drawn here: filled, Lucide's would be a blob. The check turns the other way round than
# the disc, so that it is cut out of it.
_OWN: dict[str, Drawing] = {
    "check-circle-filled": [
        (
            "path",
            {
                "d": "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM8.9 10.9l1.8 1.7 4.3-4.5"
                " 2.8 2.6-7.1 7.3-4.4-4.5z",
                "fill": "currentColor",
            },
        )
    ]
}


def checked_icon(value: str) -> str:
    """Check a prompt's, tool's or model's icon name; "" is none."""
    if not value or value in CHATKIT_ICONS:
        return value
    if value.startswith("lucide:") and value.removeprefix("lucide:") in lucide_names():
        return value
    raise PydanticCustomError(
        "icon", "is no icon; use a built-in name or lucide:<name>"
    )


def checked_header_icon(value: str) -> str:
    """Check the icon name of a header button."""
    if value not in HEADER_ICONS:
        raise PydanticCustomError("icon", "is no icon of the header's set")
    return value


IconName = Annotated[str, AfterValidator(checked_icon)]
"""The icon of a prompt, tool or model; "" is none."""
HeaderIconName = Annotated[str, AfterValidator(checked_header_icon)]
"""The icon of a header button."""


@cache
def lucide_names() -> frozenset[str]:
    """All names of the installed Lucide set, without the prefix."""
    return frozenset(name.removesuffix(".svg") for name in _archive().namelist())


@cache
def drawing(value: str) -> Drawing:
    """The shapes of an icon name; raises KeyError for a name nobody knows."""
    if value in _OWN:
        return _OWN[value]
    name = value.removeprefix("lucide:")
    if not value.startswith("lucide:"):
        name = {**HEADER_ICONS, **CHATKIT_ICONS}.get(value, value)
    svg = ElementTree.fromstring(_archive().read(f"{name}.svg"))
    shapes = [(node.tag.split("}")[-1], dict(node.attrib)) for node in svg]
    if value in _FILLED:
        for _, attributes in shapes:
            attributes["fill"] = "currentColor"
    return shapes


@cache
def _archive() -> ZipFile:
    # Read through the file system: lucide's own API imports more than the drawings.
    # In memory, once: opening it for every drawing costs 10 ms each.
    return ZipFile(BytesIO((files("lucide") / "lucide.zip").read_bytes()))
