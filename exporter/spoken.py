"""What a launcher is called aloud before its chat is there to say more.

One word in each language of the runtime (`resources/runtime/locales`), short because a
script carries it before anything shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exporter.contract.widget import Widget

WORDS = {
    "ar": "محادثة",
    "he": "צ׳אט",  # noqa: RUF001  # Hebrew
    "ja": "チャット",
    "pl": "Czat",
    "sv": "Chatt",
    "tr": "Sohbet",
    "zh": "聊天",
}
"""By language; in the others it is "Chat"."""


def launcher_words(widget: Widget) -> dict[str, str]:
    """Of these what a page may need; by "" where the widget speaks one language."""
    if widget.launcher.label or widget.texts.overrides.get("open_chat"):
        return {}
    locale = widget.texts.locale
    if locale == "auto":
        return dict(WORDS)
    word = WORDS.get(locale.partition("-")[0])
    return {"": word} if word else {}
