"""Sessions against a stand-in as strict as OpenAI: each cause, each sentence."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from exporter.providers.chatkit.session import session_request
from exporter.providers.chatkit.settings import ChatKitConnection, ChatKitWidget
from server.errors import (
    AlreadyExpired,
    KeyRefused,
    NoNetwork,
    NotAllowed,
    NotSecure,
    QuotaUsedUp,
    RequestRefused,
    SessionError,
    TooMany,
    TooSlow,
    Unreadable,
    UpstreamFailed,
    WorkflowUnknown,
)
from server.sessions import Attempt, Sessions
from tests.standins.openai import (
    FOREIGN_KEY,
    GOOD_KEY,
    OTHER_PROJECT_KEY,
    WORKFLOW,
    Behaviour,
    OpenAIStandIn,
    fails,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

pytestmark = pytest.mark.anyio
BODY = {"user": "visitor-1", "workflow": {"id": WORKFLOW}}


class Slept(list[float]):
    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def slept() -> Slept:
    return Slept()


@pytest.fixture
def log() -> list[Attempt]:
    return []


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False) as one:
        yield one


@pytest.fixture
def sessions(
    client: httpx.AsyncClient, openai: OpenAIStandIn, slept: Slept, log: list[Attempt]
) -> Sessions:
    return Sessions(client, openai.base, sleep=slept, record=log.append)


async def test_mints(sessions: Sessions, openai: OpenAIStandIn) -> None:
    session = await sessions.mint(GOOD_KEY, BODY)
    assert session.client_secret == openai.sessions[0]["client_secret"]
    assert session.expires_at == openai.sessions[0]["expires_at"]
    asked = openai.requests[0]
    assert asked.path == "/v1/chatkit/sessions"
    assert asked.headers["openai-beta"] == "chatkit_beta=v1"
    assert asked.body == BODY


async def test_every_widget_of_ours_is_accepted(sessions: Sessions) -> None:
    for connection in _connections():
        widget = ChatKitWidget(connection=ChatKitConnection(**connection))
        session = await sessions.mint(GOOD_KEY, session_request(widget, "x" * 512))
        assert session.client_secret


def _connections() -> Iterator[dict[str, Any]]:
    hosted = {"workflow_id": WORKFLOW}
    yield hosted
    yield {**hosted, "workflow_version": "3", "tracing": False}
    yield {**hosted, "state_variables": {"a": 1, "b": "x", "c": True, "d": 0.5}}
    yield {**hosted, "session": {"expires_after": 1, "max_requests_per_minute": 1}}
    for enabled in (True, False):
        for most in (None, 1):
            yield {
                **hosted,
                "chatkit_configuration": {
                    "automatic_thread_titling": {"enabled": enabled},
                    "file_upload": {
                        "enabled": enabled,
                        "max_file_size": 1,
                        "max_files": 1,
                    },
                    "history": {"enabled": enabled, "recent_threads": most},
                },
            }


async def test_cancels(sessions: Sessions, openai: OpenAIStandIn) -> None:
    session = await sessions.mint(GOOD_KEY, BODY)
    await sessions.cancel(GOOD_KEY, session.id)
    assert openai.cancelled == [session.id]
    with pytest.raises(WorkflowUnknown, match="session cksess_none"):
        await sessions.cancel(GOOD_KEY, "cksess_none")
    with pytest.raises(ValueError, match="id"):
        await sessions.cancel(GOOD_KEY, "../../files")


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"user": {"id": "x"}, "workflow": {"id": WORKFLOW}}, "user"),
        ({"user": "", "workflow": {"id": WORKFLOW}}, "user"),
        ({"user": "x" * 513, "workflow": {"id": WORKFLOW}}, "user"),
        ({"user": "x"}, "workflow"),
        ({"user": "x", "workflow": {}}, "id"),
        ({**BODY, "model": "x"}, "model"),
        ({**BODY, "expires_after": {"seconds": 5}}, "anchor"),
        (
            {**BODY, "expires_after": {"anchor": "created_at", "seconds": 601}},
            "expires_after.seconds",
        ),
        (
            {**BODY, "rate_limits": {"max_requests_per_1_minute": 0}},
            "max_requests_per_1_minute",
        ),
        ({"user": "x", "workflow": {"id": "wf_a", "version": "latest"}}, "version"),
    ],
)
async def test_names_what_openai_refused(
    sessions: Sessions, body: dict[str, Any], param: str, slept: Slept
) -> None:
    with pytest.raises(RequestRefused, match=param) as caught:
        await sessions.mint(GOOD_KEY, body)
    assert "(400)" in caught.value.message
    assert slept == []


async def test_the_beta_header_is_asked_for(
    client: httpx.AsyncClient, openai: OpenAIStandIn
) -> None:
    answer = await client.post(
        f"{openai.base}/chatkit/sessions",
        json=BODY,
        headers={"authorization": f"Bearer {GOOD_KEY}"},
    )
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("key", "kind", "words"),
    [
        ("sk-wrong", KeyRefused, "paste a current one"),
        ("sk-\nwrong", KeyRefused, "characters"),
        ("sk-ключ", KeyRefused, "characters"),
        ("", KeyRefused, "characters"),
        (OTHER_PROJECT_KEY, WorkflowUnknown, "the project that the workflow belongs"),
        (FOREIGN_KEY, NotAllowed, "country"),
    ],
)
async def test_keys_that_do_not_fit(
    sessions: Sessions, slept: Slept, key: str, kind: type[SessionError], words: str
) -> None:
    with pytest.raises(kind, match=words):
        await sessions.mint(key, BODY)
    assert slept == []


async def test_waits_as_long_as_it_is_told(
    sessions: Sessions, openai: OpenAIStandIn, slept: Slept
) -> None:
    openai.behave(fails(429, "rate_limit_exceeded", retry_after="2"))
    assert (await sessions.mint(GOOD_KEY, BODY)).client_secret
    assert slept == [2]


async def test_a_wait_too_long_is_told(
    sessions: Sessions, openai: OpenAIStandIn, slept: Slept
) -> None:
    openai.behave(always=fails(429, "rate_limit_exceeded", retry_after="42"))
    with pytest.raises(TooMany, match="in 42 s") as caught:
        await sessions.mint(GOOD_KEY, BODY)
    assert caught.value.wait == 42
    assert slept == []
    assert len(openai.requests) == 1


async def test_no_credit_is_not_tried_again(
    sessions: Sessions, openai: OpenAIStandIn
) -> None:
    openai.behave(always=fails(429, "insufficient_quota"))
    with pytest.raises(QuotaUsedUp, match="billing"):
        await sessions.mint(GOOD_KEY, BODY)
    assert len(openai.requests) == 1


@pytest.mark.parametrize("status", [408, 409, 500, 502, 503])
async def test_faults_that_pass_are_tried_again(
    sessions: Sessions, openai: OpenAIStandIn, slept: Slept, status: int
) -> None:
    openai.behave(fails(status), fails(status))
    assert (await sessions.mint(GOOD_KEY, BODY)).client_secret
    assert len(slept) == 2
    assert slept[0] < slept[1] < 1


async def test_gives_up_after_three(sessions: Sessions, openai: OpenAIStandIn) -> None:
    openai.behave(always=Behaviour(500, b"<html>oops", {"content-type": "text/html"}))
    with pytest.raises(UpstreamFailed, match=r"\(500\)"):
        await sessions.mint(GOOD_KEY, BODY)
    assert len(openai.requests) == 3


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Sign in to the hotel's network</html>",
        b"",
        b"[]",
        b'"text"',
        b"{}",
        b'{"client_secret": "", "expires_at": 9999999999}',
        b'{"client_secret": {"value": "ek_"}, "expires_at": 9999999999}',
        b'{"client_secret": "ek_x", "expires_at": "soon"}',
        b'{"client_secret": "ek_x", "expires_at": NaN}',
        b'{"client_secret": "ek_x"}',
        b"[" * 100_000,
        b'{"client_secret": "' + b"x" * 2_000_000 + b'", "expires_at": 9999999999}',
        b"\xff\xfe",
    ],
)
async def test_what_is_no_session_is_none(
    sessions: Sessions, openai: OpenAIStandIn, body: bytes
) -> None:
    openai.behave(always=Behaviour(200, body))
    with pytest.raises(Unreadable, match="sign-in page"):
        await sessions.mint(GOOD_KEY, BODY)


@pytest.mark.parametrize("status", [302, 307, 204])
async def test_follows_nobody_with_the_key(
    sessions: Sessions, openai: OpenAIStandIn, status: int
) -> None:
    openai.behave(Behaviour(status, b"", {"location": f"{openai.base}/elsewhere"}))
    with pytest.raises(Unreadable):
        await sessions.mint(GOOD_KEY, BODY)
    assert len(openai.requests) == 1


async def test_a_session_that_is_over_already(
    sessions: Sessions, openai: OpenAIStandIn
) -> None:
    body = {"client_secret": "ek_x", "expires_at": int(time.time()) - 1}
    openai.behave(always=Behaviour(200, json.dumps(body).encode()))
    with pytest.raises(AlreadyExpired, match="clock"):
        await sessions.mint(GOOD_KEY, BODY)


async def test_a_slow_answer_is_given_up(
    client: httpx.AsyncClient, openai: OpenAIStandIn
) -> None:
    openai.behave(always=Behaviour(hangs=True))
    with pytest.raises(TooSlow, match=r"within 0.3 s"):
        await Sessions(client, openai.base, seconds=0.3).mint(GOOD_KEY, BODY)
    openai.release.set()


async def test_no_network(client: httpx.AsyncClient, log: list[Attempt]) -> None:
    with OpenAIStandIn() as gone:
        base = gone.base
    sessions = Sessions(client, base, record=log.append)
    with pytest.raises(NoNetwork, match="Check the network"):
        await sessions.mint(GOOD_KEY, BODY)
    assert [attempt.outcome for attempt in log] == ["no_network"]


async def test_an_answer_cut_short_counts_as_no_network(
    sessions: Sessions, openai: OpenAIStandIn
) -> None:
    openai.behave(always=Behaviour(cut=True))
    with pytest.raises(NoNetwork):
        await sessions.mint(GOOD_KEY, BODY)


async def test_an_answer_that_does_not_unpack_is_no_session() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        body = httpx.ByteStream(b"{ no gzip")
        return httpx.Response(200, headers={"content-encoding": "gzip"}, stream=body)

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        with pytest.raises(Unreadable):
            await Sessions(client).mint(GOOD_KEY, BODY)


async def test_an_untrusted_certificate_has_its_own_sentence() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed")

    async with httpx.AsyncClient(transport=httpx.MockTransport(refuse)) as client:
        with pytest.raises(NotSecure, match="certificate"):
            await Sessions(client, "https://openai.invalid").mint(GOOD_KEY, BODY)


async def test_nothing_told_holds_a_secret(
    sessions: Sessions, openai: OpenAIStandIn, log: list[Attempt]
) -> None:
    session = await sessions.mint(GOOD_KEY, BODY)
    told = [repr(session), repr(log)]
    openai.behave(always=fails(500, GOOD_KEY))
    with pytest.raises(SessionError) as caught:
        await sessions.mint(GOOD_KEY, BODY)
    told += [str(caught.value), repr(log), repr(sessions)]
    for text in told:
        assert GOOD_KEY not in text
        assert session.client_secret not in text
    assert log[0].status == 200
    assert log[0].request_id == "req_standin"
    assert log[-1].outcome == "upstream_failed"


def _all_kinds(kind: type[SessionError]) -> Iterator[type[SessionError]]:
    for one in kind.__subclasses__():
        yield one
        yield from _all_kinds(one)


async def test_each_cause_has_its_own_code() -> None:
    codes = [one.code for one in _all_kinds(SessionError)]
    assert len(set(codes)) == len(codes) >= 13
