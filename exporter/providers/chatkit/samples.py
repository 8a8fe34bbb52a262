"""Whole ChatKit widgets to start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.contract.composer import Disclaimer, Model
from exporter.contract.header import Header, HeaderTitle
from exporter.contract.start_screen import Prompt, StartScreen
from exporter.contract.typography import Typography
from exporter.providers.chatkit.settings import (
    ChatKitAccent,
    ChatKitComposer,
    ChatKitGrayscale,
    ChatKitTheme,
    ChatKitWidget,
)

if TYPE_CHECKING:
    from exporter.contract.widget import Widget


def samples() -> tuple[Widget, ...]:
    """A studio's assistant: violet, with prompts, models and a disclaimer."""
    return (
        ChatKitWidget(
            name="Studio Lumen",
            theme=ChatKitTheme(
                accent=ChatKitAccent(primary="#6d28d9", level=2),
                grayscale=ChatKitGrayscale(hue=262, tint=4, shade=0),
                radius="round",
            ),
            typography=Typography(font_family="Inter", base_size=16),
            header=Header(title=HeaderTitle(text="Studio Lumen")),
            start_screen=StartScreen(
                greeting="What shall we make today?",
                prompts=(
                    Prompt(
                        label="Plan a photo shoot",
                        prompt="Help me plan a one-day product photo shoot.",
                        icon="calendar",
                    ),
                    Prompt(
                        label="Write a brief",
                        prompt="Draft a creative brief for a spring campaign.",
                        icon="notebook-pencil",
                    ),
                    Prompt(
                        label="Explain the licence",
                        prompt="What may I do with the pictures you deliver?",
                        icon="circle-question",
                    ),
                ),
            ),
            composer=ChatKitComposer(
                models=(
                    Model(id="fast", label="Fast", description="Short answers"),
                    Model(
                        id="careful",
                        label="Careful",
                        description="Takes its time",
                        default=True,
                    ),
                ),
                disclaimer=Disclaimer(text="Answers can be wrong. Check what matters."),
            ),
        ),
    )
