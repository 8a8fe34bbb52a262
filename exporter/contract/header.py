"""The bar at the top of the chat."""

from __future__ import annotations

from typing import ClassVar, Literal

from exporter.contract.icons import HEADER_ICONS, HeaderIconName
from exporter.contract.setting import Group, Section, SectionInfo, ShownWhen, setting
from exporter.contract.values import Identifier, Line, Link

_ON = ShownWhen(".enabled")


class HeaderTitle(Group):
    """The words in the header."""

    enabled: bool = setting(True, "Show the title")
    text: Line = setting("", "Title", placeholder="The widget's name", shown_when=_ON)


class HeaderAction(Group):
    """A button of the owner's own; it opens a link or reports an event."""

    enabled: bool = setting(False, "Show the button")
    icon: HeaderIconName = setting(
        "home",
        "Icon",
        control="icon",
        options={name: name for name in HEADER_ICONS},
        shown_when=_ON,
    )
    label: Line = setting(
        "", "Name", "What a screen reader says.", placeholder="Home", shown_when=_ON
    )
    kind: Literal["link", "event"] = setting(
        "link",
        "Does",
        control="segmented",
        options={"link": "Opens a link", "event": "Sends an event"},
        shown_when=_ON,
    )
    url: Link = setting(
        "", "Link", placeholder="https://", shown_when=ShownWhen(".kind", ("link",))
    )
    event: Identifier = setting(
        "header_action",
        "Event",
        "Listen with Vitrine.get(key).on(name, …).",
        shown_when=ShownWhen(".kind", ("event",)),
    )


class Header(Section):
    """What every provider's header has."""

    info: ClassVar = SectionInfo("Header", "panel-top", 70)

    enabled: bool = setting(True, "Show the header")
    title: HeaderTitle = setting(HeaderTitle(), "Title", shown_when=_ON)
    left_action: HeaderAction = setting(HeaderAction(), "Left button", shown_when=_ON)
    right_action: HeaderAction = setting(HeaderAction(), "Right button", shown_when=_ON)
