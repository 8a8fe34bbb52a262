"""Server-sent events of model servers, whichever of the two interfaces they speak."""

from __future__ import annotations

import json
from typing import Any

from server.chatkit.backends._lines import Lines
from server.chatkit.errors import BackendError

_ENDS = ("response.completed", "response.incomplete")
_DECODE = json.JSONDecoder().raw_decode


class EventReader:
    """Fed with `feed`, and `end` at last, it answers the events that are whole.

    `has_ended` is whether the model said that this was all; behind `[DONE]` it
    `is_over`, and nothing more is read.
    """

    def __init__(self) -> None:
        self._lines = Lines()
        self.has_ended = self.is_over = False

    def feed(self, data: bytes) -> list[dict[str, Any]]:
        """What came; raises BackendError for what cannot be read."""
        return self._events(self._lines.feed(data))

    def end(self) -> list[dict[str, Any]]:
        """What the last line says, which nothing ended."""
        return self._events(self._lines.end())

    def _events(self, lines: list[str]) -> list[dict[str, Any]]:
        found = []
        for line in lines:
            if self.is_over or not line.startswith("data:"):
                continue
            data = line[5:].strip()
            if data == "[DONE]":
                self.has_ended = self.is_over = True
            elif data and isinstance(event := _parsed(data), dict):
                self.has_ended = self.has_ended or _is_last(event)
                found.append(event)
        return found


def _parsed(data: str) -> Any:
    try:
        value, end = _DECODE(data)  # without `loads` and its two searches for spaces
        if end != len(data):
            raise ValueError
    except (ValueError, RecursionError):
        raise BackendError("The model's answer cannot be read.") from None
    return value


def _is_last(event: dict[str, Any]) -> bool:
    choices = event.get("choices")
    if choices is None:
        return event.get("type") in _ENDS
    first = choices[0] if isinstance(choices, list) and choices else None
    return isinstance(first, dict) and bool(first.get("finish_reason"))
