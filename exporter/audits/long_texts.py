"""Texts that do not fit a phone of 320 CSS px."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from exporter.contract.advice import AuditFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.audit import Subject

PHONE = 320
_WIDE, _NARROW, _USUAL = 1.0, 0.3, 0.54
_THIN = frozenset("iIjl.,:;!|'’ ftr()[]")


@dataclass(frozen=True)
class Place:
    """Room for a text: `width` of a line in CSS px, how many lines, `size` in px
    relative to the base size, and what happens beyond.
    """

    path: str
    width: int
    lines: int
    size: int
    outcome: str


_PLACES = (
    Place("header.title.text", 190, 1, 0, "It is cut off in the header"),
    Place("header.subtitle", 190, 1, -2, "It is cut off in the header"),
    Place("launcher.label", 200, 1, -1, "The launcher covers the page's width"),
    Place("launcher.teaser.text", 220, 3, -1, "The teaser covers the page"),
    Place("start_screen.greeting", 288, 3, 8, "It pushes the prompts off the screen"),
    Place("start_screen.button", 220, 1, 0, "It breaks inside the button"),
    Place("composer.placeholder", 216, 1, 0, "It is cut off in the field"),
)
_ITEMS = (
    Place("start_screen.prompts", 240, 2, 0, "The prompt takes more than two lines"),
    Place("composer.tools", 130, 1, -2, "It is cut off"),
    Place("composer.models", 130, 1, -2, "It is cut off"),
)


def audit(subject: Subject) -> Iterator[AuditFinding]:
    """Single texts, then labels of lists."""
    for place in _PLACES:
        text = subject.value(place.path)
        if isinstance(text, str) and subject.shows(place.path):
            yield from _checked(subject, place, place.path, text)
    for place in _ITEMS:
        for index, item in enumerate(subject.value(place.path) or ()):
            path = f"{place.path}.{index}.label"
            yield from _checked(subject, place, path, item["label"])


def _checked(
    subject: Subject, place: Place, path: str, text: str
) -> Iterator[AuditFinding]:
    size = subject.widget.typography.base_size + place.size
    lines = lines_needed(text, size, place.width)
    if lines > place.lines:
        room = "one line" if place.lines == 1 else f"{place.lines} lines"
        yield AuditFinding(
            path=path,
            rule="too_long_for_phones",
            level="warning",
            message=f"“{_short(text)}” is too long for a {PHONE} px phone.",
            why=f"{place.outcome} on small phones; there is room for {room}.",
            fix="Say it in fewer words.",
        )


def lines_needed(text: str, size: float, width: float) -> int:
    """About how many lines the text takes at a font size, in lines of `width` px."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        length = sum(map(_em, word)) * size
        gap = _NARROW * size if used else 0.0
        if used + gap + length <= width:
            used += gap + length
            continue
        lines += (1 if used else 0) + int(length // width)
        used = length % width
    return lines


def _em(letter: str) -> float:
    if combining(letter):
        return 0.0
    if east_asian_width(letter) in "WF":
        return _WIDE
    return _NARROW if letter in _THIN else _USUAL


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39].rstrip() + "…"
