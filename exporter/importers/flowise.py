"""Flowise's chat: `Chatbot.init({...})` and `initFull`, or React's two elements.

Names: the project's documentation of `flowise-embed` and `flowise-embed-react`
(3.1.6, November 2026); a frame of its chat page names the flow alone.
"""

from __future__ import annotations

import re
from typing import Any

from exporter.elements import first_element, pixels, sizes
from exporter.importing import Goes
from exporter.literals import first_object

TITLE = "a Flowise embed"
_CALL = re.compile(r"\bChatbot\s*\.\s*(init(?:Full)?)\s*\(\s*(?=[\w${])")
_BUILT_CALL = re.compile(  # where a bundler has renamed all that it could
    r"\b(init(?:Full)?)\s*\(\s*(?=\{[^{}]{0,2000}\bchatflowid\b)"
)
_COMPILED = re.compile(r"\b(BubbleChat|FullPageChat)\s*,\s*(?=\{)")  # JSX, built
_ELEMENT = re.compile(r"<(BubbleChat|FullPageChat)(?=[\s/])")
_FRAME = re.compile(r"<iframe(?=\s)", re.IGNORECASE)
_CHAT_PAGE = re.compile(r"https?://[^\s/?#]+/chatbot/([0-9a-fA-F-]{36})\b")
_MODES = {
    "init": "popup",
    "BubbleChat": "popup",
    "initFull": "fullpage",
    "FullPageChat": "fullpage",
    "frame": "inline",
}
_BACKEND = "Flowise's own server answered; here a workflow of n8n does."
_CODE = "It is code of the page, which no file can hold."
_PLACE = "The place is in the embed code."
_COLOUR = "It has the chat's colours."
_CONSENT = "A dialog before the chat is not there; the line below the composer is."
_WIDE = "The popup has a place of its own for it."


def read(text: str) -> dict[str, Any] | None:
    """The options of the first call or element that can be read, and which it was."""
    for rule in (_CALL, _BUILT_CALL, _COMPILED):
        found = first_object(text, rule, _names_a_flow, name="embed")
        if found is not None:
            return found
    found = first_element(text, _ELEMENT, _names_a_flow, name="embed")
    return found if found is not None else _framed(text)


def _names_a_flow(options: dict[str, Any]) -> bool:
    return "chatflowid" in options


def _framed(text: str) -> dict[str, Any] | None:
    """The chat page of a Flowise server in a frame."""
    found = first_element(text, _FRAME, lambda one: bool(_flow(one)))
    if found is None:
        return None
    options = {"embed": "frame", "chatflowid": _flow(found)}
    return {**options, "container": sizes(found)} if sizes(found) else options


def _flow(frame: dict[str, Any]) -> str:
    match = _CHAT_PAGE.match(str(frame.get("src", "")))
    return match[1] if match else ""


def provider_of(options: dict[str, Any]) -> str:
    """n8n's face has all that a bubble can show."""
    return "n8n"


def _whole(value: Any) -> int:
    return round(float(value))


def _launcher(value: Any) -> int:
    words = {"small": 48, "medium": 56, "large": 64}
    return words[value] if isinstance(value, str) else _whole(value)


def _prompts(items: list[Any]) -> list[dict[str, str]]:
    return [{"label": item[:200]} for item in items if isinstance(item, str) and item]


def _first(text: Any) -> list[str]:
    return [str(text)] if text else []


def _kept(forgotten: bool) -> bool:
    return not forgotten


def _error(words: str) -> dict[str, str]:
    return {"error_server": words}


