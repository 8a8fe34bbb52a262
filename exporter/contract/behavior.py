"""When the chat opens by itself, what it remembers, and its mark."""

from __future__ import annotations

from typing import ClassVar

from exporter.contract.setting import Group, Section, SectionInfo, ShownWhen, setting
from exporter.contract.values import Line

_ON = ShownWhen(".enabled")


class AutoOpen(Group):
    """Opening a popup without a click; the delay in seconds."""

    enabled: bool = setting(False, "Open by itself")
    delay: int = setting(
        5, "After", control="slider", unit="s", ge=0, le=60, shown_when=_ON
    )


class Behavior(Section):
    """What every provider's chat does on its own."""

    info: ClassVar = SectionInfo("Behaviour", "mouse-pointer-click", 100)

    auto_open: AutoOpen = setting(
        AutoOpen(), "Auto-open", shown_when=ShownWhen("layout.mode", ("popup",))
    )
    persist: bool = setting(
        True,
        "Remember the conversation",
        "It is there again after a reload, in this browser only.",
    )
    auto_scroll: bool = setting(True, "Follow the answer while it comes")
    sound: bool = setting(False, "Sound on a reply")
    powered_by: bool = setting(True, "Show “Powered by Vitrine”")
    frame_title: Line = setting(
        "",
        "Accessible name",
        "What a screen reader calls the chat.",
        placeholder="Chat",
        advanced=True,
    )
