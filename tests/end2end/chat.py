"""A widget with a hostile name, and a talk with it in a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from exporter.editing import with_values
from exporter.providers.registry import provider

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

    from exporter.contract.layout import Mode
    from exporter.contract.widget import Widget

KEY = "AbcdefGhijkl0123"
HOSTILE = "</script><b>{{ 1 }} ${2} {3} \"'` 😀"
MODES: tuple[Mode, ...] = ("popup", "inline", "fullpage", "portal")
ANSWER = {"output": "Hello **there**"}
PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def n8n_widget(webhook: str, **values: Any) -> Widget:
    """A widget that talks to this address; "__" in names stands for "."."""
    paths = {path.replace("__", "."): value for path, value in values.items()}
    fresh = provider("n8n").widget(provider="n8n", key=KEY)
    return with_values(fresh, {"connection.webhook_url": webhook, **paths})


def talk(place: Page | Frame, words: str = "hi", key: str = KEY) -> None:
    """Send a message and wait for ANSWER, wherever the chat is."""
    place.wait_for_function("key => !!window.Vitrine?.get(key)", arg=key)
    place.evaluate(f"Vitrine.get('{key}').open()")
    place.evaluate(f"Vitrine.get('{key}').send({json.dumps(words)})")
    place.get_by_text("there", exact=True).first.wait_for(timeout=15000)
