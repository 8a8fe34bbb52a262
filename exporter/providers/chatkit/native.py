"""A widget as the options of the real ChatKit, and the session behind it.

The same mapping as resources/runtime/chatkit_options.js, which a test holds it to;
names and limits: `@openai/chatkit` 1.9.0 (November 2026).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exporter.code_text import Expression, js_text
from exporter.contract.errors import InputError
from exporter.contract.provider import Native
from exporter.providers.chatkit.brain import OURS
from exporter.providers.chatkit.locales import spoken
from exporter.providers.chatkit.runtime import faults
from exporter.providers.chatkit.session import session_request
from exporter.providers.chatkit.settings import ChatKitWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.contract.header import HeaderAction
    from exporter.contract.widget import Widget
    from exporter.providers.chatkit.settings import ChatKitConnection

VERSION = "1.6.1"
"""Of `@openai/chatkit-react`."""
_ASK = """async () => {
  const answer = await fetch("/api/chatkit/session", { method: "POST" });
  if (!answer.ok) throw new Error("The session was refused: " + answer.status);
  return (await answer.json()).client_secret;
}"""
_MEGABYTE = 1024 * 1024
_OTHER = "application/octet-stream"
_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "pdf": "application/pdf",
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "json": "application/json",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "svg": "image/svg+xml",
    "doc": "application/msword",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "zip": "application/zip",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "mp4": "video/mp4",
}


def native(widget: Widget) -> Native:
    """Options, and for a workflow the session's request; raises InputError."""
    assert isinstance(widget, ChatKitWidget)
    for path, sentence in faults(widget):
        raise InputError(sentence, f"It is the setting {path}.")
    connection = widget.connection
    if connection.kind in OURS:
        raise InputError(
            "OpenAI's own code has no way to our server, which answers this widget.",
            "Use our embed code, or choose “Own server” under Connection.",
        )
    hosted = connection.kind == "hosted"
    values: dict[str, Any] = {
        "version": VERSION,
        "hosted": hosted,
        "options": {"api": _api(connection), **_with_actions(widget)},
        "session": {},
    }
    if hosted:
        session = session_request(widget, "visitor")
        del session["user"]
        values["session"] = session
    return Native(values, tuple(_lost(widget)))


def _api(connection: ChatKitConnection) -> dict[str, Any]:
    if connection.kind == "server":
        return {"url": connection.url, "domainKey": connection.domain_key}
    return {"getClientSecret": Expression(_ASK)}


def options(widget: ChatKitWidget, *, dark: bool = False) -> dict[str, Any]:
    """All that a file can hold: everything but `api` and the buttons' `onClick`."""
    start, composer = widget.start_screen, widget.composer
    locale, disclaimer = widget.texts.locale, composer.disclaimer
    return _given(
        locale=None if locale == "auto" else spoken(locale),
        frameTitle=widget.behavior.frame_title,
        initialThread=widget.behavior.initial_thread,
        thread={"autoScroll": widget.behavior.auto_scroll},
        theme=_theme(widget, dark),
        header=_header(widget),
        history={
            "enabled": widget.history.enabled,
            "showDelete": widget.history.show_delete,
            "showRename": widget.history.show_rename,
        },
        startScreen=_given(
            greeting=start.greeting,
            prompts=[
                _given(label=one.label, prompt=one.prompt or one.label, icon=one.icon)
                for one in start.prompts
            ],
        ),
        composer=_composer(widget),
        disclaimer={"text": disclaimer.text, "highContrast": disclaimer.high_contrast}
        if disclaimer.text
        else None,
        threadItemActions={
            "feedback": widget.messages.feedback,
            "retry": widget.messages.retry,
        },
    )


def _theme(widget: ChatKitWidget, dark: bool) -> dict[str, Any]:
    theme, typography = widget.theme, widget.typography
    greys, accent, surface = theme.grayscale, theme.accent, theme.surface
    grounds = {
        "background": surface.dark_background if dark else surface.background,
        "foreground": surface.dark_foreground if dark else surface.foreground,
    }
    return {
        "colorScheme": "dark" if dark else "light",
        "radius": theme.radius,
        "density": theme.density,
        "typography": _given(
            baseSize=typography.base_size,
            fontFamily=_family(typography.font_family, "sans-serif"),
            fontFamilyMono=_family(typography.font_family_mono, "monospace"),
            fontSources=[
                _given(
                    family=font.family,
                    src=font.src,
                    weight=font.weight,
                    style=font.style,
                    display=font.display,
                    unicodeRange=font.unicode_range,
                )
                for font in typography.font_sources
            ],
        ),
        "color": _given(
            grayscale={"hue": greys.hue, "tint": greys.tint, "shade": greys.shade}
            if greys.enabled
            else None,
            accent={"primary": accent.primary, "level": accent.level}
            if accent.enabled
            else None,
            surface=grounds if surface.enabled else None,
        ),
    }


