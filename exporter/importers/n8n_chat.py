"""The embed code of `@n8n/chat` (options and CSS variables of 1.37.0), in any form.

n8n's own chat page, as an address or in a frame, gives the webhook alone.
"""

from __future__ import annotations

import re
from typing import Any

from exporter.elements import first_element, pixels, sizes
from exporter.importing import Goes
from exporter.literals import first_object

TITLE = "an @n8n/chat snippet"
_CALL = re.compile(r"\bcreateChat\)?\s*\(\s*(?=[\w${])")
_BUILT_CALL = re.compile(r"\(\s*(?=\{\s*[\"']?webhookUrl\b)")  # names renamed
_FRAME = re.compile(r"<iframe(?=\s)", re.IGNORECASE)
_CHAT_PAGE = re.compile(r"\s*(https?://[^\s\"'<>?#]+/webhook/[\w-]+/chat)/?\s*\Z")
_MODES = {"window": "popup", "fullscreen": "fullpage", "frame": "inline"}
_VARIABLE = re.compile(r"(--chat--[\w-]{1,80}+)\s{0,20}+:([^;{}]{1,240}+)[;}]")
_NUMBER = re.compile(r"(\d{1,10}(?:\.\d{1,4})?)(px|rem|em)?")
_SECOND = "--chat--color--secondary"  # others of its colours follow from it
_ROOT_PX = 16
_SYSTEM = ("system-ui", "-apple-system", "ui-sans-serif", "sans-serif")
_OWN_SESSION = "Every visitor gets a session of their own."
_PLACE = "The place is in the embed code."


def read(text: str) -> dict[str, Any] | None:
    """The options of the first call that can be read, and the CSS variables by name."""
    for rule in (_CALL, _BUILT_CALL):
        options = first_object(text, rule, lambda options: True)
        if options is not None:
            return {**options, **_variables(text)}
    return _chat_page(text)


def _chat_page(text: str) -> dict[str, Any] | None:
    """The chat page that n8n itself shows, as an address or in a frame."""
    if address := _CHAT_PAGE.match(text[:2000]):
        return {"webhookUrl": address[1]}
    frame = first_element(text, _FRAME, lambda one: bool(_webhook(one)))
    if frame is None:
        return None
    size = {"container": sizes(frame)} if sizes(frame) else {}
    return {"webhookUrl": _webhook(frame), "mode": "frame", **size}


def _webhook(frame: dict[str, Any]) -> str:
    match = _CHAT_PAGE.match(str(frame.get("src", "")))
    return match[1] if match else ""


def _variables(text: str) -> dict[str, str]:
    """The CSS variables, the one that others follow from before those."""
    found = {name: value.strip() for name, value in _VARIABLE.findall(text)}
    second = {_SECOND: found.pop(_SECOND)} if _SECOND in found else {}
    return {**second, **found}


def provider_of(options: dict[str, Any]) -> str:
    """Always n8n."""
    return "n8n"


def _pixels(value: str) -> int:
    match = _NUMBER.fullmatch(value)
    if match is None:
        raise ValueError(value)
    return round(float(match[1]) * (1 if match[2] in (None, "px") else _ROOT_PX))


def _plain(value: str) -> str:
    """A value that stands for itself; ValueError for one that other values give."""
    if "(" in value:
        raise ValueError(value)
    return value


def _family(value: str) -> str:
    first = _plain(value).split(",")[0].strip().strip("'\"")
    return "System" if first in _SYSTEM else first


def _color(path: str) -> Goes:
    return Goes(
        path, convert=_plain, also=((f"{path.rpartition('.')[0]}.enabled", True),)
    )


def _kinds(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


TABLE = {
    "webhookUrl": Goes("connection.webhook_url"),
    "webhookConfig.method": Goes("connection.method"),
    "webhookConfig.headers": Goes("connection.headers"),
    "target": Goes(why=_PLACE),
    "mode": Goes("layout.mode", convert=_MODES.__getitem__),
    "container.fill": Goes("layout.inline.fill_width"),
    "container.width": Goes("layout.inline.width", convert=pixels),
    "container.height": Goes("layout.inline.height", convert=pixels),
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
    "--chat--color--primary": _color("theme.accent.primary"),
    _SECOND: _color("theme.user_bubble.background"),
    "--chat--message--user--background": _color("theme.user_bubble.background"),
    "--chat--message--user--color": _color("theme.user_bubble.text"),
    "--chat--message--bot--background": _color("theme.surface.foreground"),
    "--chat--message--bot--color": _color("theme.text.color"),
    "--chat--body--background": _color("theme.surface.background"),
    "--chat--toggle--background": _color("launcher.colors.background"),
    "--chat--toggle--color": _color("launcher.colors.icon"),
    "--chat--toggle--size": Goes("launcher.size", convert=_pixels),
    "--chat--window--width": Goes("layout.popup.width", convert=_pixels),
    "--chat--window--height": Goes("layout.popup.height", convert=_pixels),
    "--chat--window--right": Goes("layout.popup.offset_x", convert=_pixels),
    "--chat--window--bottom": Goes("layout.popup.offset_y", convert=_pixels),
    "--chat--window--z-index": Goes("layout.z_index", convert=_pixels),
    "--chat--font-family": Goes("typography.font_family", convert=_family),
    "--chat--message--font-size": Goes("typography.base_size", convert=_pixels),
    "--chat--message--padding": Goes("messages.bubble_padding", convert=_pixels),
    "--chat--message--margin-bottom": Goes("messages.spacing", convert=_pixels),
}
