"""Where the chat stands on the page and how large it is."""

from __future__ import annotations

from typing import ClassVar, Literal

from exporter.contract.setting import Group, Section, SectionInfo, ShownWhen, setting
from exporter.contract.values import Color, Image, Line, Text

Mode = Literal["popup", "inline", "fullpage", "portal"]
MODES: dict[Mode, str] = {
    "popup": "Popup",
    "inline": "Inline",
    "fullpage": "Full page",
    "portal": "Portal",
}


class PopupLayout(Group):
    """A launcher in a corner and the window it opens; lengths in CSS px."""

    position: Literal["bottom-right", "bottom-left", "top-right", "top-left"] = setting(
        "bottom-right",
        "Corner",
        control="segmented",
        options={
            "top-left": "Top left",
            "top-right": "Top right",
            "bottom-left": "Bottom left",
            "bottom-right": "Bottom right",
        },
    )
    offset_x: int = setting(
        24, "Side distance", control="slider", unit="px", ge=0, le=500
    )
    offset_y: int = setting(
        24, "Edge distance", control="slider", unit="px", ge=0, le=500
    )
    width: int = setting(380, "Width", control="slider", unit="px", ge=300, le=1000)
    height: int = setting(600, "Height", control="slider", unit="px", ge=400, le=1000)
    fullscreen_on_phones: bool = setting(
        True,
        "Full screen on phones",
        "Below 640 px of width or 450 of height the chat fills the screen.",
    )
    expandable: bool = setting(
        False, "Can be expanded", "Visitors get a button that makes the window larger."
    )


class InlineLayout(Group):
    """The chat as a part of the page; lengths in CSS px."""

    width: int = setting(380, "Width", control="slider", unit="px", ge=300, le=1200)
    height: int = setting(600, "Height", control="slider", unit="px", ge=400, le=900)
    fill_width: bool = setting(
        False, "Fill the column", "As wide as the element it stands in."
    )


class FullPageLayout(Group):
    """The chat fills its page; the conversation keeps a readable width."""

    content_width: int = setting(
        1000, "Content width", control="slider", unit="px", ge=300, le=1200
    )


class PortalLayout(Group):
    """A page of its own that people link to: a card on a branded ground."""

    width: int = setting(1000, "Width", control="slider", unit="px", ge=300, le=1200)
    height: int = setting(700, "Height", control="slider", unit="px", ge=400, le=900)
    title: Line = setting("", "Page title", placeholder="The widget's name")
    description: Text = setting("", "Introduction", control="multiline")
    logo: Image = setting("", "Logo", control="image")
    background: Color = setting("#f1f5f9", "Page background", control="color")
    dark_background: Color = setting(
        "#0b1120", "Page background, dark", control="color"
    )


class Layout(Section):
    """How the chat sits on the page."""

    info: ClassVar = SectionInfo("Layout", "layout-panel-left", 20)

    mode: Mode = setting("popup", "Mode", control="segmented", options=MODES)
    popup: PopupLayout = setting(
        PopupLayout(), "Popup", shown_when=ShownWhen("layout.mode", ("popup",))
    )
    inline: InlineLayout = setting(
        InlineLayout(), "Inline", shown_when=ShownWhen("layout.mode", ("inline",))
    )
    fullpage: FullPageLayout = setting(
        FullPageLayout(),
        "Full page",
        shown_when=ShownWhen("layout.mode", ("fullpage",)),
    )
    portal: PortalLayout = setting(
        PortalLayout(), "Portal", shown_when=ShownWhen("layout.mode", ("portal",))
    )
    z_index: int = setting(
        2147483000,
        "Stacking order",
        "The widget's z-index on the page.",
        control="number",
        ge=1,
        le=2147483647,
        advanced=True,
    )