def _header(widget: ChatKitWidget) -> dict[str, Any]:
    header = widget.header
    left, right = header.left_action, header.right_action
    title = header.title
    return _given(
        enabled=header.enabled,
        title={"enabled": title.enabled, "text": title.text or widget.name},
        leftAction={"icon": left.icon} if left.enabled else None,
        rightAction={"icon": right.icon} if right.enabled else None,
    )


def _composer(widget: ChatKitWidget) -> dict[str, Any]:
    composer, files = widget.composer, widget.composer.attachments
    return _given(
        placeholder=composer.placeholder,
        attachments=_given(
            enabled=True,
            maxSize=files.max_size * _MEGABYTE,
            maxCount=files.max_count,
            accept=_accepted(files.accept) if files.accept else None,
        )
        if files.enabled
        else {"enabled": False},
        tools=[
            _given(
                id=tool.id,
                label=tool.label,
                icon=tool.icon or "sparkle",
                shortLabel=tool.short_label,
                placeholderOverride=tool.placeholder_override,
                pinned=tool.pinned,
                persistent=tool.persistent,
            )
            for tool in composer.tools
        ],
        models=[_given(**model.model_dump()) for model in composer.models],
        dictation={"enabled": composer.dictation.enabled},
    )


def _accepted(rules: tuple[str, ...]) -> dict[str, list[str]]:
    """Media types to endings, as file pickers want them."""
    kinds: dict[str, list[str]] = {}
    for rule in rules:
        if rule.startswith("."):
            kinds.setdefault(KINDS.get(rule[1:].lower(), _OTHER), []).append(rule)
        else:
            kinds.setdefault(rule, [])
    return kinds


def _family(name: str, kind: str) -> str:
    return "" if name == "System" else f"{js_text(name)}, {kind}"


def _given(**values: Any) -> dict[str, Any]:
    """Without what is not set: ChatKit refuses some empty values."""
    empty: tuple[Any, ...] = (None, "", [])
    return {name: value for name, value in values.items() if value not in empty}


def _with_actions(widget: ChatKitWidget) -> dict[str, Any]:
    """The options, with what only code can say: clicks, and the visitor's scheme."""
    made = options(widget, dark=widget.theme.color_scheme == "dark")
    if widget.theme.color_scheme == "auto":
        made["theme"]["colorScheme"] = Expression(
            'matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"'
        )
    header = widget.header
    for name, action in (
        ("leftAction", header.left_action),
        ("rightAction", header.right_action),
    ):
        if name in made["header"]:
            made["header"][name]["onClick"] = _click(action)
    return made


def _click(action: HeaderAction) -> Expression:
    if action.kind == "link":
        return Expression(f"() => location.assign({js_text(action.url or '/')})")
    return Expression(f"() => dispatchEvent(new Event({js_text(action.event)}))")


def _lost(widget: ChatKitWidget) -> Iterator[str]:
    yield (
        "This is OpenAI's own element without a server of ours: it has no launcher, "
        "and needs the site on OpenAI's domain list, or it stays blank."
    )
    if widget.connection.kind == "hosted":
        yield (
            "The session's endpoint is yours to run: set OPENAI_API_KEY there, never "
            "in a page. OpenAI gives 30 November 2026 as Agent Builder's last day."
        )
    if widget.theme.color_scheme == "auto" and widget.theme.surface.enabled:
        yield "Own surfaces were carried in their light colours only."
    if widget.domains:
        yield "Allowed sites are not enforced by it; OpenAI's domain list is."
    locale = widget.texts.locale
    if locale != "auto" and spoken(locale) is None:
        yield f"ChatKit has no translation for {locale}; it follows the browser."
    if widget.texts.overrides:
        yield "Own wording of the interface is not carried: ChatKit has its own."
    if any(
        action.enabled and action.kind == "event"
        for action in (widget.header.left_action, widget.header.right_action)
    ):
        yield "A header button's event reaches the page as an event on window."
