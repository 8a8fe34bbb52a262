"""A conversation as a person writes it becomes what the preview plays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.canvas.script_text import steps_of


def test_whoever_speaks_has_a_line_and_goes_on_in_the_next() -> None:
    text = (
        "Visitor: Hello\nassistant: Two things:\n\n- one\n- two\n\n"
        "Buttons: Yes | | No \nWait: 1,5 s\nError: Busy\n"
    )
    steps, fault = steps_of(text)
    link = "https://example.com/"
    assert fault == ""
    assert steps == [
        {"user": "Hello"},
        {
            "assistant": "Two things:\n\n- one\n- two",
            "buttons": [{"text": "Yes", "link": link}, {"text": "No", "link": link}],
        },
        {"wait": 1500},
        {"error": "busy"},
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Nobody answers yet"),
        ("Visitor: hi", "Nobody answers yet"),
        ("hello", "Line 1: say who speaks"),
        ("\nAssistant: a\nError: oops", "Line 3: an error is one of network"),
        ("Assistant: a\nWait: long", "Line 2: a wait is a number"),
        ("Assistant: a\nWait: 61", "Line 2: a wait is a number"),
        ("Assistant: a\nWait: nan", "Line 2: a wait is a number"),
        ("Visitor: a\nButtons: b", "Line 2: buttons stand right after"),
        ("Assistant: a\nWait: 1\nmore", "Line 3: say who speaks"),
    ],
)
def test_a_fault_names_its_line_and_the_next_step(text: str, words: str) -> None:
    assert steps_of(text)[1].startswith(words)


@given(st.text())
def test_any_text_is_steps_or_a_sentence(text: str) -> None:
    steps, fault = steps_of(text)
    assert fault or steps
