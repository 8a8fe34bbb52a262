"""Our few lines of colour against coloraide's many."""

from __future__ import annotations

import math

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from exporter.colors import contrast, mixed, over, readable, words_on

colors = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@given(colors, colors)
def test_contrast_is_wcags(one: str, other: str) -> None:
    expected = Color(one).contrast(other, method="wcag21")
    assert contrast(one, other) == pytest.approx(expected, rel=1e-3)
    assert contrast(one, other) == contrast(other, one)


@given(colors, colors, st.integers(0, 255))
def test_what_is_seen_through_a_colour(front: str, back: str, alpha: int) -> None:
    seen = over(f"{front}{alpha:02x}", back)
    parts = zip(
        *(bytes.fromhex(color[1:]) for color in (front, back, seen)), strict=True
    )
    for top, ground, shown in parts:
        assert abs(shown - (top * alpha + ground * (255 - alpha)) / 255) <= 0.5


def test_an_opaque_colour_hides_what_is_below() -> None:
    assert over("#123456", "#ffffff") == "#123456"


@given(colors, colors, st.sampled_from([3.0, 4.5]))
def test_the_fix_is_readable(color: str, ground: str, least: float) -> None:
    assert contrast(readable(color, ground, least), ground) >= least


@given(colors)
def test_words_on_a_colour_are_read(ground: str) -> None:
    assert contrast(words_on(ground), ground) >= 4.5


@given(colors, colors)
def test_the_fix_keeps_the_hue(color: str, ground: str) -> None:
    before = Color(color).convert("oklch")
    after = Color(readable(color, ground, 4.5)).convert("oklch")
    turn = math.radians(abs(before["hue"] - after["hue"]) % 360)
    turn = min(turn, 2 * math.pi - turn) if math.isfinite(turn) else 0
    # Eight bits a channel leave few hues next to black.
    assert (
        after["lightness"] < 0.2
        or after["chroma"] * math.sin(min(turn, math.pi / 2)) < 0.01
    )


@given(colors, colors)
def test_a_colour_that_is_readable_hardly_moves(color: str, ground: str) -> None:
    if contrast(color, ground) < 4.6:
        return
    fixed = readable(color, ground, 4.5)
    assert contrast(fixed, ground) >= 4.5


@given(colors, colors, st.floats(0, 1))
def test_mixing_is_oklabs(one: str, other: str, share: float) -> None:
    expected = Color(other).mix(one, share, space="oklab").convert("srgb").fit()
    found = Color(mixed(one, other, share))
    for ours, theirs in zip(found.coords(), expected.coords(), strict=True):
        assert ours == pytest.approx(theirs, abs=0.012)
