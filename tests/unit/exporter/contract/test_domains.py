"""Which sites may carry a widget: the rules, and those who try to get around them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exporter.contract.domains import compile_rules, parse_origin, parse_rule

labels = st.from_regex(r"[a-z][a-z0-9]{0,10}", fullmatch=True)
hosts = st.lists(labels, min_size=2, max_size=4).map(".".join)
ports = st.integers(1, 65535)


def allows(rule: str, origin: str) -> bool:
    return compile_rules((str(parse_rule(rule)),)).allows(origin)


@pytest.mark.parametrize(
    ("rule", "normal"),
    [
        ("shop.example", "shop.example"),
        ("  SHOP.Example. ", "shop.example"),
        ("*.shop.example", "*.shop.example"),
        ("shop.example:8443", "shop.example:8443"),
        ("localhost", "localhost"),
        ("localhost:5173", "localhost:5173"),
        ("127.0.0.1:80", "127.0.0.1:80"),
        ("[::1]:3000", "[::1]:3000"),
        ("[0:0::1]", "[::1]"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("\u0430pple.example", "xn--pple-43d.example"),  # a Cyrillic a shows itself
        ("*.github.io.example", "*.github.io.example"),
    ],
)
def test_rules_are_kept_in_their_normal_form(rule: str, normal: str) -> None:
    assert str(parse_rule(rule)) == normal
    assert str(parse_rule(normal)) == normal


@pytest.mark.parametrize(
    "rule",
    [
        "",
        " ",
        "*",
        "*.",
        "*.*",
        "*.com",
        "*.co.uk",
        "*.github.io",
        "*shop.example",
        "shop.*",
        "a.*.example",
        "*.*.example",
        "**.shop.example",
        "https://shop.example",
        "//shop.example",
        "shop.example/",
        "shop.example/path",
        "shop.example?",
        "shop.example#x",
        "user@shop.example",
        "user:pass@shop.example",
        "shop.example:0",
        "shop.example:65536",
        "shop.example:",
        "shop.example:80:80",
        "shop.example:8o",
        "shop.example, evil.example",
        "shop.example;evil.example",
        "shop.example evil.example",
        "shop.example\nevil.example",
        "shop.example\r\nX: y",
        "shop\\example",
        "shop..example",
        ".shop.example",
        "-shop.example",
        "shop-.example",
        "a" * 64 + ".example",
        ".".join(["a" * 60] * 5),
        "shop",
        "null",
        "file:",
        "'none'",
        "256.1.1.1",
        "1.2.3",
        "0x7f.0.0.1",
        "[::zz]",
        "[::1",
        "::1",
        "[fe80::1%eth0]",
        "sh_op.example",
        "😀\u200d.example",
    ],
)
def test_what_is_no_rule_is_refused_with_a_reason(rule: str) -> None:
    with pytest.raises(ValueError, match=r"^(is|has|covers) "):
        parse_rule(rule)


@pytest.mark.parametrize(
    "origin",
    [
        "https://shop.example.evil.example",
        "https://evilshop.example",
        "https://sub.shop.example",
        "https://shop.example.",
        "https://shop.example:444",
        "https://shop.example@evil.example",
        "https://user@shop.example",
        "https://evil.example#shop.example",
        "https://evil.example?shop.example",
        "https://evil.example/shop.example",
        "https://shop.example/",
        "https://SHOP.example",
        "HTTPS://shop.example",
        "http://shop.example",
        "http://shop.example:443",
        "ws://shop.example",
        "file://shop.example",
        "null",
        "file://",
        "",
        "shop.example",
        "//shop.example",
        "https://",
        "https:///shop.example",
        "https:shop.example",
        "https://shop.example\x00",
        "https://shop.example\n",
        "\thttps://shop.example",
        "https://shop.example ",
        "https://shop.example, https://shop.example",
        "https://shop.example:443\\@evil.example",
        "https://shop\u3002example",
        "https://\u0455hop.example",
        "https://shop.example:0443",
        "https://shop.example:99999",
        "https://shop.example:x",
        "https://[shop.example]",
        "https://[::1",
    ],
)
def test_only_the_site_itself_keeps_its_rule(origin: str) -> None:
    assert allows("shop.example", "https://shop.example")
    assert not allows("shop.example", origin)


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("https://a.shop.example", True),
        ("https://a.b.shop.example", True),
        ("https://shop.example", False),
        ("https://evilshop.example", False),
        ("https://.shop.example", False),
        ("https://a.shop.example.evil.example", False),
        ("http://a.shop.example", False),
        ("https://a.shop.example:8443", False),
    ],
)
def test_a_wildcard_covers_subdomains_and_not_the_apex(
    origin: str, *, allowed: bool
) -> None:
    assert allows("*.shop.example", origin) is allowed


@pytest.mark.parametrize(
    ("rule", "origin", "allowed"),
    [
        ("localhost:5173", "http://localhost:5173", True),
        ("localhost:5173", "https://localhost:5173", True),
        ("localhost:5173", "http://localhost:5174", False),
        ("localhost:5173", "http://localhost", False),
        ("localhost", "http://localhost", True),
        ("localhost", "http://localhost:3000", False),
        ("127.0.0.1:8000", "http://127.0.0.1:8000", True),
        ("[::1]:8000", "http://[::1]:8000", True),
        ("shop.example:8443", "https://shop.example:8443", True),
        ("shop.example:8443", "https://shop.example", False),
        ("shop.example:443", "https://shop.example", True),
        ("10.0.0.5", "http://10.0.0.5", False),
        ("localhost.evil.example", "http://localhost.evil.example", False),
    ],
)
def test_ports_match_and_http_is_for_this_computer(
    rule: str, origin: str, *, allowed: bool
) -> None:
    assert allows(rule, origin) is allowed


def test_an_empty_list_allows_nothing() -> None:
    rules = compile_rules(())
    assert not rules.allows("https://shop.example")
    assert not rules.allows("http://localhost:3000")
    assert rules.frame_ancestors() == "'none'"


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("https://any.example", True),
        ("http://localhost:3000", True),
        ("http://any.example", False),
        ("null", False),
        ("file://", False),
        ("", False),
    ],
)
def test_any_site_is_any_https_site(origin: str, *, allowed: bool) -> None:
    assert compile_rules((), any_site=True).allows(origin) is allowed


@given(hosts, hosts, st.none() | ports)
def test_another_host_never_keeps_a_rule(
    one: str, other: str, port: int | None
) -> None:
    assume(one != other)
    end = "" if port is None else f":{port}"
    assert allows(one + end, f"https://{one}{end}") or port == 80
    assert not allows(one + end, f"https://{other}{end}")
    assert not allows(one + end, f"https://{one}{end}.{other}")
    assert not allows(one + end, f"https://{other}{end}@{one}")


@given(hosts, labels)
def test_a_wildcard_is_its_subdomains(host: str, label: str) -> None:
    rule = f"*.wild.{host}"
    assert allows(rule, f"https://{label}.wild.{host}")
    assert not allows(rule, f"https://wild.{host}")
    assert not allows(rule, f"https://{label}wild.{host}")


@given(st.text(max_size=60))
def test_any_text_is_a_sound_rule_or_none(text: str) -> None:
    try:
        rule = str(parse_rule(text))
    except ValueError:
        return
    assert str(parse_rule(rule)) == rule
    assert rule.isascii()
    assert not set(rule) & set(" \r\n;,/'\"")


@given(st.text(max_size=60))
def test_any_text_is_an_origin_or_none(text: str) -> None:
    parts = parse_origin(text)
    assert parts is None or text.startswith(f"{parts[0]}://{parts[1]}")


@given(st.lists(hosts.map(lambda host: f"*.w.{host}") | hosts, max_size=4))
def test_the_headers_sources_are_those_of_the_check(domains: list[str]) -> None:
    rules = compile_rules(tuple(map(str, map(parse_rule, domains))))
    sources = rules.frame_ancestors().split()
    for source in sources:
        origin = source.replace("*", "sub")
        assert source == "'none'" or rules.allows(origin)
    assert not set("".join(sources)) & set(";,\r\n")
