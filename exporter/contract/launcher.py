"""The button that opens a popup."""

from __future__ import annotations

from typing import ClassVar, Literal

from exporter.contract.setting import Group, Section, SectionInfo, ShownWhen, setting
from exporter.contract.values import Color, Image, Line

_POPUP = ShownWhen("layout.mode", ("popup",))
_ON = ShownWhen(".enabled")


class Teaser(Group):
    """A line of invitation beside the closed launcher; the delay in seconds."""

    enabled: bool = setting(False, "Show a teaser")
    text: Line = setting(
        "", "Text", placeholder="Any questions? We are here.", shown_when=_ON
    )
    delay: int = setting(
        3, "After", control="slider", unit="s", ge=0, le=60, shown_when=_ON
    )


class LauncherColors(Group):
    """The launcher's own colours; off, it takes the accent."""

    enabled: bool = setting(False, "Own colours")
    background: Color = setting(
        "#0ea5e9", "Background", control="color", shown_when=_ON
    )
    icon: Color = setting("#ffffff", "Icon", control="color", shown_when=_ON)


class Launcher(Section):
    """The launcher of a popup; lengths in CSS px."""

    info: ClassVar = SectionInfo("Launcher", "message-circle", 60)

    icon: Literal["chat", "support", "bot", "custom"] = setting(
        "chat",
        "Icon",
        control="segmented",
        options={
            "chat": "Chat",
            "support": "Support",
            "bot": "Bot",
            "custom": "Custom",
        },
        shown_when=_POPUP,
    )
    custom_icon: Image = setting(
        "",
        "Own image",
        control="image",
        shown_when=ShownWhen(".icon", ("custom",)),
    )
    label: Line = setting(
        "", "Label", "Words beside the icon.", placeholder="None", shown_when=_POPUP
    )
    size: int = setting(
        56, "Size", control="slider", unit="px", ge=44, le=80, shown_when=_POPUP
    )
    shape: Literal["circle", "rounded", "square"] = setting(
        "circle",
        "Shape",
        control="segmented",
        options={"circle": "Circle", "rounded": "Rounded", "square": "Square"},
        shown_when=_POPUP,
    )
    unread_badge: bool = setting(
        True,
        "Unread badge",
        "Counts replies that came while closed.",
        shown_when=_POPUP,
    )
    draggable: bool = setting(
        False,
        "Can be moved",
        "Visitors may drag it to another corner.",
        shown_when=_POPUP,
    )
    colors: LauncherColors = setting(LauncherColors(), "Colours", shown_when=_POPUP)
    teaser: Teaser = setting(Teaser(), "Teaser", shown_when=_POPUP)
