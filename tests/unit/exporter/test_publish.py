"""Publishing: what is sent, and a sentence for every refusal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from exporter.contract.errors import InputError, InvalidWidget, VitrineError, WorldError
from exporter.editing import with_values
from exporter.files import write_widget
from exporter.providers.registry import providers
from exporter.publish import (
    Change,
    NotReached,
    PublishConflict,
    Remote,
    Server,
    Version,
    differences,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from exporter.contract.widget import Widget

TOKEN = "vit_canary-token-0123456789"
HOST = "https://chat.example.com"
WIDGET = providers()[0].samples()[0]
FACTS = {
    "key": WIDGET.key,
    "version": 3,
    "live": 3,
    "etag": "abc",
    "changed_at": "2026-11-22T00:00:00Z",
    "script": f"{HOST}/w/{WIDGET.key}.js",
}


def server(answer: Callable[[httpx.Request], httpx.Response]) -> Server:
    return Server(HOST, TOKEN, httpx.Client(transport=httpx.MockTransport(answer)))


def says(status: int, body: Any = None, **headers: str) -> Server:
    return server(lambda _: httpx.Response(status, json=body, headers=headers))


def test_what_is_there_comes_with_its_etag() -> None:
    found = says(200, {**FACTS, "widget": WIDGET.plain()}, etag='"abc"').remote(
        WIDGET.key
    )
    assert found is not None
    assert (found.version, found.etag, found.config["key"]) == (3, '"abc"', WIDGET.key)
    assert says(404, {"error": {"code": "x", "message": "m"}}).remote("k") is None


def test_a_first_version_asks_that_there_is_none_and_a_later_that_it_is_the_seen() -> (
    None
):
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(201, json=FACTS, headers={"etag": '"abc"'})

    there = server(answer)
    done = there.put(WIDGET, None, note="first")
    seen = Remote(3, 3, '"abc"', "", "", WIDGET.plain())
    there.put(WIDGET, seen, live=False)
    assert (done.version, done.created, done.etag) == (3, True, '"abc"')
    assert asked[0].headers["if-none-match"] == "*"
    assert asked[1].headers["if-match"] == '"abc"'
    assert asked[0].url.params["stage"] == "live"
    assert asked[1].url.params["stage"] == "staging"
    assert asked[0].content == write_widget(WIDGET)
    assert {one.headers["authorization"] for one in asked} == {f"Bearer {TOKEN}"}


def test_somebody_was_faster() -> None:
    body = {
        "error": {"code": "conflict", "message": "m", "hint": ""},
        "current": FACTS,
        "diff": [{"path": "name", "before": "theirs", "after": "ours"}],
    }
    with pytest.raises(PublishConflict) as caught:
        says(412, body).put(WIDGET, None)
    assert caught.value.version == 3
    assert caught.value.changes == (Change("name", "theirs", "ours"),)


def test_a_widget_that_breaks_rules_comes_back_with_all_of_them() -> None:
    findings = [{"path": "name", "rule": "x", "message": "is bad."}]
    body = {"error": {"code": "unfit", "message": "m"}, "findings": findings}
    with pytest.raises(InvalidWidget) as caught:
        says(422, body).put(WIDGET, None)
    assert [one.path for one in caught.value.findings] == ["name"]


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (301, InputError, "elsewhere"),
        (401, InputError, "token"),
        (403, InputError, "licence"),
        (404, InputError, "404"),
        (409, InputError, "409"),
        (413, InputError, "413"),
        (428, InputError, "428"),
        (429, WorldError, "429"),
        (500, WorldError, "500"),
        (503, WorldError, "503"),
    ],
)
def test_every_refusal_has_its_sentence(
    status: int, kind: type[VitrineError], words: str
) -> None:
    with pytest.raises(kind) as caught:
        says(status, {}).put(WIDGET, None)
    assert words in str(caught.value)
    assert TOKEN not in str(caught.value)


def test_the_servers_own_words_win() -> None:
    error = {
        "code": "limit",
        "message": "Three widgets are all.",
        "hint": "Delete one.",
    }
    with pytest.raises(InputError, match=r"Three widgets are all\. Delete one\."):
        says(409, {"error": error}).put(WIDGET, None)


def test_a_wait_is_said() -> None:
    with pytest.raises(WorldError, match="in 7 s"):
        says(429, {}, **{"retry-after": "7"}).put(WIDGET, None)


def test_an_address_without_a_server_of_ours_is_no_first_version() -> None:
    with pytest.raises(InputError, match=r"nothing of ours.*404"):
        says(404, {}).remote(WIDGET.key)


def test_the_history_comes_newest_first_and_a_version_with_its_file() -> None:
    one = {
        "version": 2,
        "name": "Acme",
        "provider": "n8n",
        "made_at": "2026-11-22T00:00:00Z",
        "made_by": "api",
        "note": "why",
        "size": 9,
        "live": True,
    }
    found = says(200, {"versions": [one]}).versions(WIDGET.key)
    assert found == (Version(2, "Acme", "2026-11-22T00:00:00Z", "api", "why", True),)
    whole = says(200, {"version": 2, "widget": WIDGET.plain()})
    assert whole.version(WIDGET.key, 2) == WIDGET.plain()


@pytest.mark.parametrize("body", [{}, {"version": "x"}, {"versions": [{}]}])
def test_an_answer_that_lacks_something_is_a_sentence(body: Any) -> None:
    there = says(200, body)
    for ask in (
        lambda: there.remote(WIDGET.key),
        lambda: there.versions(WIDGET.key),
        lambda: there.version(WIDGET.key, 1),
        lambda: there.put(WIDGET, None),
        lambda: there.rollback(WIDGET.key, 1, '"a"'),
    ):
        with pytest.raises(InputError, match="not understood"):
            ask()


@pytest.mark.parametrize("body", [{}, {"findings": [{}]}, {"findings": 5}])
def test_another_servers_422_is_a_sentence(body: Any) -> None:
    with pytest.raises(InputError, match="not understood"):
        says(422, body).put(WIDGET, None)


def test_a_number_past_all_numbers_is_not_understood() -> None:
    said = json.dumps(FACTS).replace('"version": 3', '"version": 1e999')
    with pytest.raises(InputError, match="not understood"):
        server(lambda _: httpx.Response(200, text=said)).put(WIDGET, None)


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'"x"', b"{", b'{"a":' * 100_000]
)
def test_what_is_no_vitrine_server_is_recognised(body: bytes) -> None:
    there = server(lambda _: httpx.Response(200, content=body))
    with pytest.raises(InputError):
        there.remote(WIDGET.key)


@pytest.mark.parametrize(
    "failure", [httpx.ConnectError("x"), httpx.ReadTimeout("x"), httpx.ReadError("x")]
)
def test_no_network_is_said(failure: httpx.HTTPError) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise failure

    with pytest.raises(NotReached) as caught:
        server(answer).remote(WIDGET.key)
    assert HOST in str(caught.value)


def test_no_token_is_said_before_anything_is_asked() -> None:
    with pytest.raises(InputError, match="VITRINE_TOKEN"):
        Server(HOST, "  ", httpx.Client())


def test_differences_name_settings_and_both_values() -> None:
    after: Widget = with_values(
        WIDGET, {"name": "Other", "layout.popup.width": 400, "domains": ["a.example"]}
    )
    found = differences(WIDGET.plain(), after.plain())
    assert {one.path for one in found} == {"name", "layout.popup.width", "domains"}
    assert differences(WIDGET.plain(), json.loads(write_widget(WIDGET))) == ()
    assert "380 → 400" in " ".join(map(str, found))
