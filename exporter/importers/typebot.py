"""Typebot's embeds: calls of `@typebot.io/js`, elements of `@typebot.io/react`, frames.

Names: the project's documentation of its web libraries (0.10.7, November 2026); a
frame or WordPress's shortcode names the bot alone, and maybe a size.
"""

from __future__ import annotations

import re
from typing import Any

from exporter.elements import first_element, pixels, sizes
from exporter.importing import Goes
from exporter.literals import first_object

TITLE = "a Typebot embed"
_CALL = re.compile(r"\binit(Bubble|Popup|Standard)\s*\(\s*(?=[\w${])")
_COMPILED = re.compile(r"\b(Bubble|Popup|Standard)\s*,\s*(?=\{)")  # JSX, built
_ELEMENT = re.compile(r"<(Bubble|Popup|Standard)(?=[\s/])")
_SHORTCODE = re.compile(r"\[typebot(?=\s)")
_FRAME = re.compile(r"<iframe(?=\s)", re.IGNORECASE)
_CONTAINER = re.compile(r"<typebot-standard(?=\s)", re.IGNORECASE)
_VIEWER = re.compile(r"(?:https?:)?//(?:[\w-]+\.)*typebot\.(?:io|co)/([\w-]+)", re.A)
_MODES = {"Bubble": "popup", "Popup": "popup", "Standard": "inline"}
_BACKEND = "Typebot's own server answered; here a workflow of n8n does."
_PLACE = "The place is in the embed code."
_CODE = "It is code of the page, which no file can hold."
_SIZES = {"medium": 48, "large": 64}
_SCRIPT = "Open it with Vitrine.get(key).open() instead."


def read(text: str) -> dict[str, Any] | None:
    """The options of the first call or element that can be read, and which it was."""
    for rule in (_CALL, _COMPILED):
        found = first_object(text, rule, _names_a_bot, name="embed")
        if found is not None:
            return _in_its_place(found, text)
    found = first_element(text, _ELEMENT, _names_a_bot, name="embed")
    return _in_its_place(found, text) if found else _placed(text)


def _names_a_bot(options: dict[str, Any]) -> bool:
    return "typebot" in options


def _in_its_place(options: dict[str, Any], text: str) -> dict[str, Any]:
    """The options, with the size that a standard embed has in its page."""
    if options["embed"] != "Standard":
        return options
    place = first_element(text, _CONTAINER, lambda _: True) or options
    rest = {name: value for name, value in options.items() if name != "style"}
    return {**rest, "container": sizes(place)} if sizes(place) else rest


def _placed(text: str) -> dict[str, Any] | None:
    """A shortcode of WordPress, or a frame of Typebot's own viewer."""
    found = first_element(text, _SHORTCODE, _names_a_bot)
    if found is None:
        found = first_element(text, _FRAME, lambda one: bool(_bot(one)))
    if found is None:
        return None
    options = {"embed": "Standard", "typebot": found.get("typebot") or _bot(found)}
    return {**options, "container": sizes(found)} if sizes(found) else options


def _bot(frame: dict[str, Any]) -> str:
    match = _VIEWER.match(str(frame.get("src", "")))
    return match[1] if match else ""


def provider_of(options: dict[str, Any]) -> str:
    """n8n's face has all that a bubble can show."""
    return "n8n"


def _seconds(milliseconds: float) -> int:
    return round(milliseconds / 1000)


def _family(name: str) -> str:
    return name.split(",")[0].strip().strip("'\"")


def _corner(side: str) -> str:
    return {"left": "bottom-left", "right": "bottom-right"}[side]


_LAUNCHER_ON = (("launcher.colors.enabled", True),)
_TEASER_ON = (("launcher.teaser.enabled", True),)
_BUTTON = "theme.button"
_PREVIEW = "theme.previewMessage"
TABLE = {
    "embed": Goes("layout.mode", convert=_MODES.__getitem__),
    "typebot": Goes(why=_BACKEND),
    "apiHost": Goes(why=_BACKEND),
    "wsHost": Goes(why=_BACKEND),
    "id": Goes(why=_PLACE),
    "style": Goes(why=_PLACE),
    "container.fill": Goes("layout.inline.fill_width"),
    "container.width": Goes("layout.inline.width", convert=pixels),
    "container.height": Goes("layout.inline.height", convert=pixels),
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
        "launcher.size", convert=lambda size: _SIZES.get(size) or pixels(size)
    ),
    f"{_BUTTON}.customCloseIconSrc": Goes(why="The launcher turns into its own cross."),
    f"{_BUTTON}.isHidden": Goes(why=_SCRIPT),
    f"{_PREVIEW}.backgroundColor": Goes(why="The teaser has the chat's colours."),
    f"{_PREVIEW}.textColor": Goes(why="The teaser has the chat's colours."),
    f"{_PREVIEW}.closeButtonBackgroundColor": Goes(
        why="The teaser has the chat's colours."
    ),
    f"{_PREVIEW}.closeButtonIconColor": Goes(why="The teaser has the chat's colours."),
    "theme.chatWindow.backgroundColor": Goes(
        "theme.surface.background", also=(("theme.surface.enabled", True),)
    ),
    "theme.chatWindow.maxWidth": Goes("layout.popup.width", convert=pixels),
    "theme.chatWindow.maxHeight": Goes("layout.popup.height", convert=pixels),
    "theme.position": Goes(why=_PLACE),
    "theme.width": Goes("layout.popup.width", convert=pixels),
    "theme.zIndex": Goes("layout.z_index", convert=pixels),
    "theme.backgroundColor": Goes(
        "theme.surface.background", also=(("theme.surface.enabled", True),)
    ),
    "isOpen": Goes("behavior.auto_open.enabled"),
    "defaultOpen": Goes("behavior.auto_open.enabled"),
    "font": Goes("typography.font_family", convert=_family),
    "font.family": Goes("typography.font_family", convert=_family),
    "isPreview": Goes(why=_BACKEND),
    "resultId": Goes(why=_BACKEND),
    "sessionId": Goes(why="Every visitor gets a session of their own."),
    "startFrom": Goes(why=_BACKEND),
    "onNewInputBlock": Goes(why=_CODE),
    "onAnswer": Goes(why=_CODE),
    "onInit": Goes(why=_CODE),
    "onEnd": Goes(why=_CODE),
}
