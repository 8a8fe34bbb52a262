"""Tickets open for whom they were sealed, and for nobody else."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from server.store.keys import FixedKeys
from server.talk.errors import TicketRefused
from server.talk.tickets import Tickets

OLD, NEW = b"o" * 32, b"n" * 32
KEY, SITE = "k" * 16, "https://shop.example"
SAID = {"token": "resume-canary"}


def tickets(*keys: bytes, kind: str = "talk", now: float = 1000.0) -> Tickets:
    return Tickets(FixedKeys(keys or (OLD,)), kind, lambda: now)


@given(st.dictionaries(st.text(), st.text()), st.text(), st.text())
def test_what_is_sealed_comes_back(said: dict[str, str], key: str, site: str) -> None:
    one = tickets()
    assert one.open(key, site, one.seal(key, site, said, 1)) == said


def test_nothing_of_it_can_be_read() -> None:
    ticket = tickets().seal(KEY, SITE, SAID, 60)
    assert "canary" not in ticket
    assert ticket != tickets().seal(KEY, SITE, SAID, 60)


@pytest.mark.parametrize(
    ("opener", "key", "site"),
    [
        (tickets(), "x" * 16, SITE),
        (tickets(), KEY, "https://evil.example"),
        (tickets(), KEY, ""),
        (tickets(kind="press"), KEY, SITE),
        (tickets(NEW), KEY, SITE),
        (tickets(now=1060.0), KEY, SITE),
    ],
)
def test_it_opens_nowhere_else(opener: Tickets, key: str, site: str) -> None:
    ticket = tickets().seal(KEY, SITE, SAID, 60)
    with pytest.raises(TicketRefused):
        opener.open(key, site, ticket)


def test_it_opens_after_a_rotation() -> None:
    ticket = tickets(OLD).seal(KEY, SITE, SAID, 60)
    assert tickets(NEW, OLD).open(KEY, SITE, ticket) == SAID


TICKET = tickets().seal(KEY, SITE, SAID, 60)


@given(st.integers(0, len(TICKET) - 2), st.characters())
def test_no_changed_ticket_opens(place: int, sign: str) -> None:
    assume(sign != TICKET[place])
    with pytest.raises(TicketRefused):
        tickets().open(KEY, SITE, TICKET[:place] + sign + TICKET[place + 1 :])


@given(st.text())
def test_no_made_up_ticket_opens(text: str) -> None:
    for ticket in (text, f"{FixedKeys((OLD,)).current()[0]}.{text}"):
        with pytest.raises(TicketRefused):
            tickets().open(KEY, SITE, ticket)
