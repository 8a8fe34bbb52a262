"""Content-Security-Policies read as browsers read them."""

from __future__ import annotations

import pytest

from exporter.policies import Policy

PAGE = "https://shop.example/page"
HOST = "https://chat.example.com"


@pytest.mark.parametrize(
    ("policy", "directive", "source", "allowed"),
    [
        ("", "script-src", HOST, True),
        ("img-src 'none'", "script-src", HOST, True),
        ("default-src 'self'", "script-src", HOST, False),
        ("default-src 'self'", "connect-src", "https://shop.example", True),
        ("default-src 'none'; script-src https:", "script-src", HOST, True),
        ("script-src *", "script-src", HOST, True),
        ("script-src chat.example.com", "script-src", HOST, True),
        ("script-src http://chat.example.com", "script-src", HOST, True),
        ("script-src chat.example.com:8443", "script-src", HOST, False),
        ("script-src chat.example.com:*", "script-src", HOST + ":9", True),
        ("script-src *.example.com", "script-src", HOST, True),
        ("script-src *.example.com", "script-src", "https://example.com", False),
        ("SCRIPT-SRC 'self' CHAT.example.com", "script-src", HOST, True),
        ("script-src 'nonce-x' 'strict-dynamic' https:", "script-src", HOST, False),
        ("script-src 'unsafe-inline'", "script-src", HOST, False),
        ("script-src 'none'; script-src *", "script-src", HOST, False),
        ("script-src *; script-src-elem 'self'", "script-src", HOST, False),
        ("child-src *; default-src 'none'", "frame-src", HOST, True),
        ("img-src *", "img-src", "data:", False),
        ("img-src data: https:", "img-src", "data:", True),
        ("connect-src https://n8n.example", "connect-src", "wss://n8n.example", False),
        ("connect-src n8n.example", "connect-src", "wss://n8n.example", True),
    ],
)
def test_sources(policy: str, directive: str, source: str, allowed: bool) -> None:
    assert Policy(policy, PAGE).allows(directive, source) is allowed


@pytest.mark.parametrize(
    "text", [";;;", "default-src", " ; x y z", "script-src \x00 ://"]
)
def test_nonsense_is_read_without_an_error(text: str) -> None:
    assert Policy(text, PAGE).allows("script-src", HOST) in (True, False)


@pytest.mark.parametrize(
    ("policy", "needed", "lines"),
    [
        ("", [f"script-src {HOST}"], ()),
        ("script-src 'self'", [f"script-src {HOST}"], (f"script-src 'self' {HOST}",)),
        ("default-src 'self'", [f"script-src {HOST}"], (f"script-src 'self' {HOST}",)),
        ("default-src 'none'", [f"connect-src {HOST}"], (f"connect-src {HOST}",)),
        (
            "script-src *; script-src-elem 'self'",
            [f"script-src {HOST}"],
            (f"script-src-elem 'self' {HOST}",),
        ),
        ("child-src 'self'", [f"frame-src {HOST}"], (f"frame-src 'self' {HOST}",)),
        (
            f"default-src 'self'; connect-src {HOST}; img-src https:",
            [f"script-src {HOST}", f"connect-src {HOST}", "img-src https://a data:"],
            (f"script-src 'self' {HOST}", "img-src https: data:"),
        ),
    ],
)
def test_it_says_how_it_has_to_read(
    policy: str, needed: list[str], lines: tuple[str, ...]
) -> None:
    found = Policy(policy, PAGE)
    assert found.mended(needed) == lines
    mended = Policy("; ".join(lines) or policy, PAGE)
    for line in needed:
        directive, *sources = line.split()
        if any(line.startswith(directive) for line in lines):
            assert all(mended.allows(directive, source) for source in sources)


def test_a_page_that_goes_by_nonces_says_so() -> None:
    strict = "script-src 'nonce-x' 'strict-dynamic' https:; connect-src 'self'"
    assert Policy(strict, PAGE).asks_for_a_nonce
    assert not Policy("default-src 'self'", PAGE).asks_for_a_nonce
