"""Whole n8n widgets to start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.contract.header import HeaderTitle
from exporter.contract.launcher import Launcher, Teaser
from exporter.contract.start_screen import Prompt
from exporter.contract.theme import Accent
from exporter.contract.typography import Typography
from exporter.providers.n8n.settings import (
    N8nGrayscale,
    N8nHeader,
    N8nMessages,
    N8nStartScreen,
    N8nTheme,
    N8nWidget,
)

if TYPE_CHECKING:
    from exporter.contract.widget import Widget


def samples() -> tuple[Widget, ...]:
    """A support desk: warm, with four prompts and a teaser."""
    return (
        N8nWidget(
            name="Fjord Outfitters",
            theme=N8nTheme(
                accent=Accent(primary="#0f766e"),
                grayscale=N8nGrayscale(enabled=True, hue=170, tint=8, shade=0),
                radius="large",
            ),
            typography=Typography(font_family="Inter", base_size=15),
            launcher=Launcher(
                teaser=Teaser(enabled=True, text="Questions about sizes or returns?")
            ),
            header=N8nHeader(
                title=HeaderTitle(text="Fjord Outfitters"),
                subtitle="We usually reply at once",
            ),
            start_screen=N8nStartScreen(
                greeting="Hello! What are you getting ready for?",
                prompts=(
                    Prompt(
                        label="Find my size",
                        prompt="Help me find the right size for a rain jacket.",
                        icon="lucide:ruler",
                    ),
                    Prompt(
                        label="Where is my order?",
                        prompt="I would like to know where my order is.",
                        icon="lucide:package",
                    ),
                    Prompt(
                        label="Return something",
                        prompt="How do I return an item?",
                        icon="lucide:undo-2",
                    ),
                    Prompt(
                        label="Talk to a person",
                        prompt="I would like to talk to somebody from the shop.",
                        icon="lifesaver",
                    ),
                ),
            ),
            messages=N8nMessages(feedback=True),
        ),
    )
