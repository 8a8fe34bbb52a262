"""A snippet's pieces of code, each with the name its file is to have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from desktop.export.where import file_name

if TYPE_CHECKING:
    from exporter.snippets import Snippet

_SAVE_AS = re.compile(r"\b(?:the code|it) as ([\w./-]*\w\.\w+)", re.IGNORECASE)
_TITLE = re.compile(r"([^(]+?)\s*(?:\((.+)\))?", re.DOTALL)
_FILE = re.compile(r"[\w-]+\.\w+")
_ENDINGS = {
    "html": ".html",
    "jsx": ".jsx",
    "typescript": ".ts",
    "javascript": ".js",
    "astro": ".astro",
    "svelte": ".svelte",
    "vue": ".vue",
    "css": ".css",
    "php": ".php",
    "python": ".py",
    "bash": ".sh",
    "svg": ".svg",
    "text": ".txt",
}
_LANGUAGES = {ending: language for language, ending in _ENDINGS.items()} | {
    ".mjs": "javascript"
}
_RENDERED = ("email",)
_FIRST = {"link": "Address", "notion": "Address", "qr": "SVG"}


@dataclass(frozen=True)
class Part:
    """Code to take: `rich` is what a mail or document gets ("": the code, shown)."""

    title: str
    remark: str
    code: str
    language: str
    file: str
    rich: str = ""


def parts_of(made: Snippet, name: str) -> tuple[Part, ...]:
    """The code and its alternatives; `name` is the widget's."""
    return (
        _first(made, name),
        *(_other(title, code, made, name) for title, code in made.alternatives),
    )


def _first(made: Snippet, name: str) -> Part:
    asked = (_SAVE_AS.search(step) for step in made.steps)
    found = next((match[1] for match in asked if match), "")
    ending = _ENDINGS.get(made.language, ".txt")
    file = PurePosixPath(found).name or file_name(name, f"-{made.target}{ending}")
    title = PurePosixPath(found).name or _FIRST.get(made.target, "Code")
    return Part(title, "", made.code, made.language, file, _rich(made))


def _rich(made: Snippet) -> str:
    if made.target in _RENDERED:
        return made.code
    address = made.code.strip()
    if address == made.address:
        return f'<a href="{escape(address)}">{escape(address)}</a>'
    return ""


def _other(heading: str, code: str, made: Snippet, name: str) -> Part:
    match = _TITLE.fullmatch(heading)
    title, remark = (match[1], match[2] or "") if match else (heading, "")
    if _FILE.fullmatch(title):
        language = _LANGUAGES.get(PurePosixPath(title).suffix, "text")
        return Part(title, remark, code, language, title)
    language = _guessed(title, code)
    ending = _ENDINGS[language]
    words = re.sub(r"\W+", "-", title).strip("-").lower()
    return Part(title, remark, code, language, file_name(name, f"-{words}{ending}"))


def _guessed(title: str, code: str) -> str:
    if title == "npm" or code.startswith("npm "):
        return "bash"
    return "html" if code.lstrip().startswith("<") else "text"
