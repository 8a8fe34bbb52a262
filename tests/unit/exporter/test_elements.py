"""Attributes are read as HTML, JSX and shortcodes write them, and never run."""

from __future__ import annotations

import re
from typing import Any

import pytest

from exporter.elements import attributes_at, first_element, pixels, sizes
from exporter.javascript import UnreadableScript
from exporter.literals import COMPUTED


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (" >", {}),
        ("/>", {}),
        (" a b=1 />", {"a": True, "b": "1"}),
        (""" a="x > y" b='{z}'>""", {"a": "x > y", "b": "{z}"}),
        (" a={1} b={-2.5} c={true}>", {"a": 1, "b": -2.5, "c": True}),
        (' a={{ "b c": [1, "}"] }} d="e"/>', {"a": {"b c": [1, "}"]}, "d": "e"}),
        (" {...rest} a={`x`}/>", {"a": "x"}),
        (" a={() => { go('>') }} b=\"c\">", {"a": COMPUTED, "b": "c"}),
        (' title="Q&amp;A &quot;here&quot;">', {"title": 'Q&A "here"'}),
        (' aria-label="x" data-a:b="y">', {"aria-label": "x", "data-a:b": "y"}),
        (' typebot="x"]', {"typebot": "x"}),
    ],
)
def test_what_people_write_is_read(source: str, found: dict[str, Any]) -> None:
    assert attributes_at(source, 0) == found


@pytest.mark.parametrize("source", ["", " a", ' a="x', " a={", " a={1", " ?>", " a={}"])
def test_what_is_cut_off_is_refused(source: str) -> None:
    with pytest.raises(UnreadableScript):
        attributes_at(source, 0)


def test_the_first_that_is_wanted_is_taken_with_its_name() -> None:
    text = '<Bubble x={1><Popup y="1"/><Bubble typebot="b"/>'
    opening = re.compile(r"<(Bubble|Popup)(?=\s)")
    wanted = first_element(text, opening, lambda one: "typebot" in one, name="call")
    assert wanted == {"call": "Bubble", "typebot": "b"}
    assert first_element(text, opening, lambda one: "none" in one) is None


@pytest.mark.parametrize(
    ("attributes", "found"),
    [
        ({}, {}),
        ({"width": "300", "height": "400px"}, {"width": "300", "height": "400px"}),
        (
            {"style": "border:0; WIDTH: 100% ; height:5px"},
            {"fill": True, "height": "5px"},
        ),
        ({"style": {"width": 7}, "width": "9"}, {"width": 7}),
        ({"style": COMPUTED}, {}),
    ],
)
def test_sizes_come_from_styles_or_attributes(
    attributes: dict[str, Any], found: dict[str, Any]
) -> None:
    assert sizes(attributes) == found


def test_a_length_is_whole_pixels() -> None:
    assert [pixels(72), pixels("72px"), pixels(" 71.6px")] == [72, 72, 72]
    for none in ("5em", "100vh", True, COMPUTED, None):
        with pytest.raises(ValueError, match=r"."):
            pixels(none)
