"""The kinds of value: what they take, in which form, and how they refuse."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from exporter.contract.values import (
    Color,
    FontFamily,
    FontSource,
    Identifier,
    Image,
    Line,
    Link,
    Name,
    Scalar,
    Text,
    WebAddress,
    is_local_host,
    normal_color,
)


def taken(kind: Any, value: Any) -> Any:
    return TypeAdapter(kind).validate_python(value, strict=True)


def rule(kind: Any, value: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        taken(kind, value)
    (error,) = caught.value.errors()
    return str(error["type"])


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("#0EA5E9", "#0ea5e9"),
        ("#abc", "#aabbcc"),
        ("#abcd", "#aabbccdd"),
        ("#aabbccff", "#aabbcc"),
        ("#abcf", "#aabbcc"),
        (" white ", "#ffffff"),
        ("rebeccapurple", "#663399"),
        ("rgb(14 165 233)", "#0ea5e9"),
        ("rgb(14 165 233 / 50%)", "#0ea5e980"),
        ("transparent", "#00000000"),
        ("hsl(0 100% 50%)", "#ff0000"),
    ],
)
def test_colours_are_kept_as_hex(written: str, kept: str) -> None:
    assert taken(Color, written) == kept


@pytest.mark.parametrize(
    "value",
    [
        "",
        "nope",
        "#12345",
        "#ggg",
        "url(x)",
        "red;}",
        "var(--x)",
        "rgb(nan 0 0)",
        "a" * 999,
    ],
)
def test_what_is_no_colour_is_refused(value: str) -> None:
    assert rule(Color, value) == "color"


@given(st.text(max_size=30))
def test_any_text_is_a_colour_or_refused(text: str) -> None:
    try:
        color = normal_color(text)
    except PydanticCustomError:
        return
    assert normal_color(color) == color
    assert len(color) in (7, 9)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://n8n.example/webhook/a/chat",
        "https://n8n.example:8443/x?y=1",
        "https://bücher.example/",
        "http://localhost:5678/webhook/x",
        "http://127.0.0.1/",
        "http://[::1]:5678/",
        "http://10.0.0.8/x",
        "http://n8n:5678/x",
        "http://n8n.internal/x",
    ],
)
def test_addresses_that_are_taken(address: str) -> None:
    assert taken(WebAddress, address) == address


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("javascript:alert(1)", "url"),
        ("JaVaScRiPt:alert(1)", "url"),
        ("java\nscript:alert(1)", "url"),
        ("data:text/html,x", "url"),
        ("ftp://n8n.example", "url"),
        ("//n8n.example", "url"),
        ("n8n.example/webhook", "url"),
        ("https://", "url"),
        ("https:///x", "url"),
        ("https://?x", "url"),
        ("https://n8n .example", "url"),
        (" https://n8n.example", "url"),
        ("https://n8n.example\\@evil.example", "url"),
        ("https://n8n.example/\x00", "url"),
        ("https://n8n.example/\x1f", "url"),
        ("https://a..example/", "url"),
        ('https://a"b.example/', "url"),
        ("https://[::1", "url"),
        ("https://n8n.example:99999", "url"),
        ("https://n8n.example:x", "url"),
        ("https://user@n8n.example", "url_userinfo"),
        ("https://user:pass@n8n.example", "url_userinfo"),
        ("https://@n8n.example", "url_userinfo"),
        ("http://n8n.example", "url_https"),
        ("http://8.8.8.8", "url_https"),
        ("http://134744072/", "url_https"),
        ("http://0x8080808/", "url_https"),
        ("http://localhost.evil.example", "url_https"),
        ("https://" + "a" * 2048, "string_too_long"),
    ],
)
def test_addresses_that_are_refused(address: str, why: str) -> None:
    assert rule(WebAddress, address) == why


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost", True),
        ("a.localhost", True),
        ("192.168.0.1", True),
        ("169.254.169.254", True),
        ("[fd00::1]", True),
        ("n8n", True),
        ("8.8.8.8", False),
        ("2130706433", False),
        ("0x7f000001", False),
        ("shop.example", False),
        ("notlocalhost.example", False),
    ],
)
def test_who_can_answer_at_a_host(host: str, *, local: bool) -> None:
    assert is_local_host(host) is local


@pytest.mark.parametrize(
    "link", ["mailto:a@b.example", "tel:+49301", "https://a.example"]
)
def test_links_that_are_taken(link: str) -> None:
    assert taken(Link, link) == link


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "mailto:a b", "data:text/html,x", "vbscript:x", "/x"],
)
def test_links_that_are_refused(link: str) -> None:
    assert rule(Link, link) == "url"


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        (Image, "data:image/png;base64,@@", "image"),
        (Image, "data:text/html;base64,AAAA", "image"),
        (Image, "data:image/png,abc", "image"),
        (Image, "data:image/png;base64," + "A" * 700_000, "image_size"),
        (Image, "http://localhost/a.png", "url_https"),
        (FontSource, "", "font"),
        (FontSource, "data:font/eot;base64,AAAA", "font"),
        (FontSource, "data:font/woff2;base64," + "A" * 2_800_000, "font_size"),
        (FontFamily, "", "font_family"),
        (FontFamily, "a;}", "font_family"),
        (FontFamily, 'a"b', "font_family"),
        (Line, "a\nb", "line_break"),
        (Line, "a\u2028b", "line_break"),
        (Line, "a\x00b", "control_character"),
        (Line, "a" * 201, "string_too_long"),
        (Text, "a\x1bb", "control_character"),
        (Name, "", "string_too_short"),
        (Name, "   ", "blank"),
        (Name, "\u3000", "blank"),
        (Identifier, "", "string_pattern_mismatch"),
        (Identifier, "a b", "string_pattern_mismatch"),
        (Identifier, "a\n", "string_pattern_mismatch"),
        (Identifier, "__proto__", "reserved_name"),
        (Scalar, None, "scalar"),
        (Scalar, [], "scalar"),
        (Scalar, float("nan"), "finite_number"),
        (Scalar, float("-inf"), "finite_number"),
        (Scalar, 2**53, "safe_integer"),
    ],
)
def test_each_kind_refuses_by_its_own_rule(kind: Any, value: Any, why: str) -> None:
    assert rule(kind, value) == why


@pytest.mark.parametrize(
    "value", ["", "a", "\u200e\u05d0\u05d1\u200f 😀", "</script>", '"', "{{ }}"]
)
def test_texts_stay_as_they_are(value: str) -> None:
    assert taken(Line, value) == value


@pytest.mark.parametrize("value", [True, 0, -1, 1.5, "x", 2**53 - 1])
def test_metadata_keeps_its_type(value: Any) -> None:
    kept = taken(Scalar, value)
    assert (kept, type(kept)) == (value, type(value))
