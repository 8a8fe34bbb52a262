"""No route shows or changes another's widget, and no answer or log holds a secret."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.server.owner.conftest import CANARY, KEY, chatkit, n8n

if TYPE_CHECKING:
    import httpx

    from server.store.database import Database
    from tests.unit.server.owner.conftest import Owner

pytestmark = pytest.mark.anyio

SECRET = f"/api/widgets/{KEY}/secrets/openai_api_key"


async def routes(http: httpx.AsyncClient) -> list[tuple[str, str]]:
    """Every owner's route of the document, for the widget under `KEY`."""
    document = (await http.get("/openapi.json")).json()
    return [
        (
            method.upper(),
            path.replace("{key}", KEY)
            .replace("{name}", "openai_api_key")
            .replace("{number}", "1"),
        )
        for path, methods in document["paths"].items()
        for method, said in methods.items()
        if "owner" in said.get("tags", ())
    ]


def body_for(method: str, path: str) -> Any:
    if method == "PUT":
        return {"value": "stolen-value-1234"} if "secrets" in path else n8n().plain()
    return {"version": 1} if path.endswith("rollback") else None


async def test_a_strangers_token_finds_nothing_anywhere(
    owner: Owner, stranger: Owner, http: httpx.AsyncClient
) -> None:
    made = await owner.put(chatkit(name="Canary of the owner"))
    await owner.ask("PUT", SECRET, json={"value": CANARY})
    tried = 0
    for method, path in await routes(http):
        if "{" in path or KEY not in path:
            continue
        for etag in (made.headers["etag"], "*"):
            answer = await stranger.ask(
                method, path, json=body_for(method, path), headers={"if-match": etag}
            )
            assert answer.status_code == 404, (method, path)
            assert "Canary" not in answer.text
            tried += 1
    assert tried >= 26
    left = (await owner.ask("GET", f"/api/widgets/{KEY}")).json()
    assert (left["etag"], left["name"]) == (made.json()["etag"], "Canary of the owner")
    hint = (await owner.ask("GET", SECRET)).json()["hint"]
    assert hint == "•••• cdef"
    assert (await stranger.ask("GET", "/api/widgets")).json()["widgets"] == []


async def test_a_key_that_is_taken_looks_like_one_that_is_not_there(
    owner: Owner, stranger: Owner
) -> None:
    await owner.put(n8n())
    taken = await stranger.ask("GET", f"/api/widgets/{KEY}")
    absent = await stranger.ask("GET", f"/api/widgets/{'z' * 16}")
    assert taken.text.replace(KEY, "z" * 16) == absent.text


@pytest.mark.parametrize(
    "header",
    [
        None,
        "Bearer ",
        "Bearer wrong",
        "Basic dXNlcjpwYXNz",
        "bearer vit_" + "x" * 43,
        "Bearer " + "x" * 5000,
        "Bearer \xff\xfe",
    ],
)
async def test_every_route_wants_a_token(
    http: httpx.AsyncClient, header: str | None
) -> None:
    tried = 0
    for method, path in await routes(http):
        headers = {"authorization": header.encode("latin-1")} if header else {}
        answer = await http.request(
            method, path, json=body_for(method, path), headers=headers
        )
        assert answer.status_code == 401, (method, path)
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert answer.json()["error"]["code"] == "token_refused"
        tried += 1
    assert tried >= 15


async def test_a_licences_script_is_its_own(
    owner: Owner, stranger: Owner, http: httpx.AsyncClient
) -> None:
    await owner.put(n8n("a" * 16, name="First of owner"))
    await owner.put(n8n("b" * 16, name="Second of owner"))
    await stranger.put(n8n("c" * 16, name="The stranger's"))

    async def script(licence: str, query: str = "") -> str:
        answer = await http.get(f"/api/widget/{licence}/chat-widget.js{query}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        return answer.text

    assert "Second of owner" in await script(owner.licence.key)
    assert "First of owner" in await script(owner.licence.key, f"?widget={'a' * 16}")
    assert "The stranger's" in await script(stranger.licence.key)
    for wanted in (
        "c" * 16,
        "z" * 16,
        "../w/x",
        "%00",
        "%ED%A0%80" * 6,
        "a" * 16 + "%0A",
    ):
        other = await script(owner.licence.key, f"?widget={wanted}")
        assert "no chat under this key" in other
    assert "no chat under this key" in await script("X" * 24)


async def test_a_secret_goes_in_and_never_comes_out(
    owner: Owner, http: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await owner.put(chatkit())
    await owner.ask("PUT", SECRET, json={"value": CANARY})
    await owner.ask("PUT", SECRET, json={"value": f" {CANARY}\n"})
    for wrong in ({"value": [CANARY]}, {"value": f"{CANARY}\x07"}, {"v": CANARY}):
        refused = await owner.ask("PUT", SECRET, json=wrong)
        assert refused.status_code == 422
    name = f"/api/widgets/{KEY}/secrets/{CANARY[:10].replace('-', '_')}"
    assert (await owner.ask("PUT", name, json={"value": CANARY})).status_code == 404
    for method, path in await routes(http):
        if method == "GET":
            await owner.ask("GET", path)
    pages = [
        await http.get(path)
        for path in (
            f"/w/{KEY}.js",
            f"/chat/{KEY}",
            f"/widget/chatkit/{KEY}",
            f"/widget/chatkit/{owner.licence.key}",
            f"/api/widget/{owner.licence.key}/chat-widget.js",
            "/openapi.json",
            "/readyz",
        )
    ]
    for answer in (*owner.answers, *pages):
        assert CANARY not in answer.text
        assert CANARY not in str(answer.headers)
    assert CANARY not in caplog.text
    assert owner.token not in caplog.text
    assert len(owner.answers) >= 14


async def test_what_is_told_of_secrets(owner: Owner) -> None:
    await owner.put(chatkit())
    assert (await owner.ask("GET", SECRET)).status_code == 404
    put = await owner.ask("PUT", SECRET, json={"value": CANARY})
    assert put.json()["hint"] == "•••• cdef"
    listed = await owner.ask("GET", f"/api/widgets/{KEY}/secrets")
    assert [one["name"] for one in listed.json()["secrets"]] == ["openai_api_key"]
    unknown = await owner.ask(
        "PUT", f"/api/widgets/{KEY}/secrets/something", json={"value": "x"}
    )
    assert unknown.status_code == 404
    assert "openai_api_key" in unknown.json()["error"]["hint"]
    assert (await owner.ask("DELETE", SECRET)).status_code == 204
    assert (await owner.ask("DELETE", SECRET)).status_code == 404


async def test_secrets_do_not_change_the_etag(owner: Owner, database: Database) -> None:
    made = await owner.put(chatkit())
    await owner.ask("PUT", SECRET, json={"value": CANARY})
    got = await owner.ask("GET", f"/api/widgets/{KEY}")
    assert got.headers["etag"] == made.headers["etag"]
