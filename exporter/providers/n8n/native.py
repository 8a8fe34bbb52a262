"""A widget as `@n8n/chat` takes it: its options, its CSS variables, and what is lost.

Names: the package's README and types, version 1.37.0 (November 2026).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exporter.contract.errors import InputError
from exporter.contract.provider import Native
from exporter.providers.n8n.native_theme import variables
from exporter.providers.n8n.runtime import all_metadata, faults
from exporter.providers.n8n.settings import N8nWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.contract.widget import Widget

VERSION = "1.37.0"
NPM_VERSION = "1.36.4"
"""The newest that npm installs: 1.37.0 asks for a design system never published."""


def native(widget: Widget) -> Native:
    """Options and variables; raises InputError without a webhook that answers."""
    assert isinstance(widget, N8nWidget)
    for path, sentence in faults(widget):
        raise InputError(sentence, f"It is the setting {path}.")
    values = {
        "version": VERSION,
        "npm_version": NPM_VERSION,
        "options": _options(widget),
        "variables": variables(widget),
    }
    return Native(values, tuple(_lost(widget)))


def _options(widget: N8nWidget) -> dict[str, Any]:
    """Only what differs from the package's own defaults, and its words."""
    connection, files = widget.connection, widget.composer.attachments
    types = [kind for kind in files.accept if "/" in kind]
    hook: dict[str, Any] = {"method": connection.method}
    if connection.headers:
        hook["headers"] = dict(connection.headers)
    chosen: dict[str, Any] = {
        "webhookUrl": connection.webhook_url,
        "webhookConfig": hook if hook != {"method": "POST"} else None,
        "showWelcomeScreen": widget.start_screen.welcome_screen or None,
        "loadPreviousSession": None if connection.load_previous_session else False,
        "chatInputKey": _unless(connection.chat_input_key, "chatInput"),
        "chatSessionKey": _unless(connection.chat_session_key, "sessionId"),
        "metadata": all_metadata(widget) or None,
        "initialMessages": list(widget.start_screen.initial_messages)
        or _greeting(widget),
        "i18n": {"en": _words(widget)},
        "enableStreaming": connection.streaming or None,
        "allowFileUploads": files.enabled or None,
        "allowedFilesMimeTypes": ",".join(types) if files.enabled and types else None,
        "enableMessageActions": widget.messages.copy_button or None,
    }
    return {name: value for name, value in chosen.items() if value is not None}


def _unless(value: str, default: str) -> str | None:
    return None if value == default else value


def _greeting(widget: N8nWidget) -> list[str]:
    start = widget.start_screen
    return [text for text in (start.greeting, start.subtitle) if text]


def _words(widget: N8nWidget) -> dict[str, str]:
    own = widget.texts.overrides
    title = widget.header.title
    return {
        "title": (title.text or widget.name) if title.enabled else "",
        "subtitle": widget.header.subtitle,
        "footer": widget.composer.disclaimer.text,
        "getStarted": widget.start_screen.button or "New conversation",
        "inputPlaceholder": widget.composer.placeholder or "Type a message...",
        "closeButtonTooltip": own.get("close_chat", "Close chat"),
    }


def _lost(widget: N8nWidget) -> Iterator[str]:
    """A sentence for each thing that the widget has and the package has not."""
    start, composer, header = widget.start_screen, widget.composer, widget.header
    layout, files = widget.layout, composer.attachments
    yield (
        "This is n8n's own widget, with its look: the webhook's address, headers and "
        "metadata are public, and it loads about 350 KB."
    )
    yield "Its page needs a place in the Chat Trigger's “Allowed Origins (CORS)”."
    if widget.domains:
        yield "Allowed sites are not enforced by it; n8n's own list of origins is."
    if layout.popup.position != "bottom-right":
        yield "It stands at the bottom right only."
    if widget.theme.color_scheme == "auto":
        yield "It has one set of colours, so the light ones were carried."
    if widget.theme.grayscale.enabled:
        yield "Its greys cannot be tinted."
    if widget.theme.markdown.enabled:
        yield "Colours of code, links and tables stay its own."
    if widget.typography.font_sources:
        yield "It loads no fonts; the page has to."
    missing = {
        "prompts": start.prompts,
        "a teaser": widget.launcher.teaser.enabled,
        "a launcher's label or own icon": widget.launcher.label
        or widget.launcher.icon != "chat",
        "a logo or buttons in the header": header.logo
        or header.left_action.enabled
        or header.right_action.enabled,
        "tools and models": composer.tools or composer.models,
        "dictation": composer.dictation.enabled,
        "avatars and times": widget.messages.show_avatar
        or widget.messages.show_timestamps,
        "feedback and retry": widget.messages.feedback or widget.messages.retry,
        "a history": widget.history.enabled,
        "transcripts and ratings": widget.behavior.print_transcript
        or widget.behavior.email_transcript
        or widget.behavior.rating,
    }
    gone = [name for name, value in missing.items() if value]
    if gone:
        yield f"It leaves out: {', '.join(gone)}."
    if files.enabled:
        yield "It knows no limit to the size and number of files."
        if any(rule.startswith(".") for rule in files.accept):
            yield "It takes media types, so endings such as .pdf were left out."
    if widget.texts.locale not in ("auto", "en") or set(widget.texts.overrides) - {
        "close_chat"
    }:
        yield "Its interface speaks English, but for the words in the code."
