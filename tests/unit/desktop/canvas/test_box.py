"""What a page says about itself is doubted."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.canvas.box import PREFIX, Box, parse_box

GOOD = {"mode": "popup", "corner": "bottom-right", "phone": False}


def test_a_box_is_read() -> None:
    line = json.dumps({**GOOD, "x": 1, "y": 2.5, "width": 3, "height": 4})
    box = parse_box(PREFIX + line)
    assert box is not None
    assert box.rect is not None
    assert box.rect.getRect() == (1, 2.5, 3, 4)


@pytest.mark.parametrize(
    "line",
    ["", "null", "[]", "3", '{"mode": 3}', "{", "[" * 5000, '"popup"'],
)
def test_nonsense_is_no_box(line: str) -> None:
    assert parse_box(PREFIX + line) is None


@pytest.mark.parametrize("number", [None, "1", True, 1e9, float("nan"), -5, 0])
def test_a_size_that_is_none_is_not_taken(number: object) -> None:
    line = json.dumps({**GOOD, "x": 0, "y": 0, "width": number, "height": 10})
    assert parse_box(PREFIX + line) == Box("popup", None, "bottom-right")


@given(st.recursive(st.none() | st.text() | st.floats() | st.integers(), st.lists))
def test_nothing_breaks_it(value: object) -> None:
    parse_box(PREFIX + json.dumps({**GOOD, "x": value, "width": value}))
