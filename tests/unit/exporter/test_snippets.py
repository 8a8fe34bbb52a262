"""Embed code: right for every mode, and inert whatever people write."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.contract.errors import InputError
from exporter.contract.layout import MODES
from exporter.editing import with_values
from exporter.providers.registry import provider
from exporter.snippets import Snippet, checked_host, snippet, targets
from exporter.templates import inert

if TYPE_CHECKING:
    from exporter.contract.widget import Widget

HOST = "https://chat.example.com"
KEY = "AbcdefGhijkl0123"
WEBHOOK = "https://n8n.example/webhook/1/chat"
HOSTILE = (
    "\"quoted\" 'single' `tick`",
    "</script><script>alert(1)</script>",
    "<!-- --> ]]> <img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% raw %} ${alert(1)} #{x} <%= x %>",
    "\u202eesrever\u202c \u200f\u05d0\u05d1\u200e \u2066x\u2069",
    "😀 👩‍👩‍👧 &amp; &lt;b&gt; %s \\ \\n",
    "=== A title",
)
CASES = [
    (target.name, mode)
    for target in targets()
    for mode in target.modes
    if target.provider in ("", "n8n")
]
READABLE = {"html", "vue", "svelte", "astro"}


class Page(HTMLParser):
    """Elements with attributes, and the text, as a browser would read them."""

    def __init__(self, code: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(code)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def widget(**values: Any) -> Widget:
    paths = {path.replace("__", "."): value for path, value in values.items()}
    fresh = provider("n8n").widget(provider="n8n", key=KEY)
    known = {"domains": ["shop.example"], "connection.webhook_url": WEBHOOK}
    return with_values(fresh, {**known, **paths})


def test_popup_is_one_script_that_blocks_nothing() -> None:
    made = snippet(widget(), HOST)
    assert made.code == f'<script src="{HOST}/w/{KEY}.js" async></script>\n'
    assert made.notes == ()


def test_inline_has_the_place_and_the_script_that_fills_it() -> None:
    place, script = Page(snippet(widget(), HOST, mode="inline").code).elements
    assert place == ("div", {"id": f"vitrine-{KEY}"})
    assert script[1] == {
        "src": f"{HOST}/w/{KEY}.js",
        "data-mode": "inline",
        "data-target": f"#vitrine-{KEY}",
        "async": None,
    }


def test_full_page_is_a_link_or_a_frame() -> None:
    made = snippet(widget(), HOST, mode="fullpage")
    ((link, attributes),) = Page(made.code).elements
    assert (link, attributes["href"]) == ("a", f"{HOST}/chat/{KEY}")
    ((title, frame),) = made.alternatives
    assert title == "In a frame"
    ((tag, attributes),) = Page(frame).elements
    assert (tag, attributes["src"]) == ("iframe", f"{HOST}/chat/{KEY}")
    assert attributes["title"] == "New widget"


def test_portal_is_a_link_that_says_so_where_the_widget_does_not() -> None:
    own = snippet(widget(layout__mode="portal"), HOST)
    other = snippet(widget(), HOST, mode="portal")
    assert Page(own.code).elements[0][1]["href"] == f"{HOST}/chat/{KEY}"
    assert Page(other.code).elements[0][1]["href"] == f"{HOST}/chat/{KEY}?mode=portal"


def test_a_mode_other_than_the_widgets_own_is_said_in_the_tag() -> None:
    made = snippet(widget(layout__mode="portal"), HOST, mode="popup")
    assert Page(made.code).elements[0][1]["data-mode"] == "popup"


def test_the_frame_asks_for_the_microphone_only_for_dictation() -> None:
    silent = snippet(widget(), HOST, target="iframe", mode="inline")
    spoken = snippet(
        widget(composer__dictation__enabled=True), HOST, target="iframe", mode="inline"
    )
    assert Page(silent.code).elements[0][1]["allow"] == "clipboard-write"
    assert Page(spoken.code).elements[0][1]["allow"] == "microphone; clipboard-write"


def test_the_frame_is_as_large_as_the_widget() -> None:
    values = {"layout__inline__width": 400, "layout__inline__height": 500}
    made = snippet(widget(**values), HOST, target="iframe", mode="inline")
    style = str(Page(made.code).elements[0][1]["style"])
    assert "width: 400px; height: 500px" in style


def test_the_link_is_nothing_but_the_address() -> None:
    made = snippet(widget(), HOST, target="link", mode="fullpage")
    assert made.code == f"{HOST}/chat/{KEY}\n"


def test_a_widget_without_sites_says_that_it_runs_nowhere() -> None:
    assert "No site" in snippet(widget(domains=[]), HOST).notes[0]
    assert snippet(widget(domains=[], any_site=True), HOST).notes == ()


@pytest.mark.parametrize(("target", "mode"), CASES)
@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_inert_and_intact(target: str, mode: Any, name: str) -> None:
    calm = snippet(widget(name="calm"), HOST, target=target, mode=mode)
    made = snippet(widget(name=name), HOST, target=target, mode=mode)
    if made.language in READABLE:
        assert shape(made) == shape(calm)
    for code, quiet in zip(codes(made), codes(calm), strict=True):
        if "calm" in quiet and made.language in READABLE and target != "n8n-chat":
            assert name in {Page(code).text.strip(), *titles(code)}
        for sign in ("{{", "${", "{%", "<script", "</script", "<!--"):
            assert code.count(sign) == quiet.count(sign), sign
        assert "\u202e" not in code


def shape(made: Snippet) -> list[list[tuple[str, tuple[str, ...]]]]:
    return [
        [(tag, tuple(attributes)) for tag, attributes in Page(code).elements]
        for code in codes(made)
    ]


def codes(made: Snippet) -> list[str]:
    others = [code for title, code in made.alternatives if title != "As plain text"]
    return [made.code, *others]


def titles(code: str) -> set[str]:
    return {str(each[1].get("title")) for each in Page(code).elements}


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_survives_html(text: str) -> None:
    # A parser replaces what HTML cannot hold, and reads line ends as one.
    if any(letter in "\x00\r" or "\x80" <= letter <= "\x9f" for letter in text):
        return
    page = Page(f'<a title="{inert(text)}">{inert(text)}</a>')
    assert page.text == text
    assert page.elements == [("a", {"title": text})]


@pytest.mark.parametrize(("target", "mode"), CASES)
def test_every_target_guides_every_mode(target: str, mode: Any) -> None:
    made = snippet(widget(), HOST, target=target, mode=mode)
    assert made.code.strip()
    assert made.place.endswith(".")
    assert made.steps
    assert "\n\n\n" not in made.code
    assert all(line == line.rstrip() for line in made.code.splitlines())


def test_every_mode_has_a_target() -> None:
    assert {mode for _, mode in CASES} == set(MODES)


@pytest.mark.parametrize(
    ("host", "kept"),
    [
        ("https://chat.example.com", "https://chat.example.com"),
        ("https://chat.example.com/", "https://chat.example.com"),
        (
            " https://chat.example.com:8443/vitrine/ ",
            "https://chat.example.com:8443/vitrine",
        ),
        ("http://localhost:8080", "http://localhost:8080"),
    ],
)
def test_hosts_that_are_taken(host: str, kept: str) -> None:
    assert checked_host(host) == kept


@pytest.mark.parametrize(
    "host",
    [
        "",
        " ",
        "chat.example.com",
        "http://chat.example.com",
        "javascript:alert(1)",
        "https://chat.example.com?x",
        "https://chat.example.com/#",
        "https://user:pass@chat.example.com",
        'https://chat.example.com"><script>',
        "https://chat.example.com\nx",
        "https://",
    ],
)
def test_hosts_that_are_refused(host: str) -> None:
    with pytest.raises(InputError, match=r"Write it like https://"):
        snippet(widget(), host)


def test_a_mode_that_a_target_cannot_show_is_refused_with_those_it_can() -> None:
    with pytest.raises(InputError, match="fullpage, portal"):
        snippet(widget(), HOST, target="link", mode="popup")


def test_an_unknown_target_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="html, iframe, link, qr"):
        snippet(widget(), HOST, target="parts")
