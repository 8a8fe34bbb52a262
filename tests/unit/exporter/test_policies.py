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
