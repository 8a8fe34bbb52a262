"""A client's policy and what lies in the way, turned into lines that mend it."""

from __future__ import annotations

import json

from desktop.canvas.client_site import ClientSite, Violation
from desktop.canvas.site_report import HOST, overlap_findings, policy_findings
from exporter.policies import Policy

SERVER = "https://chat.example.com"
SITE = ClientSite("https://shop.example/", "http://localhost:1/t/w/KEY.js?open=1")
NEEDED = (f"script-src {HOST}", f"connect-src {HOST}")
OURS = "http://localhost:1/t/w/KEY.js"


def _refused(policy: str, directive: str = "script-src-elem") -> Violation:
    return Violation(directive, OURS, "", policy=policy)


def test_a_sites_own_troubles_are_its_own() -> None:
    others = [
        Violation("img-src", "https://ads.example/x.gif", "https://shop.example/a.js"),
        Violation("script-src-elem", "http://localhost:1", "", only_reported=True),
        Violation("", OURS, ""),
    ]
    assert policy_findings(others, SITE, NEEDED) == ()


def test_the_whole_need_is_told_though_the_first_refusal_ends_it() -> None:
    """The script is not let in, so nothing else of the widget was ever refused."""
    policy = "default-src 'self'; script-src 'self' 'unsafe-inline'"
    (found,) = policy_findings([_refused(policy)], SITE, NEEDED)
    assert found.policy
    assert "shop.example keeps the widget out" in found.sentence
    assert found.lines == (
        f"script-src 'self' 'unsafe-inline' {HOST}",
        f"connect-src 'self' {HOST}",
    )
    mended = Policy("; ".join(found.lines), SITE.address)
    assert mended.allows("script-src", HOST)
    assert mended.allows("connect-src", HOST)


def test_each_policy_has_its_own_lines() -> None:
    both = [_refused("script-src 'none'"), _refused("default-src https://a.example")]
    one, other = policy_findings(both, SITE, NEEDED, SERVER)
    assert one.lines == (f"script-src {SERVER}",)
    assert other.lines[0] == f"script-src https://a.example {SERVER}"


def test_what_was_refused_without_our_asking_is_in_the_lines() -> None:
    told = [
        Violation("font-src", "data", OURS, policy="font-src 'self'"),
        Violation("connect-src", "https://api.example/x", OURS, policy="font-src *"),
    ]
    first, second = policy_findings(told, SITE, ())
    assert first.lines == ("font-src 'self' data:",)
    assert second.lines == ("font-src * data:",)


def test_a_policy_that_knows_the_server_already_refuses_the_preview_only() -> None:
    policy = f"script-src 'self' {SERVER}; connect-src {SERVER}"
    needed = (f"script-src {SERVER}", f"connect-src {SERVER}")
    (found,) = policy_findings([_refused(policy)], SITE, needed, SERVER)
    assert found.lines == ()
    assert f"lets the widget in from {SERVER}" in found.sentence
    assert "Force preview" in found.asks


def test_where_nonces_rule_the_tag_gets_one() -> None:
    policy = "script-src 'nonce-r4nd' 'strict-dynamic'; connect-src 'self'"
    (found,) = policy_findings([_refused(policy)], SITE, NEEDED, SERVER)
    tag, line = found.lines
    assert tag.startswith("<script nonce=")
    assert f'src="{SERVER}/w/KEY.js"' in tag
    assert line == f"connect-src 'self' {HOST}"


def _overlap(**what: object) -> str:
    usual = {"name": "#cookies", "above": True, "room": 64, "under": 2147483000}
    return json.dumps([usual | what])


def test_what_lies_over_the_widget_is_named_with_both_ways_out() -> None:
    (found,) = overlap_findings(_overlap())
    assert found.sentence == "#cookies of the site lies over the widget."
    assert found.lines == ("#cookies { z-index: 2147482999 !important }",)
    assert found.raise_to == 80
    assert not found.policy


def test_what_lies_under_it_needs_room_only() -> None:
    (found,) = overlap_findings(_overlap(above=False))
    assert (found.lines, found.raise_to) == ((), 80)
    (tall,) = overlap_findings(_overlap(above=False, room=700))
    assert tall.raise_to == 0


def test_a_page_may_have_told_anything() -> None:
    for told in ("null", "", None, 5, "[" * 9999, "[3, {}]", '{"a": 1}', "nonsense"):
        assert all(not one.lines or one.sentence for one in overlap_findings(told))
    assert overlap_findings("null") == ()
