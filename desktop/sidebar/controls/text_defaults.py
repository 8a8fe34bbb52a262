"""The runtime's own words, which stand where the owner wrote none."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

from exporter.contract.texts import TEXT_KEYS

_ENTRY = re.compile(
    r"""["']?\b([a-z][a-z0-9_]*)["']?\s*:\s*("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
)


@cache
def default_texts(locale: str = "en") -> dict[str, str]:
    """Every text by its key; keys of which the runtime has none read as words."""
    return {key: key.replace("_", " ").capitalize() for key in TEXT_KEYS} | {
        key: text for key, text in _read(locale) if key in TEXT_KEYS
    }


def _read(locale: str) -> list[tuple[str, str]]:
    folder = files("resources").joinpath("runtime")
    sources = [folder.joinpath("locales", f"{locale}.js")]
    if locale == "en":  # what few widgets have comes by itself there
        sources.append(folder.joinpath("texts_more.js"))
    return [
        (match[1], _unquoted(match[2]))
        for source in sources
        if source.is_file()
        for match in _ENTRY.finditer(source.read_text("utf-8"))
    ]


def _unquoted(literal: str) -> str:
    body = literal[1:-1].replace("\\'", "'")
    if literal[0] == "'":
        body = re.sub(r'(?<!\\)"', r"\\\"", body)
    try:
        return str(json.loads(f'"{body}"'))
    except ValueError:
        return body
