"""The languages that OpenAI's own ChatKit speaks."""

from __future__ import annotations

from exporter.contract.locales import LOCALES

_TRANSLATED = {tag for tag in LOCALES if tag != "he"}
_SPOKEN = _TRANSLATED | {tag.partition("-")[0] for tag in _TRANSLATED} | {"zh-Hant"}
"""`SupportedLocale` of `@openai/chatkit` 1.9.0: translations and their languages."""


def spoken(tag: str) -> str | None:
    """This locale, or its language, as ChatKit takes it; None where it has neither."""
    language = tag.partition("-")[0]
    return next((name for name in (tag, language) if name in _SPOKEN), None)
