"""JSON values as source code in the languages that snippets are written in.

Text that people wrote stays text: what could end a script element, open a template
language's brackets or turn the direction of writing is written as an escape.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_RISKY = re.compile("[<>`{}\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_PHP = re.compile(r'[\\"$<>`{}]|[^\x20-\x7e\xa0-\U0010ffff]')
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_WIDTH = 64


@dataclass(frozen=True)
class Expression:
    """Code that stands where a value would."""

    text: str


@dataclass(frozen=True)
class Language:
    """How a language writes texts, the three words, and tables."""

    text: Callable[[str], str]
    words: dict[Any, str]
    table: tuple[str, str]
    between: str
    bare_names: bool = False


def js_text(text: str) -> str:
    """A text in double quotes for JavaScript, and for Python, which reads it alike."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _RISKY.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def php_text(text: str) -> str:
    """A text in double quotes for PHP 7 and later."""
    risky = re.compile(f"{_PHP.pattern}|{_RISKY.pattern}")
    return '"' + risky.sub(_php_escape, text) + '"'


def _php_escape(match: re.Match[str]) -> str:
    return f"\\{match[0]}" if match[0] in '\\"$' else f"\\u{{{ord(match[0]):x}}}"


JAVASCRIPT = Language(
    js_text, {None: "null", True: "true", False: "false"}, ("{", "}"), ": ", True
)
PYTHON = Language(
    js_text, {None: "None", True: "True", False: "False"}, ("{", "}"), ": "
)
PHP = Language(
    php_text, {None: "null", True: "true", False: "false"}, ("[", "]"), " => "
)


def written(value: Any, language: Language = JAVASCRIPT, indent: int = 0) -> str:
    """The value as code; what is too wide for a line is laid out, two blanks a level.

    `indent` is the depth, in blanks, of the line that it starts on.
    """
    deep = indent + 2
    if isinstance(value, Expression):
        return value.text.replace("\n", "\n" + " " * indent)
    if isinstance(value, str):
        return language.text(value)
    if value is None or isinstance(value, bool):
        return language.words[value]
    if isinstance(value, dict):
        items = [
            _name(name, language) + language.between + written(inner, language, deep)
            for name, inner in value.items()
        ]
        return _group(items, *language.table, indent, airy=language.bare_names)
    if isinstance(value, list | tuple):
        items = [written(inner, language, deep) for inner in value]
        return _group(items, "[", "]", indent)
    return json.dumps(value)


def _name(name: str, language: Language) -> str:
    if not language.bare_names:
        return language.text(name)
    if name == "__proto__":  # as a plain name it would set the prototype
        return '["__proto__"]'
    return name if _NAME.fullmatch(name) else language.text(name)


def _group(
    items: list[str], start: str, end: str, indent: int, *, airy: bool = False
) -> str:
    if not items:
        return start + end
    line = ", ".join(items)
    blank = " " if airy else ""
    if len(line) + indent <= _WIDTH and "\n" not in line:
        return f"{start}{blank}{line}{blank}{end}"
    room = "\n" + " " * (indent + 2)
    return f"{start}{room}{f',{room}'.join(items)},\n{' ' * indent}{end}"
