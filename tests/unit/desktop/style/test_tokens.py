"""The app's own colours: all there, all readable, in both schemes."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor

from desktop.style.contrast import AA, AA_SHAPES, contrast
from desktop.style.tokens import DARK, LIGHT, Tokens

GROUNDS = ("panel", "ground", "raised", "field", "field_hover", "hover")
WORDS = ("text", "text_muted", "text_faint", "accent_text", "danger_text")
PAIRS = [
    *((word, ground) for word in WORDS for ground in GROUNDS),
    *((f"{mood}_text", f"{mood}_soft") for mood in ("accent", "danger")),
    *((f"{mood}_text", f"{mood}_soft") for mood in ("success", "warning")),
    *((f"{mood}_text", "panel") for mood in ("success", "warning")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "accent_pressed"),
    ("on_danger", "danger"),
    ("on_danger", "danger_hover"),
    ("on_danger", "danger_pressed"),
    ("on_tooltip", "tooltip"),
    ("text", "chosen"),
    ("text", "pressed"),
]
SHAPES = [
    (shape, ground)
    for shape in ("border_strong", "focus", "accent")
    for ground in ("panel", "raised")
] + [("text", ground) for ground in ("accent", "danger")]
SCHEMES = pytest.mark.parametrize(
    "tokens", [LIGHT, DARK], ids=lambda tokens: "dark" if tokens.dark else "light"
)


def _ratio(tokens: Tokens, one: str, other: str) -> float:
    return contrast(QColor(getattr(tokens, one)), QColor(getattr(tokens, other)))


@SCHEMES
@pytest.mark.parametrize(("word", "ground"), PAIRS)
def test_words_are_readable(tokens: Tokens, word: str, ground: str) -> None:
    assert _ratio(tokens, word, ground) >= AA


@SCHEMES
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_parts_of_controls_are_seen(tokens: Tokens, shape: str, ground: str) -> None:
    assert _ratio(tokens, shape, ground) >= AA_SHAPES


@SCHEMES
def test_the_ramp_has_twelve_even_steps(tokens: Tokens) -> None:
    lights = [QColor(step).lightnessF() for step in tokens.neutral]
    assert len(lights) == 12
    assert lights == sorted(lights, reverse=not tokens.dark)


@SCHEMES
def test_every_token_is_a_colour(tokens: Tokens) -> None:
    names = tokens.names()
    assert len(names) == len(Tokens._fields) - 2 + 12
    for value in names.values():
        assert re.fullmatch(r"#[0-9a-f]{6}([0-9a-f]{2})?", value)


def test_contrast_is_wcags() -> None:
    assert contrast(QColor("white"), QColor("black")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)
