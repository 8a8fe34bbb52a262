"""Style sheets of saved pages reach nothing but what was saved."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.backdrops.styles import clean_css


def _take(address: str) -> str | None:
    return "part.png" if address == "a.png" else None


@pytest.mark.parametrize(
    ("css", "clean"),
    [
        ("a{background:url(a.png)}", 'a{background:url("part.png")}'),
        ("a{background:url( 'a.png' )}", 'a{background:url("part.png")}'),
        ('@import "a.png";', '@import url("part.png");'),
        ("a{fill:url(#b)}", 'a{fill:url("#b")}'),
        (
            "a{b:url(data:image/png;base64,AA==)}",
            'a{b:url("data:image/png;base64,AA==")}',
        ),
        (".w-1\\/2{}.md\\:a{}", ".w-1\\/2{}.md\\:a{}"),
        ('a::before{content:"\\f101"}', 'a::before{content:"\\f101"}'),
        ("a{b:image-set('a.png' 1x)}", 'a{b:image-set(url("part.png") 1x)}'),
        ("a{b:image-set(url(a.png) 1x)}", 'a{b:image-set(url("part.png") 1x)}'),
    ],
)
def test_its_own_parts_stay(css: str, clean: str) -> None:
    assert clean_css(css, _take) == clean


@pytest.mark.parametrize(
    "css",
    [
        "a{b:url(http://127.0.0.1:9/x)}",
        "a{b:URL( 'HTTP://127.0.0.1:9/x' )}",
        "a{b:\\75 rl(http://127.0.0.1:9/x)}",
        "a{b:u\\rl(http://127.0.0.1:9/x)}",
        "a{b:u\\000072l(http://127.0.0.1:9/x)}",
        '@import"http://127.0.0.1:9/x";',
        '@import/**/"http://127.0.0.1:9/x";',
        "@\\69mport 'http://127.0.0.1:9/x';",
        'a{b:image-set("http://127.0.0.1:9/x" 1x)}',
        'a{b:-webkit-image-set("//127.0.0.1:9/x" 1x)}',
        'a{b:url("http://127.0.0.1:9/x',
        "a{b:url(//127.0.0.1:9/x)}",
        "a{b:url(data:text/html,<b>http://127.0.0.1:9/)}",
        "a{b:url(file:///etc/passwd)}",
    ],
)
def test_nothing_else_does(css: str) -> None:
    clean = clean_css(css, _take)
    assert "127.0.0.1" not in clean
    assert "passwd" not in clean


@given(st.text("url(')\"\\/:#ab@import \n\x01;{}*<", max_size=60))
def test_what_it_names_is_what_was_taken(css: str) -> None:
    clean = clean_css(css, _take)
    for match in re.finditer(r'url\("([^"]*)"\)', clean):
        assert match[1] == "part.png" or match[1].startswith("#")
    assert "\x01" not in clean


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece",
    [
        "url(",
        "url('",
        'url("',
        "/*",
        "@import",
        "@import ",
        "image-set(",
        "\\",
        '"',
        "//",
    ],
)
def test_hostile_sheets_cost_no_more_than_long_ones(piece: str) -> None:
    assert "127.0.0.1" not in clean_css(piece * 200_000, _take)
