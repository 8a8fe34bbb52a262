"""Elements written in a page's code: attributes of HTML, JSX and shortcodes.

Read without running anything. HTML says everything in strings; JSX may put an
expression in braces, and an attribute without a value is true.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Any

from exporter.javascript import UnreadableScript
from exporter.literals import COMPUTED, value_at

if TYPE_CHECKING:
    from collections.abc import Callable

_MAX_PLACES = 8
_MAX_ATTRIBUTES = 100
_ATTRIBUTE = re.compile(
    r"\s*(?:(?P<end>/?[>\]])|(?P<spread>\{\s*\.\.\.)"
    r"|(?P<name>[A-Za-z_][\w.:-]{0,80}+)(?:\s*=\s*(?:\"(?P<double>[^\"]*+)\""
    r"|'(?P<single>[^']*+)'|(?P<brace>\{)|(?P<bare>[^\s\"'>\]{]++)))?)"
)


def first_element(
    source: str,
    opening: re.Pattern[str],
    wanted: Callable[[dict[str, Any]], bool],
    *,
    name: str = "",
) -> dict[str, Any] | None:
    """The attributes of the first element that is `wanted`.

    `opening` ends after an element's name; its first group is added under `name`.
    Only so many places are tried, so that no text can keep us long.
    """
    for match in islice(opening.finditer(source), _MAX_PLACES):
        try:
            found = attributes_at(source, match.end())
        except UnreadableScript:
            continue
        if wanted(found):
            return {**found, name: match[1]} if name else found
    return None


def attributes_at(source: str, position: int) -> dict[str, Any]:
    """All attributes up to the sign that ends a tag; raises UnreadableScript."""
    found: dict[str, Any] = {}
    while len(found) < _MAX_ATTRIBUTES:
        match = _ATTRIBUTE.match(source, position)
        if match is None:
            break
        if match["end"]:
            return found
        position = match.end()
        if match["spread"]:
            _, position = value_at(source, position)
        elif match["brace"]:
            found[match["name"]], position = value_at(source, position)
        else:
            found[match["name"]] = _plain(match)
    raise UnreadableScript("the element is cut off", position)


def _plain(match: re.Match[str]) -> Any:
    """What an attribute says without braces; alone it is true."""
    texts = (match["double"], match["single"], match["bare"])
    text = next((text for text in texts if text is not None), None)
    return True if text is None else unescape(text)


def sizes(attributes: dict[str, Any]) -> dict[str, Any]:
    """Width and height that an element has, by its style or attributes of their own.

    A width of all there is comes as `fill`.
    """
    found = {name: attributes.get(name) for name in ("width", "height")}
    found = {**found, **_styles(attributes.get("style"))}
    known = {n: v for n, v in found.items() if n in ("width", "height") and v}
    if str(known.get("width")).strip() == "100%":
        known.pop("width")
        return {**known, "fill": True}
    return known


def pixels(value: Any) -> int:
    """A length in px; ValueError for anything else, such as a share of the page."""
    if value is COMPUTED or isinstance(value, bool):
        raise ValueError(value)
    return round(float(str(value).strip().removesuffix("px")))


def _styles(style: Any) -> dict[str, Any]:
    """What `style` says, be it a text or an object of JSX."""
    if isinstance(style, dict):
        return style
    if not isinstance(style, str):
        return {}
    pairs = (line.partition(":") for line in style[:2000].split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs}
