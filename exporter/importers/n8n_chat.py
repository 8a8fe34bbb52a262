"""The embed code of `@n8n/chat` (options of 1.37.0), in any of its forms."""

from __future__ import annotations

import re
from typing import Any

from exporter.importing import Goes
from exporter.literals import first_object

TITLE = "an @n8n/chat snippet"
_CALL = re.compile(r"\bcreateChat\s*\(\s*(?=\{)")
_MODES = {"window": "popup", "fullscreen": "fullpage"}
_OWN_SESSION = "Every visitor gets a session of their own."
_PLACE = "The place is in the embed code."


def read(text: str) -> dict[str, Any] | None:
    """The options of the first call that can be read."""
    return first_object(text, _CALL, lambda options: True)


def provider_of(options: dict[str, Any]) -> str:
    """Always n8n."""
    return "n8n"


def _kinds(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


TABLE = {
    "webhookUrl": Goes("connection.webhook_url"),
    "webhookConfig.method": Goes("connection.method"),
    "webhookConfig.headers": Goes("connection.headers"),
    "target": Goes(why=_PLACE),
    "mode": Goes("layout.mode", convert=_MODES.__getitem__),
    "showWindowCloseButton": Goes(why="A popup always has its close button."),
    "showWelcomeScreen": Goes("start_screen.welcome_screen"),
    "loadPreviousSession": Goes("connection.load_previous_session"),
    "sessionId": Goes(why=_OWN_SESSION),
    "chatInputKey": Goes("connection.chat_input_key"),
    "chatSessionKey": Goes("connection.chat_session_key"),
    "defaultLanguage": Goes("texts.locale"),
    "initialMessages": Goes("start_screen.initial_messages"),
    "metadata": Goes("connection.metadata"),
    "i18n.en.title": Goes("header.title.text"),
    "i18n.en.subtitle": Goes("header.subtitle"),
    "i18n.en.footer": Goes("composer.disclaimer.text"),
    "i18n.en.getStarted": Goes("start_screen.button"),
    "i18n.en.inputPlaceholder": Goes("composer.placeholder"),
    "i18n.en.closeButtonTooltip": Goes(
        "texts.overrides", convert=lambda words: {"close_chat": words}
    ),
    "allowFileUploads": Goes("composer.attachments.enabled"),
    "allowedFilesMimeTypes": Goes("composer.attachments.accept", convert=_kinds),
    "enableStreaming": Goes("connection.streaming"),
    "enableMessageActions": Goes("messages.copy_button"),
    "beforeMessageSent": Goes(why="The page's own code listens to events instead."),
    "afterMessageSent": Goes(why="The page's own code listens to events instead."),
}
