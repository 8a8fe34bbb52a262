"""Origins by the hundred that look right and are not, at every route that asks."""

# ruff: noqa: RUF001 - letters that look alike are what is tried
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.contract.domains import compile_rules
from tests.unit.server.furnished import CHATKIT_KEY, N8N_KEY, SITE

if TYPE_CHECKING:
    from tests.hosting import House
    from tests.standins.n8n import N8nStandIn
    from tests.standins.openai import OpenAIStandIn

pytestmark = pytest.mark.anyio
RULES = compile_rules(("shop.example", "*.shop.example", "localhost:5173"))
GOOD = (
    "https://shop.example",
    "https://www.shop.example",
    "https://a.b.shop.example",
    "http://localhost:5173",
    "https://localhost:5173",
)
_HOSTS = (
    "evil.example shop.example.evil.example evilshop.example shop-example "
    "shop.example.com shopexample xshop.example shop.exampl shop.examples "
    "shop.example.. .shop.example ..shop.example www..shop.example shop..example "
    "shop.example. www.shop.example. SHOP.example Shop.Example WWW.shop.example "
    "shop.example%2eevil.example shop.example%00.evil.example shop.example%20 "
    "evil.example#shop.example evil.example?shop.example evil.example/shop.example "
    "evil.example\\shop.example evil.example\\.shop.example evil.example;shop.example "
    "evil.example,shop.example user@shop.example shop.example@evil.example "
    "user:pass@shop.example :@shop.example @shop.example shop.example:@evil.example "
    "xn--shp-fna.example xn--hop-ree.example xn--shop-epa.example xn--shop.example "
    "localhost localhost:5174 localhost:80 localhost:5173.evil.example 127.0.0.1 "
    "127.0.0.1:5173 [::1] [::1]:5173 0.0.0.0 0 2130706433 0x7f000001 127.1 "
    "shop.example:80 shop.example:8443 shop.example:444 shop.example:0 "
    "shop.example:65536 shop.example:0443 shop.example:443 shop.example:+443 "
    "shop.example: shop.example:-1 shop.example:a shop.example:443:443 "
    "[shop.example] shop.example] [::ffff:shop.example] *.shop.example * *.example "
    "example shop localhost.shop.example.evil.example"
).split()
_SPECIAL = (
    "ѕhop.example shοp.example shop.exаmple shop。example shop．example "
    "ｓhop.example ⓢhop.example shop.example\u200b sho\u00adp.example "
    "\u202eelpmaxe.pohs shöp.example"
).split()
_WHOLE = (
    "", "null", "NULL", "file://", "file:///", "about:blank", "data:text/html,x",
    "blob:https://shop.example", "https://", "https:", "https", "//shop.example",
    "shop.example", "https:shop.example", "https:/shop.example",
    "https:///shop.example", "https:\\\\shop.example", "https://shop.example/",
    "https://shop.example?", "https://shop.example#", "https://shop.example/a",
    "https://shop.example https://evil.example", "https://shop.example,null",
    "null, https://shop.example", " https://shop.example",
    "https://shop.example ", "https://shop.example\t", "\thttps://shop.example",
    "https://\tshop.example", "https://sho\tp.example", "HTTPS://shop.example",
    "Https://shop.example", "ftp://shop.example", "ws://shop.example",
    "wss://shop.example", "chrome-extension://shop.example",
    "moz-extension://shop.example", "javascript://shop.example",
    "capacitor://localhost", "app://shop.example", "http://shop.example",
    "http://www.shop.example", "http://shop.example:443", "http://shop.example:5173",
    "http://localhost", "http://[::1]:5173", "http://127.0.0.1:5173",
    "http://localhost.:5173", "http://LOCALHOST:5173", "http://evil.localhost:5173",
)  # fmt: skip
BAD = (*_WHOLE, *(f"https://{host}" for host in (*_HOSTS, *_SPECIAL)),
       *(f"http://{host}" for host in _HOSTS))  # fmt: skip


def _sent(origin: str) -> str:
    """What of it can be sent in a header at all."""
    return origin.encode("utf-8").decode("latin-1")


def test_there_are_hundreds() -> None:
    assert len(set(BAD)) > 180


@pytest.mark.parametrize("origin", GOOD)
def test_allowed(origin: str) -> None:
    assert RULES.allows(origin)


@pytest.mark.parametrize("origin", BAD)
def test_refused_by_the_rule(origin: str) -> None:
    assert not RULES.allows(origin)
    assert not RULES.allows(_sent(origin))


async def test_refused_by_every_route(
    house: House, openai: OpenAIStandIn, n8n: N8nStandIn
) -> None:
    """Each is refused by all three, with no leave to read the answer."""
    passed = []
    async with house.client() as client:
        for origin in BAD:
            head = {"origin": _sent(origin).encode("latin-1")} if origin else {}
            for path, body in (
                ("/api/chatkit/create-session", {"widget": CHATKIT_KEY}),
                (f"/api/chat-relay/{N8N_KEY}", {"action": "sendMessage"}),
                ("/api/events", {"widget": N8N_KEY, "event": "open"}),
            ):
                answer = await client.post(path, json=body, headers=head)
                readable = "access-control-allow-origin" in answer.headers
                if answer.status_code != 403 or readable:
                    passed.append((origin, path, answer.status_code))
    assert passed == []
    assert openai.requests == []
    assert n8n.received == []


@pytest.mark.parametrize("origin", [SITE, "https://www.shop.example"])
async def test_preflight_answers_exactly_the_origin(house: House, origin: str) -> None:
    async with house.client() as client:
        for path in (f"/api/chat-relay/{N8N_KEY}", f"/api/visitors/{CHATKIT_KEY}"):
            answer = await client.options(path, headers={"origin": origin})
            assert answer.headers["access-control-allow-origin"] == origin
            assert "origin" in answer.headers["vary"]
            assert "access-control-allow-credentials" not in answer.headers


async def test_preflight_of_a_site_that_may_not(house: House) -> None:
    async with house.client() as client:
        for path in (f"/api/chat-relay/{N8N_KEY}", f"/api/visitors/{CHATKIT_KEY}"):
            for origin in ("https://evil.example", "null", "http://localhost"):
                answer = await client.options(path, headers={"origin": origin})
                assert "access-control-allow-origin" not in answer.headers


_LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)


@given(st.lists(_LABEL, min_size=1, max_size=5), st.sampled_from(["http", "https"]))
def test_only_the_host_and_what_is_under_it(labels: list[str], scheme: str) -> None:
    host = ".".join(labels)
    rules = compile_rules(("shop.example", "*.shop.example"))
    good = host == "shop.example" or host.endswith(".shop.example")
    assert rules.allows(f"{scheme}://{host}") == (good and scheme == "https")
    assert rules.allows(f"https://{host}.shop.example")
    assert not rules.allows(f"https://{host}shop.example.{host}")


@given(st.text(max_size=40))
def test_no_other_text_is_an_origin(text: str) -> None:
    assert RULES.allows(text) == (text in GOOD) or text.startswith("http")
