"""What a launcher says before its chat is there, or where it cannot be had.

One line in each language of the runtime (`resources/runtime/locales`), short because a
script carries it before anything shows: its first line what the launcher is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exporter.contract.widget import Widget

_LINE = "\n"
WORDS = {
    "ar": "محادثة\nغير متصلة. أعد المحاولة",
    "de": "Chat\noffline. Erneut versuchen",
    "en": "Chat\noffline. Try again",
    "es": "Chat\nsin conexión. Reintentar",
    "fr": "Chat\nhors ligne. Réessayer",
    "he": "צ׳אט\nלא מקוון. לנסות שוב",  # noqa: RUF001  # Hebrew
    "it": "Chat\noffline. Riprova",
    "ja": "チャット\nオフライン。再試行",
    "nl": "Chat\noffline. Probeer opnieuw",
    "pl": "Czat\noffline. Ponów próbę",
    "pt": "Chat\noffline. Tentar de novo",
    "sv": "Chatt\noffline. Försök igen",
    "tr": "Sohbet\nçevrimdışı. Tekrar dene",  # noqa: RUF001  # Turkish
    "zh": "聊天\n离线。重试",
}


def launcher_words(widget: Widget) -> dict[str, str]:
    """Of these what a page may need; by "en" where the widget speaks one language."""
    overrides, language = widget.texts.overrides, widget.texts.locale.partition("-")[0]
    lines = WORDS
    if language != "auto":
        lines = {"en": WORDS.get(language, WORDS["en"])}
    if own := overrides.get("unavailable"):
        lines = {"en": f"{lines['en'].partition(_LINE)[0]}{_LINE}– {own}"}
    if name := overrides.get("open_chat"):
        lines = {tag: _renamed(line, name) for tag, line in lines.items()}
    return dict(lines)


def _renamed(line: str, name: str) -> str:
    rest = line.partition(_LINE)[2].removeprefix("– ")
    return f"{name}{_LINE}– {rest}"
