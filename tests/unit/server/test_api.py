"""Session and event routes: who may, what is taken, and what every refusal says."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

import pytest

from server.parts import Absence
from tests.standins.openai import GOOD_KEY, OTHER_PROJECT_KEY, OpenAIStandIn, fails
from tests.unit.server.conftest import PAUSED_KEY, Keys, Shelf
from tests.unit.server.furnished import CHATKIT_KEY, N8N_KEY, SITE

if TYPE_CHECKING:
    import httpx

    from server.app import App

pytestmark = pytest.mark.anyio
CREATE = "/api/chatkit/create-session"
FROM_SITE = {"origin": SITE}


def code(answer: httpx.Response) -> str:
    said = answer.json()["error"]
    assert set(said) == {"code", "message", "hint"}
    assert said["message"]
    return str(said["code"])


async def test_opens_a_session(
    client: httpx.AsyncClient, openai: OpenAIStandIn
) -> None:
    wanted = {"widget": CHATKIT_KEY, "user": "anna"}
    answer = await client.post(CREATE, json=wanted, headers=FROM_SITE)
    assert answer.status_code == 200
    session = openai.sessions[0]
    assert answer.json() == {
        "client_secret": session["client_secret"],
        "expires_at": session["expires_at"],
    }
    assert answer.headers["access-control-allow-origin"] == SITE
    assert answer.headers["cache-control"] == "no-store"
    assert "origin" in answer.headers["vary"]
    assert session["user"] == f"{CHATKIT_KEY}/anna"


async def test_a_beacon_may_ask_as_plain_text(
    client: httpx.AsyncClient, openai: OpenAIStandIn
) -> None:
    answer = await client.post(
        CREATE,
        content=json.dumps({"widget": CHATKIT_KEY}),
        headers={**FROM_SITE, "content-type": "text/plain;charset=UTF-8"},
    )
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "https://evil.example",
        "https://shop.example.evil.example",
        "https://evilshop.example",
        "http://shop.example",
        "https://shop.example:8443",
        "https://shop.example.",
        "https://SHOP.example",
        "https://user@shop.example",
        "https://shop.example/",
        "https://sub.shop.example",
        "file://",
    ],
)
@pytest.mark.parametrize("path", [CREATE, f"/api/chat-relay/{N8N_KEY}", "/api/events"])
async def test_other_sites_may_not(
    client: httpx.AsyncClient, openai: OpenAIStandIn, origin: str, path: str
) -> None:
    wanted = {"widget": CHATKIT_KEY}
    if path == "/api/events":
        wanted["event"] = "open"
    answer = await client.post(
        path, json=wanted, headers={"origin": origin} if origin else {}
    )
    assert answer.status_code == 403
    assert code(answer) == "origin_refused"
    assert openai.requests == []


async def test_any_site_is_the_owners_choice(
    client: httpx.AsyncClient, openai: OpenAIStandIn, shelf: Shelf
) -> None:
    widget = shelf.widgets[CHATKIT_KEY].widget
    shelf.put(widget.model_copy(update={"any_site": True}), "2")
    answer = await client.post(
        CREATE, json={"widget": CHATKIT_KEY}, headers={"origin": "https://a.example"}
    )
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"null",
        b"[" * 10_000,
        b"\xff",
        b"{}",
        b'{"widget": 5}',
        b'{"widget": "short"}',
        b'{"widget": "cccccccccccccccc", "user": {"id": "x"}}',
        b'{"widget": "cccccccccccccccc", "workflow": "wf_mine"}',
    ],
)
async def test_what_is_no_request(
    client: httpx.AsyncClient, openai: OpenAIStandIn, body: bytes
) -> None:
    answer = await client.post(CREATE, content=body, headers=FROM_SITE)
    assert answer.status_code == 400
    assert code(answer) == "bad_message"
    assert openai.requests == []


async def test_an_event_without_a_name_is_told_so(client: httpx.AsyncClient) -> None:
    said = {"widget": N8N_KEY}
    answer = await client.post("/api/events", json=said, headers=FROM_SITE)
    assert answer.status_code == 400
    assert "name one event" in answer.json()["error"]["message"]


async def test_a_body_too_large(client: httpx.AsyncClient) -> None:
    async def endless() -> object:
        for _ in range(100):
            yield b" " * 4096

    for content in (b" " * 100_000, endless()):
        answer = await client.post(CREATE, content=content, headers=FROM_SITE)
        assert answer.status_code == 413
        assert code(answer) == "message_too_large"


@pytest.mark.parametrize(
    ("absence", "status"),
    [
        (Absence.UNKNOWN, 404),
        (Absence.PAUSED, 410),
        (Absence.REVOKED, 410),
        (Absence.EXPIRED, 410),
    ],
)
async def test_absent_widgets_open_nothing(
    client: httpx.AsyncClient, shelf: Shelf, absence: Absence, status: int
) -> None:
    shelf.absent[PAUSED_KEY] = absence
    for path, body in (
        (CREATE, {"widget": PAUSED_KEY}),
        (f"/api/chat-relay/{PAUSED_KEY}", {"action": "sendMessage"}),
        ("/api/events", {"widget": PAUSED_KEY, "event": "open"}),
    ):
        answer = await client.post(path, json=body, headers=FROM_SITE)
        assert answer.status_code == status
        assert code(answer) == f"widget_{absence}"


async def test_a_widget_that_needs_no_session(client: httpx.AsyncClient) -> None:
    answer = await client.post(CREATE, json={"widget": N8N_KEY}, headers=FROM_SITE)
    assert answer.status_code == 409
    assert code(answer) == "not_ready"


async def test_no_key_yet(client: httpx.AsyncClient, keys: Keys) -> None:
    keys.clear()
    answer = await client.post(CREATE, json={"widget": CHATKIT_KEY}, headers=FROM_SITE)
    assert (answer.status_code, code(answer)) == (503, "no_key")


async def test_openais_refusals_come_through(
    client: httpx.AsyncClient, openai: OpenAIStandIn, keys: Keys
) -> None:
    keys[CHATKIT_KEY, "openai_api_key"] = OTHER_PROJECT_KEY
    answer = await client.post(CREATE, json={"widget": CHATKIT_KEY}, headers=FROM_SITE)
    assert (answer.status_code, code(answer)) == (502, "workflow_unknown")
    openai.behave(always=fails(429, "rate_limit_exceeded", retry_after="17"))
    answer = await client.post(CREATE, json={"widget": CHATKIT_KEY}, headers=FROM_SITE)
    assert (answer.status_code, code(answer)) == (429, "too_many")
    assert answer.headers["retry-after"] == "17"
    assert answer.headers["access-control-allow-origin"] == SITE


async def test_no_key_in_any_answer_or_log(
    client: httpx.AsyncClient, openai: OpenAIStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told = []
    for behaviour in (None, fails(500, GOOD_KEY), fails(401, GOOD_KEY), fails(400)):
        openai.behave(always=behaviour)
        answer = await client.post(
            CREATE, json={"widget": CHATKIT_KEY}, headers=FROM_SITE
        )
        told.append(answer.text + str(answer.headers))
    secret = openai.sessions[0]["client_secret"]
    assert secret in told[0]
    assert GOOD_KEY not in "".join(told) + caplog.text
    assert secret not in "".join(told[1:]) + caplog.text


async def test_preflight_lets_the_browser_ask(client: httpx.AsyncClient) -> None:
    for path in (CREATE, f"/api/chat-relay/{N8N_KEY}"):
        answer = await client.options(
            path,
            headers={
                **FROM_SITE,
                "access-control-request-method": "POST",
                "access-control-request-headers": "content-type",
            },
        )
        assert answer.status_code == 204
        assert answer.headers["access-control-allow-origin"] == SITE
        assert "content-type" in answer.headers["access-control-allow-headers"]
        assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("event", ["load", "open", "message", "error"])
async def test_events_are_taken(client: httpx.AsyncClient, event: str) -> None:
    answer = await client.post(
        "/api/events",
        content=json.dumps({"widget": N8N_KEY, "event": event}),
        headers={**FROM_SITE, "content-type": "text/plain"},
    )
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize(
    "body",
    [
        {"widget": N8N_KEY},
        {"widget": N8N_KEY, "event": "bought"},
        {"widget": N8N_KEY, "event": "open", "text": "what was said"},
    ],
)
async def test_events_hold_no_content(
    client: httpx.AsyncClient, body: dict[str, str]
) -> None:
    answer = await client.post("/api/events", json=body, headers=FROM_SITE)
    assert code(answer) == "bad_message"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", CREATE, 405),
        ("DELETE", "/api/events", 405),
        ("GET", "/api/nothing", 404),
        ("POST", "/api/nothing", 404),
        ("GET", "/docs", 404),
    ],
)
async def test_other_addresses_answer_in_the_same_form(
    client: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await client.request(method, path)
    assert answer.status_code == status
    assert code(answer)


async def test_the_document_tells_of_every_route(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    assert set(document["paths"]) >= {CREATE, "/api/chat-relay/{key}", "/api/events"}
    schema = document["paths"][CREATE]["post"]["requestBody"]["content"]
    assert "widget" in schema["application/json"]["schema"]["properties"]


async def test_the_framework_comes_once(app: App) -> None:
    assert await app.warm_up() is await app.warm_up()
