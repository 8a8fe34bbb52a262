"""What a visitor meets before the first message."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from exporter.contract.icons import IconName
from exporter.contract.setting import Group, Section, SectionInfo, setting
from exporter.contract.values import Line, Text, type_of_list

MAX_PROMPTS = 12


class Prompt(Group):
    """A suggestion: the words on it and the words it sends.

    An empty `prompt` sends the label; an empty `icon` shows none.
    """

    label: Annotated[Line, Field(min_length=1)]
    prompt: Text = ""
    icon: IconName = ""


class StartScreen(Section):
    """Greeting and prompts of an empty conversation."""

    info: ClassVar = SectionInfo("Start screen", "sparkles", 40)

    greeting: Line = setting("", "Greeting", placeholder="How can I help you today?")
    prompts: Annotated[tuple[Prompt, ...], type_of_list] = setting(
        (), "Prompts", control="prompts", max_length=MAX_PROMPTS
    )
