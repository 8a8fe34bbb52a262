"""The saved JSON of the web original: flat keys, some under branding and style."""

from __future__ import annotations

import json
from typing import Any

from exporter.contract.icons import checked_icon
from exporter.importing import Goes

TITLE = "the web original's saved JSON"
_KNOWN = {"themeMode", "accentColor", "starterPrompts", "tintHue", "customCss"}


def read(text: str) -> dict[str, Any] | None:
    """The options, if this is such a file."""
    try:
        options = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(options, dict) or not _KNOWN & options.keys():
        return None
    return {name: value for name, value in options.items() if value is not None}


def provider_of(options: dict[str, Any]) -> str:
    """What its connection says, else n8n."""
    connection = options.get("connection")
    inner = connection if isinstance(connection, dict) else {}
    name = inner.get("provider", options.get("connection.provider"))
    return "chatkit" if name == "chatkit" else "n8n"


def _number(value: Any) -> int:
    return round(float(value))


def _prompts(items: list[Any]) -> list[dict[str, Any]]:
    return [
        {"label": item["label"], "icon": _icon(item.get("icon"))}
        for item in items
        if isinstance(item, dict) and item.get("label")
    ]


def _icon(name: Any) -> str:
    for guess in (str(name or ""), f"lucide:{name}"):
        try:
            return checked_icon(guess)
        except ValueError:
            continue
    return ""


_CSS = "Style sheets of one's own are not carried; the settings cover what they did."
_SECRET = "A key stays out of every file: enter it under Connection."
TABLE = {
    "themeMode": Goes("theme.color_scheme"),
    "useAccent": Goes("theme.accent.enabled"),
    "accentColor": Goes("theme.accent.primary"),
    "useTintedGrayscale": Goes("theme.grayscale.enabled"),
    "tintHue": Goes("theme.grayscale.hue", convert=_number),
    "tintLevel": Goes("theme.grayscale.tint", convert=_number),
    "shadeLevel": Goes("theme.grayscale.shade", convert=_number),
    "useCustomSurfaceColors": Goes("theme.surface.enabled"),
    "surfaceBackgroundColor": Goes("theme.surface.background"),
    "surfaceForegroundColor": Goes("theme.surface.foreground"),
    "useCustomTextColor": Goes("theme.text.enabled"),
    "customTextColor": Goes("theme.text.color"),
    "chatkitGrayscaleHue": Goes("theme.grayscale.hue", convert=_number),
    "chatkitGrayscaleTint": Goes("theme.grayscale.tint", convert=_number),
    "chatkitGrayscaleShade": Goes("theme.grayscale.shade", convert=_number),
    "chatkitAccentPrimary": Goes("theme.accent.primary"),
    "chatkitAccentLevel": Goes("theme.accent.level", convert=_number),
    "useCustomIconColor": Goes("theme.icon.enabled"),
    "customIconColor": Goes("theme.icon.color"),
    "useCustomUserMessageColors": Goes("theme.user_bubble.enabled"),
    "customUserMessageTextColor": Goes("theme.user_bubble.text"),
    "customUserMessageBackgroundColor": Goes("theme.user_bubble.background"),
    "fontFamily": Goes("typography.font_family"),
    "fontSize": Goes("typography.base_size", convert=_number),
    "customFontName": Goes("typography.font_family"),
    "customFontCss": Goes(why="A style sheet is no font file: import the file itself."),
    "useCustomFont": Goes(why="The font's name says it."),
    "customCss": Goes(why=_CSS),
    "radius": Goes("theme.radius"),
    "density": Goes("theme.density"),
    "greeting": Goes("start_screen.greeting"),
    "starterPrompts": Goes("start_screen.prompts", convert=_prompts),
    "placeholder": Goes("composer.placeholder"),
    "disclaimer": Goes("composer.disclaimer.text"),
    "enableAttachments": Goes("composer.attachments.enabled"),
    "enableModelPicker": Goes(why="Name the models under Composer."),
    "connection.provider": Goes(why="It chose the provider."),
    "connection.webhookUrl": Goes("connection.webhook_url"),
    "connection.routeParam": Goes("connection.route"),
    "connection.workflowId": Goes("connection.workflow_id"),
    "connection.apiKey": Goes(why=_SECRET),
}
