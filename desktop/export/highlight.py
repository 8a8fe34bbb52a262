"""Code in colours: Pygments reads it, the app's tokens colour it.

Pygments costs 40 ms to import, so this module is imported with the first code shown.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, Operator, String
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from desktop.style.appearance import color

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

_LEXERS = {"astro": "html", "svelte": "vue", "svg": "xml"}
_ROLES = (
    (Comment, "text_muted"),
    (String, "success_text"),
    (Number, "warning_text"),
    (Keyword, "accent_text"),
    (Name.Tag, "accent_text"),
    (Name.Attribute, "warning_text"),
    (Name.Builtin, "accent_text"),
    (Name.Function, "accent_text"),
    (Operator.Word, "accent_text"),
)
_LONGEST = 200_000  # more is shown plain: nobody reads it, and everybody would wait


class Span(NamedTuple):
    """A coloured stretch, in UTF-16 units as Qt counts; `role` is a token's name."""

    start: int
    end: int
    role: str


def spans(code: str, language: str) -> tuple[Span, ...]:
    """The coloured stretches of code, in order and apart from each other."""
    if len(code) > _LONGEST:
        return ()
    wide = _wide(code)
    found = []
    for index, kind, text in _lexer(language, "<?" in code).get_tokens_unprocessed(
        code
    ):
        role = _role(kind)
        if role and text:
            start = index + bisect_right(wide, index - 1)
            end = index + len(text)
            found.append(Span(start, end + bisect_right(wide, end - 1), role))
    return tuple(found)


class Highlighter(QSyntaxHighlighter):
    """Colours one document; `read` what it will show before it shows it."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._spans: tuple[Span, ...] = ()
        self._ends: list[int] = []
        self._formats = {role: _format(role) for _, role in _ROLES}

    def read(self, code: str, language: str) -> None:
        """Find out what is what in the code that comes next."""
        self._spans = spans(code, language)
        self._ends = [span.end for span in self._spans]

    def refresh(self) -> None:
        """Take the colours anew, after the app's appearance changed."""
        self._formats = {role: _format(role) for _, role in _ROLES}
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line from the stretches that touch it."""
        begin = self.currentBlock().position()
        end = begin + self.currentBlock().length()
        at = bisect_right(self._ends, begin)
        for span in self._spans[at:]:
            if span.start >= end:
                break
            start = max(span.start, begin)
            length = min(span.end, end) - start
            self.setFormat(start - begin, length, self._formats[span.role])


@cache
def _lexer(language: str, opened: bool) -> Lexer:
    """`opened`: whether PHP begins with its own tag, as a file and no piece."""
    options = {"startinline": not opened} if language == "php" else {}
    name = _LEXERS.get(language, language)
    return get_lexer_by_name(name, stripnl=False, ensurenl=False, **options)


@cache
def _role(kind: _TokenType) -> str:
    return next((role for family, role in _ROLES if family in kind.split()), "")


def _wide(code: str) -> list[int]:
    """Where characters stand that take two of Qt's units."""
    if code.isascii():
        return []
    return [at for at, letter in enumerate(code) if ord(letter) > 0xFFFF]


def _format(role: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(color(role)))
    return made
