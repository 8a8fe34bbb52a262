"""Typebot's embeds (`@typebot.io/js`): `initBubble`, `initPopup`, `initStandard`.

Names: the project's documentation of its web library (November 2026).
"""

from __future__ import annotations

import re
from typing import Any

from exporter.importing import Goes
from exporter.literals import first_object

TITLE = "a Typebot bubble snippet"
_CALL = re.compile(r"\bTypebot\s*\.\s*init(Bubble|Popup|Standard)\s*\(\s*(?=\{)")
_MODES = {"Bubble": "popup", "Popup": "popup", "Standard": "inline"}
_BACKEND = "Typebot's own server answered; here a workflow of n8n does."
_CODE = "It is code of the page, which no file can hold."
_SIZES = {"medium": 48, "large": 64}


def read(text: str) -> dict[str, Any] | None:
    """The options of the first call that can be read, and which call it was."""
    found = first_object(text, _CALL, lambda options: "typebot" in options)
    match = _CALL.search(text)
    return {**found, "call": match[1]} if found is not None and match else None


def provider_of(options: dict[str, Any]) -> str:
    """n8n's face has all that a bubble can show."""
    return "n8n"


def _seconds(milliseconds: float) -> int:
    return round(milliseconds / 1000)


def _corner(side: str) -> str:
    return {"left": "bottom-left", "right": "bottom-right"}[side]


_LAUNCHER_ON = (("launcher.colors.enabled", True),)
_TEASER_ON = (("launcher.teaser.enabled", True),)
_BUTTON = "theme.button"
_PREVIEW = "theme.previewMessage"
TABLE = {
    "call": Goes("layout.mode", convert=_MODES.__getitem__),
    "typebot": Goes(why=_BACKEND),
    "apiHost": Goes(why=_BACKEND),
    "wsHost": Goes(why=_BACKEND),
    "id": Goes(why="The place is in the embed code."),
    "prefilledVariables": Goes("connection.metadata"),
    "previewMessage.message": Goes("launcher.teaser.text", also=_TEASER_ON),
    "previewMessage.autoShowDelay": Goes("launcher.teaser.delay", convert=_seconds),
    "previewMessage.avatarUrl": Goes(why="A teaser is words alone."),
    "autoShowDelay": Goes(
        "behavior.auto_open.delay",
        convert=_seconds,
        also=(("behavior.auto_open.enabled", True),),
    ),
    "theme.placement": Goes("layout.popup.position", convert=_corner),
    f"{_BUTTON}.backgroundColor": Goes("launcher.colors.background", also=_LAUNCHER_ON),
    f"{_BUTTON}.iconColor": Goes("launcher.colors.icon", also=_LAUNCHER_ON),
    f"{_BUTTON}.customIconSrc": Goes(
        "launcher.custom_icon", also=(("launcher.icon", "custom"),)
    ),
    f"{_BUTTON}.size": Goes(
        "launcher.size", convert=_SIZES.__getitem__, why="It is no size."
    ),
    f"{_PREVIEW}.backgroundColor": Goes(why="The teaser has the chat's colours."),
    f"{_PREVIEW}.textColor": Goes(why="The teaser has the chat's colours."),
    f"{_PREVIEW}.closeButtonBackgroundColor": Goes(
        why="The teaser has the chat's colours."
    ),
    f"{_PREVIEW}.closeButtonIconColor": Goes(why="The teaser has the chat's colours."),
    "theme.chatWindow.backgroundColor": Goes(
        "theme.surface.background", also=(("theme.surface.enabled", True),)
    ),
    "theme.chatWindow.maxWidth": Goes(
        "layout.popup.width", convert=lambda value: _pixels(value)
    ),
    "theme.chatWindow.maxHeight": Goes(
        "layout.popup.height", convert=lambda value: _pixels(value)
    ),
    "onNewInputBlock": Goes(why=_CODE),
    "onAnswer": Goes(why=_CODE),
    "onInit": Goes(why=_CODE),
    "onEnd": Goes(why=_CODE),
}


def _pixels(value: Any) -> int:
    return round(float(str(value).removesuffix("px")))
