"""ChatKit's options (`@openai/chatkit` 1.9.0), as an object or inside a call."""

from __future__ import annotations

import re
from typing import Any

from exporter.importing import Goes
from exporter.literals import first_object

TITLE = "a ChatKit snippet or options object"
_CALL = re.compile(r"\b(?:setOptions|useChatKit)\)?\s*\(\s*(?=[\w${])")
_OBJECT = re.compile(r"(?:\A|=)\s*(?=\{)")
_MB = 1024 * 1024
_KNOWN = {"api", "theme", "composer", "startScreen", "threadItemActions", "disclaimer"}
_OTHERS = {"chatflowid", "typebot", "webhookUrl"}
_SNAKE = {
    "shortLabel": "short_label",
    "placeholderOverride": "placeholder_override",
    "unicodeRange": "unicode_range",
}
_EVENT = "The page's own code listens to the button's event."


def read(text: str) -> dict[str, Any] | None:
    """The options of a call, or of an object that looks like them."""
    for rule in (_CALL, _OBJECT):
        found = first_object(text, rule, _is_chatkit)
        if found is not None:
            return _plain(found)
    return None


def _is_chatkit(options: dict[str, Any]) -> bool:
    return bool(_KNOWN & options.keys()) and not _OTHERS & options.keys()


def provider_of(options: dict[str, Any]) -> str:
    """Always ChatKit."""
    return "chatkit"


def _plain(options: dict[str, Any]) -> dict[str, Any]:
    """A theme that is one word is its scheme."""
    theme = options.get("theme")
    if isinstance(theme, str):
        return {**options, "theme": {"colorScheme": theme}}
    return options


def _megabytes(size: float) -> int:
    return max(1, round(size / _MB)) if size > 1024 else round(size)


def _kinds(accept: Any) -> list[str]:
    if isinstance(accept, dict):
        return list(accept)
    return accept if isinstance(accept, list) else str(accept).split(",")


def _items(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {_SNAKE.get(name, name): value for name, value in item.items()}
        for item in items
    ]


def _fonts(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {**item, "weight": str(item["weight"])} if "weight" in item else item
        for item in _items(items)
    ]


def _action(side: str) -> dict[str, Goes]:
    path = f"header.{side}_action"
    also = ((f"{path}.enabled", True), (f"{path}.kind", "event"))
    return {
        f"header.{side}Action.icon": Goes(f"{path}.icon", also=also),
        f"header.{side}Action.onClick": Goes(why=_EVENT),
    }


_GREYS, _SURFACE = "theme.grayscale", "theme.surface"
_GREYS_ON = ((f"{_GREYS}.enabled", True),)
_SURFACE_ON = ((f"{_SURFACE}.enabled", True),)
TABLE = {
    "locale": Goes("texts.locale"),
    "frameTitle": Goes("behavior.frame_title"),
    "initialThread": Goes("behavior.initial_thread"),
    "thread.autoScroll": Goes("behavior.auto_scroll"),
    "theme.colorScheme": Goes("theme.color_scheme"),
    "theme.radius": Goes("theme.radius"),
    "theme.density": Goes("theme.density"),
    "theme.typography.baseSize": Goes("typography.base_size"),
    "theme.typography.fontFamily": Goes("typography.font_family"),
    "theme.typography.fontFamilyMono": Goes("typography.font_family_mono"),
    "theme.typography.fontSources": Goes("typography.font_sources", convert=_fonts),
    "theme.color.grayscale.hue": Goes(f"{_GREYS}.hue", also=_GREYS_ON),
    "theme.color.grayscale.tint": Goes(f"{_GREYS}.tint", also=_GREYS_ON),
    "theme.color.grayscale.shade": Goes(f"{_GREYS}.shade", also=_GREYS_ON),
    "theme.color.accent.primary": Goes("theme.accent.primary"),
    "theme.color.accent.level": Goes("theme.accent.level"),
    "theme.color.surface.background": Goes(f"{_SURFACE}.background", also=_SURFACE_ON),
    "theme.color.surface.foreground": Goes(f"{_SURFACE}.foreground", also=_SURFACE_ON),
    "header.enabled": Goes("header.enabled"),
    "header.title.enabled": Goes("header.title.enabled"),
    "header.title.text": Goes("header.title.text"),
    **_action("left"),
    **_action("right"),
    "history.enabled": Goes("history.enabled"),
    "history.showDelete": Goes("history.show_delete"),
    "history.showRename": Goes("history.show_rename"),
    "startScreen.greeting": Goes("start_screen.greeting"),
    "startScreen.prompts": Goes("start_screen.prompts", convert=_items),
    "composer.placeholder": Goes("composer.placeholder"),
    "composer.attachments.enabled": Goes("composer.attachments.enabled"),
    "composer.attachments.maxSize": Goes(
        "composer.attachments.max_size", convert=_megabytes
    ),
    "composer.attachments.maxCount": Goes("composer.attachments.max_count"),
    "composer.attachments.accept": Goes("composer.attachments.accept", convert=_kinds),
    "composer.tools": Goes("composer.tools", convert=_items),
    "composer.models": Goes("composer.models"),
    "composer.dictation.enabled": Goes("composer.dictation.enabled"),
    "disclaimer.text": Goes("composer.disclaimer.text"),
    "disclaimer.highContrast": Goes("composer.disclaimer.high_contrast"),
    "threadItemActions.feedback": Goes("messages.feedback"),
    "threadItemActions.retry": Goes("messages.retry"),
    "api.url": Goes("connection.url", also=(("connection.kind", "server"),)),
    "api.domainKey": Goes("connection.domain_key"),
    "api.getClientSecret": Goes(
        why="Sessions are minted by the server; paste the workflow's ID.",
        also=(("connection.kind", "hosted"),),
    ),
    "api.fetch": Goes(why="The widget asks the server by itself."),
    "entities": Goes(why="Its values are functions, which no file can hold."),
    "widgets": Goes(why="Its values are functions, which no file can hold."),
    "onClientTool": Goes(why="It is a function, which no file can hold."),
}
