"""Something that a widget stands on comes to its end, and the ways on from there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

LiveAnswer = Literal["", "answers", "refuses"]
"""What the vendor itself said last: "" where nobody asked, or nothing came back."""


@dataclass(frozen=True)
class Way:
    """One change that goes on without it and keeps everything else.

    `values` are settings for one undo step, `next_path` the setting to fill in then.
    """

    title: str
    values: dict[str, Any] = field(default_factory=dict)
    next_path: str = ""


@dataclass(frozen=True)
class Ending:
    """`message` says what ends and when, `why` what it means to visitors."""

    message: str
    why: str
    ways: tuple[Way, ...]
    is_over: bool = False
