"""Flowise's chat bubble (`flowise-embed`): `Chatbot.init({...})` and `initFull`.

Names: the project's documentation of its embed and theme options (November 2026).
"""

from __future__ import annotations

import re
from typing import Any

from exporter.importing import Goes
from exporter.literals import first_object

TITLE = "a Flowise bubble snippet"
_CALL = re.compile(r"\bChatbot\s*\.\s*init(?:Full)?\s*\(\s*(?=\{)")
_BACKEND = "Flowise's own server answered; here a workflow of n8n does."
_CODE = "It is code of the page, which no file can hold."
_WIDE = "The popup has a place of its own for it."


def read(text: str) -> dict[str, Any] | None:
    """The options of the first call that can be read."""
    found = first_object(text, _CALL, lambda options: "chatflowid" in options)
    if found is not None and "initFull" in text:
        return {**found, "full": True}
    return found


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


def _mode(full: bool) -> str:
    return "fullpage" if full else "popup"


_TEXT_ON = (("theme.text.enabled", True),)
_USER_ON = (("theme.user_bubble.enabled", True),)
_SURFACE_ON = (("theme.surface.enabled", True),)
_LAUNCHER_ON = (("launcher.colors.enabled", True),)
_CHAT = "theme.chatWindow"
_BUTTON = "theme.button"
TABLE = {
    "full": Goes("layout.mode", convert=_mode),
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
    "theme.disclaimer.title": Goes(why="The line below the composer has no title."),
    "theme.disclaimer.message": Goes("composer.disclaimer.text"),
    "theme.customCSS": Goes(why="Style sheets of one's own are not carried."),
    f"{_CHAT}.showTitle": Goes("header.title.enabled"),
    f"{_CHAT}.title": Goes("header.title.text"),
    f"{_CHAT}.titleAvatarSrc": Goes("header.logo"),
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
    f"{_CHAT}.feedback.color": Goes(why="The thumbs have the icons' colour."),
    f"{_CHAT}.dateTimeToggle.time": Goes("messages.show_timestamps"),
}
