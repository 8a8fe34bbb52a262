"""The conversation itself, and the history of earlier ones."""

from __future__ import annotations

from typing import ClassVar

from exporter.contract.setting import Section, SectionInfo, ShownWhen, setting


class Messages(Section):
    """What can be done with a reply, for every provider."""

    info: ClassVar = SectionInfo("Messages", "messages-square", 80)

    feedback: bool = setting(False, "Thumbs up and down")
    retry: bool = setting(True, "Ask again", "A button that repeats the question.")


class History(Section):
    """Earlier conversations of the same visitor."""

    info: ClassVar = SectionInfo("History", "history", 90)

    enabled: bool = setting(True, "Keep the history")
    show_delete: bool = setting(True, "Can delete", shown_when=ShownWhen(".enabled"))
    show_rename: bool = setting(True, "Can rename", shown_when=ShownWhen(".enabled"))