_TEXT_ON = (("theme.text.enabled", True),)
_USER_ON = (("theme.user_bubble.enabled", True),)
_SURFACE_ON = (("theme.surface.enabled", True),)
_LAUNCHER_ON = (("launcher.colors.enabled", True),)
_CHAT = "theme.chatWindow"
_BUTTON = "theme.button"
TABLE = {
    "embed": Goes("layout.mode", convert=_MODES.__getitem__),
    "container.fill": Goes("layout.inline.fill_width"),
    "container.width": Goes("layout.inline.width", convert=pixels),
    "container.height": Goes("layout.inline.height", convert=pixels),
    "id": Goes(why=_PLACE),
    "style": Goes(why=_PLACE),
    "className": Goes(why=_PLACE),
    "dialogContainer": Goes(why=_PLACE),
    "pageTitle": Goes("behavior.frame_title"),
    "chatflowid": Goes(why=_BACKEND),
    "apiHost": Goes(why=_BACKEND),
    "chatflowConfig": Goes(why=_BACKEND),
    "observersConfig": Goes(why=_CODE),
    f"{_BUTTON}.backgroundColor": Goes("launcher.colors.background", also=_LAUNCHER_ON),
    f"{_BUTTON}.iconColor": Goes("launcher.colors.icon", also=_LAUNCHER_ON),
    f"{_BUTTON}.size": Goes("launcher.size", convert=_launcher, why="It is no size."),
    f"{_BUTTON}.right": Goes("layout.popup.offset_x", convert=_whole),
    f"{_BUTTON}.bottom": Goes("layout.popup.offset_y", convert=_whole),
    f"{_BUTTON}.dragAndDrop": Goes("launcher.draggable"),
    f"{_BUTTON}.customIconSrc": Goes(
        "launcher.custom_icon", also=(("launcher.icon", "custom"),)
    ),
    f"{_BUTTON}.autoWindowOpen.autoOpen": Goes("behavior.auto_open.enabled"),
    f"{_BUTTON}.autoWindowOpen.openDelay": Goes(
        "behavior.auto_open.delay", convert=_whole
    ),
    f"{_BUTTON}.autoWindowOpen.autoOpenOnMobile": Goes(why=_WIDE),
    "theme.tooltip.showTooltip": Goes("launcher.teaser.enabled"),
    "theme.tooltip.tooltipMessage": Goes("launcher.teaser.text"),
    "theme.tooltip.tooltipBackgroundColor": Goes(why=_COLOUR),
    "theme.tooltip.tooltipTextColor": Goes(why=_COLOUR),
    "theme.tooltip.tooltipFontSize": Goes(why="It has the chat's size of type."),
    "theme.disclaimer.title": Goes(why=_CONSENT),
    "theme.disclaimer.buttonText": Goes(why=_CONSENT),
    "theme.disclaimer.denyButtonText": Goes(why=_CONSENT),
    "theme.form": Goes(why=_COLOUR),
    "theme.disclaimer.message": Goes("composer.disclaimer.text"),
    "theme.customCSS": Goes(why="Style sheets of one's own are not carried."),
    f"{_CHAT}.showTitle": Goes("header.title.enabled"),
    f"{_CHAT}.title": Goes("header.title.text"),
    f"{_CHAT}.titleAvatarSrc": Goes("header.logo"),
    f"{_CHAT}.titleBackgroundColor": Goes(why=_COLOUR),
    f"{_CHAT}.titleTextColor": Goes(why=_COLOUR),
    f"{_CHAT}.errorMessage": Goes("texts.overrides", convert=_error),
    f"{_CHAT}.clearChatOnReload": Goes("behavior.persist", convert=_kept),
    f"{_CHAT}.renderHTML": Goes(why="Replies are Markdown; HTML in them stays text."),
    f"{_CHAT}.headerHtml": Goes(why="The header has a title, a subtitle and buttons."),
    f"{_CHAT}.welcomeMessage": Goes("start_screen.initial_messages", convert=_first),
    f"{_CHAT}.starterPrompts": Goes("start_screen.prompts", convert=_prompts),
    f"{_CHAT}.backgroundColor": Goes("theme.surface.background", also=_SURFACE_ON),
    f"{_CHAT}.height": Goes("layout.popup.height", convert=_whole),
    f"{_CHAT}.width": Goes("layout.popup.width", convert=_whole),
    f"{_CHAT}.fontSize": Goes("typography.base_size", convert=_whole),
    f"{_CHAT}.footer.text": Goes("composer.disclaimer.text"),
    f"{_CHAT}.botMessage.backgroundColor": Goes(
        "theme.surface.foreground", also=_SURFACE_ON
    ),
    f"{_CHAT}.botMessage.textColor": Goes("theme.text.color", also=_TEXT_ON),
    f"{_CHAT}.botMessage.showAvatar": Goes("messages.show_avatar"),
    f"{_CHAT}.botMessage.avatarSrc": Goes("messages.avatar"),
    f"{_CHAT}.userMessage.backgroundColor": Goes(
        "theme.user_bubble.background", also=_USER_ON
    ),
    f"{_CHAT}.userMessage.textColor": Goes("theme.user_bubble.text", also=_USER_ON),
    f"{_CHAT}.textInput.placeholder": Goes("composer.placeholder"),
    f"{_CHAT}.textInput.sendButtonColor": Goes("theme.accent.primary"),
    f"{_CHAT}.textInput.backgroundColor": Goes(why=_COLOUR),
    f"{_CHAT}.textInput.textColor": Goes(why=_COLOUR),
    f"{_CHAT}.textInput.receiveMessageSound": Goes("behavior.sound"),
    f"{_CHAT}.feedback.color": Goes(why="The thumbs have the icons' colour."),
    f"{_CHAT}.dateTimeToggle.time": Goes("messages.show_timestamps"),
}
