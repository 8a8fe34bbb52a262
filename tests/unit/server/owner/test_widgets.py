"""Publishing over HTTP: versions, preconditions, findings, and the served script."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from exporter.files import MAX_BYTES
from server.owner.differences import differences
from server.store import licences
from tests.unit.server.owner.conftest import KEY, chatkit, n8n

if TYPE_CHECKING:
    import httpx

    from server.store.database import Database
    from tests.unit.server.owner.conftest import Owner

pytestmark = pytest.mark.anyio


def error(answer: httpx.Response) -> str:
    body: dict[str, Any] = answer.json()
    assert set(body["error"]) == {"code", "message", "hint"}
    assert all(isinstance(text, str) and text for text in body["error"].values())
    assert answer.headers["cache-control"] == "no-store"
    code: str = body["error"]["code"]
    return code


async def test_publish_and_get_it_back(owner: Owner) -> None:
    widget = n8n(name="Support")
    made = await owner.put(widget)
    assert made.status_code == 201
    assert made.json()["version"] == made.json()["live"] == 1
    got = await owner.ask("GET", f"/api/widgets/{KEY}")
    assert got.status_code == 200
    assert got.json()["widget"] == widget.plain()
    assert got.headers["etag"] == made.headers["etag"] == f'"{got.json()["etag"]}"'
    again = await owner.put(n8n(name="Better"))
    assert (again.status_code, again.json()["version"]) == (200, 2)
    listed = (await owner.ask("GET", "/api/widgets")).json()
    assert [one["name"] for one in listed["widgets"]] == ["Better"]
    assert listed["next"] is None


async def test_what_is_published_is_served_at_once(
    owner: Owner, http: httpx.AsyncClient
) -> None:
    await owner.put(n8n(name="Before"))
    first = await http.get(f"/w/{KEY}.js")
    await owner.put(n8n(name="Afterwards"))
    second = await http.get(f"/w/{KEY}.js")
    assert 'name:"Before"' in first.text
    assert 'name:"Afterwards"' in second.text
    assert first.headers["etag"] != second.headers["etag"]


async def test_a_change_from_an_old_version_is_told_what_is_there(
    owner: Owner,
) -> None:
    first = await owner.put(n8n(name="One"))
    await owner.put(n8n(name="Two"))
    late = await owner.put(n8n(name="Three"), first.headers["etag"])
    assert late.status_code == 412
    assert error(late) == "conflict"
    assert late.json()["current"]["version"] == 2
    assert late.headers["etag"] == f'"{late.json()["current"]["etag"]}"'
    assert late.json()["diff"] == [{"path": "name", "before": "Two", "after": "Three"}]


async def test_a_change_that_says_nothing_of_its_version(owner: Owner) -> None:
    await owner.put(n8n())
    for method, path in (
        ("PUT", ""),
        ("DELETE", ""),
        ("POST", "/publish"),
        ("POST", "/pause"),
        ("POST", "/resume"),
    ):
        content = json.dumps(n8n(name="New").plain()) if method == "PUT" else None
        answer = await owner.ask(method, f"/api/widgets/{KEY}{path}", content=content)
        assert answer.status_code == 428, (method, path)
        assert error(answer) == "precondition_missing"
        assert answer.json()["current"]["version"] == 1
    kept = await owner.ask("GET", f"/api/widgets/{KEY}")
    assert kept.json()["version"] == 1


@pytest.mark.parametrize("etag", ['W/"{}"', '"{}x"', '""', "nonsense"])
async def test_etags_that_are_not_it(owner: Owner, etag: str) -> None:
    made = await owner.put(n8n())
    wrong = etag.format(made.json()["etag"])
    assert (await owner.put(n8n(name="New"), wrong)).status_code == 412


async def test_one_of_several_etags_is_enough(owner: Owner) -> None:
    made = await owner.put(n8n())
    several = f'"other", {made.headers["etag"]}'
    assert (await owner.put(n8n(name="New"), several)).status_code == 200
    assert (await owner.put(n8n(name="Newer"), "*")).status_code == 200


async def test_only_if_it_is_not_there(owner: Owner) -> None:
    path, content = f"/api/widgets/{KEY}", json.dumps(n8n().plain())
    headers = {"if-none-match": "*"}
    first = await owner.ask("PUT", path, content=content, headers=headers)
    second = await owner.ask("PUT", path, content=content, headers=headers)
    assert (first.status_code, second.status_code) == (201, 412)


async def test_races_over_http_acknowledge_only_what_is_kept(owner: Owner) -> None:
    await owner.put(n8n())

    async def publish(number: int) -> str | None:
        seen = (await owner.ask("GET", f"/api/widgets/{KEY}")).headers["etag"]
        answer = await owner.put(n8n(name=f"w{number}"), seen)
        assert answer.status_code in (200, 412)
        return f"w{number}" if answer.status_code == 200 else None

    said = await asyncio.gather(*map(publish, range(12)))
    taken = {name for name in said if name}
    kept = (await owner.ask("GET", f"/api/widgets/{KEY}/versions")).json()["versions"]
    assert {one["name"] for one in kept} == {"New widget", *taken}
    assert len(kept) == len(taken) + 1
    assert taken


async def test_staging(owner: Owner, http: httpx.AsyncClient) -> None:
    await owner.put(n8n(name="Live one"))
    staged = await owner.put(n8n(name="Staged one"), query="?stage=staging&note=spring")
    assert (staged.json()["version"], staged.json()["live"]) == (2, 1)
    assert "Live one" in (await http.get(f"/w/{KEY}.js")).text
    diff = await owner.ask("GET", f"/api/widgets/{KEY}/diff")
    change = {"path": "name", "before": "Live one", "after": "Staged one"}
    assert diff.json() == {"from": 1, "to": 2, "changes": [change]}
    live = await owner.change("POST", f"{KEY}/publish")
    assert live.json()["live"] == 2
    assert "Staged one" in (await http.get(f"/w/{KEY}.js")).text
    nothing = await owner.change("POST", f"{KEY}/publish")
    assert (nothing.status_code, error(nothing)) == (409, "nothing_staged")
    kept = (await owner.ask("GET", f"/api/widgets/{KEY}/versions")).json()["versions"]
    assert [(one["note"], one["live"]) for one in kept] == [
        ("spring", True),
        ("", False),
    ]


async def test_a_widget_that_was_only_staged_is_not_served(
    owner: Owner, http: httpx.AsyncClient
) -> None:
    await owner.put(n8n(), query="?stage=staging")
    assert "no chat under this key" in (await http.get(f"/w/{KEY}.js")).text
    path = f"/api/widget/{owner.licence.key}/chat-widget.js"
    assert "no chat under this key" in (await http.get(path)).text


async def test_rollback(owner: Owner, http: httpx.AsyncClient) -> None:
    await owner.put(n8n(name="Good"))
    await owner.put(chatkit(name="Bad"))
    back = await owner.change("POST", f"{KEY}/rollback", json={"version": 1})
    assert back.status_code == 200
    assert back.json()["version"] == back.json()["live"] == 3
    assert (back.json()["name"], back.json()["provider"]) == ("Good", "n8n")
    assert '"Good"' in (await http.get(f"/w/{KEY}.js")).text
    two = await owner.ask("GET", f"/api/widgets/{KEY}/versions/2")
    assert two.json()["widget"] == chatkit(name="Bad").plain()
    gone = await owner.change("POST", f"{KEY}/rollback", json={"version": 9})
    assert (gone.status_code, error(gone)) == (404, "version_unknown")
    missing = await owner.ask("GET", f"/api/widgets/{KEY}/versions/9")
    assert (missing.status_code, error(missing)) == (404, "version_unknown")


async def test_pause_and_resume(owner: Owner, http: httpx.AsyncClient) -> None:
    await owner.put(n8n())
    await owner.change("POST", f"{KEY}/pause")
    assert "paused by its owner" in (await http.get(f"/w/{KEY}.js")).text
    assert (await http.get(f"/chat/{KEY}")).status_code == 410
    await owner.change("POST", f"{KEY}/resume")
    assert 'key:"' in (await http.get(f"/w/{KEY}.js")).text


async def test_delete(owner: Owner, http: httpx.AsyncClient) -> None:
    await owner.put(n8n())
    assert 'key:"' in (await http.get(f"/w/{KEY}.js")).text
    assert (await owner.change("DELETE", KEY)).status_code == 204
    assert "no chat under this key" in (await http.get(f"/w/{KEY}.js")).text
    assert (await owner.ask("GET", f"/api/widgets/{KEY}")).status_code == 404
    remade = await owner.put(n8n(name="Another"), "")
    assert remade.status_code == 201
    assert '"Another"' in (await http.get(f"/w/{KEY}.js")).text


async def test_findings_come_all_at_once(owner: Owner) -> None:
    raw = n8n().plain()
    raw["name"], raw["surprise"] = 5, True
    raw["layout"]["mode"] = "sideways"
    answer = await owner.ask("PUT", f"/api/widgets/{KEY}", json=raw)
    assert (answer.status_code, error(answer)) == (422, "unfit")
    paths = {finding["path"] for finding in answer.json()["findings"]}
    assert {"name", "layout.mode", "surprise"} <= paths


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b"\xff\xfe", b'{"format": 1}', b"[" * 90_000, b"null"]
)
async def test_what_is_no_widget(owner: Owner, body: bytes) -> None:
    answer = await owner.ask("PUT", f"/api/widgets/{KEY}", content=body)
    assert (answer.status_code, error(answer)) == (422, "unfit")
    assert answer.json()["findings"]


async def test_another_key_than_the_address_says(owner: Owner) -> None:
    content = json.dumps(n8n("x" * 16).plain())
    answer = await owner.ask("PUT", f"/api/widgets/{KEY}", content=content)
    assert answer.status_code == 422
    assert answer.json()["findings"][0]["path"] == "key"


async def test_a_body_that_is_too_large(owner: Owner) -> None:
    async def endless() -> Any:
        for _ in range(MAX_BYTES // 1_000_000 + 2):
            yield b" " * 1_000_000

    answer = await owner.ask("PUT", f"/api/widgets/{KEY}", content=endless())
    assert (answer.status_code, error(answer)) == (413, "message_too_large")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/widgets?limit=0", 422),
        ("GET", "/api/widgets?limit=x", 422),
        ("GET", "/api/widgets/short", 422),
        ("GET", f"/api/widgets/{KEY}/versions/0", 422),
        ("GET", f"/api/widgets/{KEY}/versions/99999999999999999999", 422),
        ("PUT", f"/api/widgets/{KEY}?stage=none", 422),
        ("GET", f"/api/widgets/{KEY}/diff?from=-1", 422),
        ("GET", "/api/widgets?after=%00", 422),
        ("GET", "/api/widgets/%00%00", 422),
        ("PUT", f"/api/widgets/{KEY}?note=%00", 422),
        ("GET", f"/api/widgets/{KEY}/secrets/%00", 422),
        ("PATCH", f"/api/widgets/{KEY}", 405),
        ("GET", "/api/nothing", 404),
    ],
)
async def test_requests_that_make_no_sense(
    owner: Owner, method: str, path: str, status: int
) -> None:
    answer = await owner.ask(method, path)
    assert answer.status_code == status
    error(answer)


async def test_limits_of_the_licence(
    owner: Owner, database: Database, http: httpx.AsyncClient
) -> None:
    with database.writing() as session:
        licences.set_tier(session, owner.licence.key, "basic")
    assert (await owner.put(n8n())).status_code == 201
    more = await owner.put(n8n("x" * 16))
    assert (more.status_code, error(more)) == (403, "widget_limit")
    other = await owner.put(n8n(domains=("shop.example", "other.example")))
    assert (other.status_code, error(other)) == (403, "domain_limit")
    facts = (await owner.ask("GET", "/api/licence")).json()
    assert facts["license"] == owner.licence.key
    assert (facts["widgets"], facts["widget_limit"]) == (1, 1)
    assert (facts["domains"], facts["domain_limit"]) == (1, 1)


async def test_basic_carries_the_branding(
    owner: Owner, database: Database, http: httpx.AsyncClient
) -> None:
    plain = n8n()
    quiet = plain.behavior.model_copy(update={"powered_by": False})
    await owner.put(plain.model_copy(update={"behavior": quiet}))
    assert "powered_by:false" in (await http.get(f"/w/{KEY}.js")).text
    with database.writing() as session:
        licences.set_tier(session, owner.licence.key, "basic")
    await owner.put(plain.model_copy(update={"behavior": quiet, "name": "Again"}))
    assert "powered_by:true" in (await http.get(f"/w/{KEY}.js")).text


@pytest.mark.parametrize("state", ["paused", "revoked"])
async def test_a_licence_that_does_not_work(
    owner: Owner, database: Database, state: str
) -> None:
    await owner.put(n8n())
    with database.writing() as session:
        licences.set_state(session, owner.licence.key, state)
    write = await owner.put(n8n(name="New"))
    assert (write.status_code, error(write)) == (403, f"licence_{state}")
    read = await owner.ask("GET", "/api/widgets")
    assert read.status_code == (200 if state == "paused" else 403)


async def test_pages_of_the_list(owner: Owner) -> None:
    for letter in "cabde":
        await owner.put(n8n(letter * 16))
    first = (await owner.ask("GET", "/api/widgets?limit=3")).json()
    rest = (await owner.ask("GET", f"/api/widgets?after={first['next']}")).json()
    keys = [one["key"][0] for one in (*first["widgets"], *rest["widgets"])]
    assert "".join(keys) == "abcde"


def test_differences_know_true_from_one_and_cut_what_is_long() -> None:
    old = {"a": 1, "b": {"c": "x" * 2000, "d": [1, 2]}, "gone": 0, "same": {}}
    new = {"a": True, "b": {"c": "y", "d": [1, 2]}, "same": {}, "new": {"e": None}}
    found = {one.path: (one.before, one.after) for one in differences(old, new)}
    assert set(found) == {"a", "b.c", "gone", "new"}
    assert found["a"] == (1, True)
    assert found["b.c"][0].endswith("… (2000 characters)")
    assert len(found["b.c"][0]) < 600
