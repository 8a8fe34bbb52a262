"""A widget as `@n8n/chat` takes it: its options, its CSS variables, and what is lost.

Names: the package's README, types and style.css, version 1.37.0 (November 2026);
the variables are spelled as irregularly there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exporter.colors import contrast, over
from exporter.contract.errors import InputError
from exporter.contract.provider import Native
from exporter.providers.n8n.runtime import all_metadata, faults
from exporter.providers.n8n.settings import N8nWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.contract.widget import Widget

VERSION = "1.37.0"
NPM_VERSION = "1.36.4"
"""The newest that npm installs: 1.37.0 asks for a design system never published."""
_RADII = {"none": "0", "small": "4px", "medium": "10px", "large": "16px"}
_PILL = "20px"
_GROUND = {"light": "#ffffff", "dark": "#1c1c1c"}
_RAISED = {"light": "#f4f4f5", "dark": "#27272a"}
_INK = {"light": "#24272d", "dark": "#ebecee"}
_SPACING = {"compact": "0.75rem", "normal": "1rem", "spacious": "1.25rem"}


def native(widget: Widget) -> Native:
    """Options and variables; raises InputError without a webhook that answers."""
    assert isinstance(widget, N8nWidget)
    for path, sentence in faults(widget):
        raise InputError(sentence, f"It is the setting {path}.")
    values = {
        "version": VERSION,
        "npm_version": NPM_VERSION,
        "options": _options(widget),
        "variables": _variables(widget),
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


def _variables(widget: N8nWidget) -> dict[str, str]:
    theme, layout = widget.theme, widget.layout.popup
    dark = theme.color_scheme == "dark"
    ink, ground, raised = _colors(widget, dark)
    accent = theme.accent.primary if theme.accent.enabled else ink
    accent = over(accent, ground)
    on_accent = _readable_on(accent)
    own = theme.user_bubble
    launcher = widget.launcher.colors
    icon = (
        (theme.icon.dark_color if dark else theme.icon.color)
        if (theme.icon.enabled)
        else accent
    )
    radius = _RADII.get(theme.radius, _PILL)
    return {
        "--chat--color--primary": accent,
        "--chat--color--primary-shade-50": _darker(accent, 92),
        "--chat--color--primary--shade-100": _darker(accent, 84),
        "--chat--color--secondary": accent,
        "--chat--color-secondary-shade-50": _darker(accent, 92),
        "--chat--color-white": ground,
        "--chat--color-light": ground,
        "--chat--color-light-shade-50": f"color-mix(in oklab, {ink} 11%, {ground})",
        "--chat--color-light-shade-100": f"color-mix(in oklab, {ink} 24%, {ground})",
        "--chat--color-medium": f"color-mix(in oklab, {ink} 24%, {ground})",
        "--chat--color-dark": ink,
        "--chat--color-typing": ink,
        "--chat--spacing": _SPACING[theme.density],
        "--chat--border-radius": radius,
        "--chat--font-family": _family(widget.typography.font_family, "sans-serif"),
        "--chat--font-family--monospace": _family(
            widget.typography.font_family_mono, "monospace"
        ),
        "--chat--window--width": f"{layout.width}px",
        "--chat--window--height": f"{layout.height}px",
        "--chat--window--right": f"{layout.offset_x}px",
        "--chat--window--bottom": f"{layout.offset_y}px",
        "--chat--window--border-radius": radius,
        "--chat--window--z-index": str(widget.layout.z_index),
        "--chat--toggle--size": f"{widget.launcher.size}px",
        "--chat--toggle--background": launcher.background
        if launcher.enabled
        else accent,
        "--chat--toggle--color": launcher.icon if launcher.enabled else on_accent,
        "--chat--toggle--border-radius": {
            "circle": "50%",
            "rounded": "30%",
            "square": "0",
        }[widget.launcher.shape],
        "--chat--header--background": ground,
        "--chat--header--color": ink,
        "--chat--header--border-bottom": "1px solid var(--chat--color-light-shade-50)",
        "--chat--body--background": ground,
        "--chat--footer--background": ground,
        "--chat--footer--color": ink,
        "--chat--message--font-size": f"{widget.typography.base_size}px",
        "--chat--message--padding": f"{widget.messages.bubble_padding}px",
        "--chat--message--margin-bottom": f"{widget.messages.spacing}px",
        "--chat--message--bot--background": raised
        if widget.messages.style == "bubbles"
        else "transparent",
        "--chat--message--bot--color": ink,
        "--chat--message--user--background": own.background if own.enabled else accent,
        "--chat--message--user--color": own.text if own.enabled else on_accent,
        "--chat--message--pre--background": f"color-mix(in oklab, {ink} 5%, {ground})",
        "--chat--message--actions--color": icon,
        "--chat--input--background": ground,
        "--chat--input--container--background": ground,
        "--chat--input--text-color": ink,
        "--chat--input--send--button--background": ground,
        "--chat--input--send--button--color": icon,
        "--chat--input--file--button--background": ground,
        "--chat--input--file--button--color": icon,
        "--chat--button--background--primary": accent,
        "--chat--button--color--primary": on_accent,
    }


def _colors(widget: N8nWidget, dark: bool) -> tuple[str, str, str]:
    """Words, ground and what stands raised on it, all opaque."""
    theme, scheme = widget.theme, "dark" if dark else "light"
    text, surface = theme.text, theme.surface
    ink, ground, raised = _INK[scheme], _GROUND[scheme], _RAISED[scheme]
    if surface.enabled:
        ground = surface.dark_background if dark else surface.background
        raised = surface.dark_foreground if dark else surface.foreground
    if text.enabled:
        ink = text.dark_color if dark else text.color
    ground = over(ground, _GROUND[scheme])
    return over(ink, ground), ground, over(raised, ground)


def _readable_on(color: str) -> str:
    return max("#ffffff", "#000000", key=lambda ink: contrast(ink, color))


def _darker(color: str, percent: int) -> str:
    return f"color-mix(in oklab, {color} {percent}%, black)"


def _family(name: str, kind: str) -> str:
    system = (
        "system-ui, sans-serif" if kind == "sans-serif" else "ui-monospace, monospace"
    )
    return system if name == "System" else f'"{name}", {system}'


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
