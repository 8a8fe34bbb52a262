"""What can be taken away: code for each target, and each kind of package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.export.kinds import face
from exporter.packages import KINDS
from exporter.providers.registry import provider
from exporter.snippets import targets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporter.contract.widget import Widget
    from exporter.snippets import Target

PACKAGES = "Packages"
_GROUPS = ((100, "Anywhere"), (200, "Frameworks"), (300, "Site builders"))
_ICONS = {
    "html": "code",
    "iframe": "frame",
    "link": "link",
    "qr": "qr-code",
    "email": "mail",
    "react": "atom",
    "nextjs": "triangle",
    "vue": "chevrons-left-right",
    "svelte": "flame",
    "angular": "shield",
    "astro": "rocket",
    "wordpress": "newspaper",
    "shopify": "shopping-bag",
    "webflow": "pen-tool",
    "wix": "layout-template",
    "squarespace": "square",
    "framer": "layers",
    "gtm": "tags",
    "notion": "notebook",
}
_GROUP_ICONS = {"Frameworks": "braces", "Site builders": "panels-top-left"}


@dataclass(frozen=True)
class Choice:
    """One way out; a search looks at `names` first, and then at all `words`."""

    name: str
    title: str
    group: str
    icon: str
    names: str
    words: str
    is_package: bool = False


def found(search: str, among: Sequence[Choice]) -> list[Choice]:
    """What has every word of a search in its names, else in what is said of it."""
    words = search.casefold().split()
    named = [one for one in among if all(word in one.names for word in words)]
    return named or [one for one in among if all(word in one.words for word in words)]


def choices(widget: Widget) -> tuple[Choice, ...]:
    """All ways out for a widget, in the order people look for them."""
    fitting = [target for target in targets() if target.fits(widget)]
    return (
        *(_of_target(target, widget) for target in fitting),
        *(_of_kind(kind, line) for kind, line in KINDS.items()),
    )


def _of_target(target: Target, widget: Widget) -> Choice:
    group = _group(target, widget)
    places = " ".join(guide["place"] for guide in target.guides.values())
    return Choice(
        name=target.name,
        title=target.title,
        group=group,
        icon=_ICONS.get(target.name) or _GROUP_ICONS.get(group, "square-code"),
        names=f"{target.title} {target.name} {group}".casefold(),
        words=f"{target.title} {target.name} {group} {places}".casefold(),
    )


def _group(target: Target, widget: Widget) -> str:
    if target.provider:
        return f"{provider(widget.provider).title}’s own code"
    return next((name for end, name in _GROUPS if target.order < end), "More")


def _of_kind(kind: str, line: str) -> Choice:
    shown = face(kind)
    return Choice(
        name=f"package:{kind}",
        title=shown.title,
        group=PACKAGES,
        icon=shown.icon,
        names=f"{shown.title} {kind} {PACKAGES} zip".casefold(),
        words=f"{shown.title} {kind} {PACKAGES} zip {line}".casefold(),
        is_package=True,
    )
