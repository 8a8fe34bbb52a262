"""Whose address it is: what proxies say counts from known proxies only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.contract.errors import InputError
from server.guard.addresses import Proxies, neighbourhood, parse_proxies

OURS = parse_proxies("10.0.0.0/8, fd00::/8")


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # no proxy of ours
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),  # it made the first up
        ("10.0.0.1", "198.51.100.1, 10.2.3.4", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("10.0.0.1", "[2001:db8::1]:443", "2001:db8::1"),
        ("10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("fd00::1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1, evil", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("", "198.51.100.1", ""),
        ("not an address", "198.51.100.1", ""),
    ],
)
def test_the_first_from_the_right_that_is_not_ours(
    peer: str, forwarded: str, client: str
) -> None:
    assert OURS.client(peer, forwarded) == client


@given(st.ip_addresses(), st.text(max_size=200))
def test_without_proxies_nobody_is_believed(peer: object, forwarded: str) -> None:
    said = Proxies().client(str(peer), forwarded)
    assert said == Proxies().client(str(peer), "")


@given(st.text(max_size=500))
def test_never_fails(forwarded: str) -> None:
    OURS.client("10.0.0.1", forwarded)
    neighbourhood(forwarded)


def test_an_ipv6_network_is_one_neighbour() -> None:
    assert neighbourhood("2001:db8::1") == neighbourhood("2001:db8::ffff:1")
    assert neighbourhood("2001:db8::1") != neighbourhood("2001:db8:0:1::1")
    assert neighbourhood("203.0.113.7") != neighbourhood("203.0.113.8")


@pytest.mark.parametrize("text", ["x", "10.0.0.0/40", "10.0.0.1/8"])
def test_what_is_no_network(text: str) -> None:
    with pytest.raises(InputError, match="VITRINE_PROXIES"):
        parse_proxies(text)
