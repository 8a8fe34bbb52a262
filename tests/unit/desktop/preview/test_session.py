"""The live session: what it says, when it asks, and that pages get the same one."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from desktop.blackout import Blackout
from desktop.preview import app as preview_app
from desktop.preview.kept import KeptSessions, kept_session
from desktop.preview.opening import open_preview
from desktop.preview.session import LiveSession, Reasons, Status
from desktop.preview.session_log import SessionLog
from desktop.preview.visitor import visitor_of
from exporter.providers.chatkit.settings import ChatKitConnection, ChatKitWidget
from exporter.providers.n8n.settings import N8nConnection, N8nWidget
from server.answers import Session
from server.sessions import BASE_VARIABLE
from tests.standins.openai import (
    GOOD_KEY,
    OTHER_PROJECT_KEY,
    WORKFLOW,
    OpenAIStandIn,
    fails,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.preview.host import PreviewHost
    from exporter.contract.widget import Widget

KEY = "k" * 16


class Desk:
    """What a window would have: a widget, keys, a host and the live session."""

    def __init__(self, folder: Path) -> None:
        self.widget: Widget = chatkit()
        self.keys: dict[str, str] = {"openai_api_key": GOOD_KEY}
        self.reasons = Reasons()
        self.clock = Clock()
        self.blackout = Blackout()
        self.log = SessionLog(self.blackout)
        self.host: PreviewHost = open_preview(
            lambda key: self.widget if key == self.widget.key else None,
            self,
            simulated=self.reasons.of,
            record=self.log.record,
            folder=folder,
            now=self.clock,
        )
        self.host.start()
        self.session = LiveSession(self.host, self.reasons, now=self.clock)
        self.said: list[Status] = []
        self.switched: list[str] = []
        self.session.changed.connect(self.said.append)
        self.session.switched.connect(self.switched.append)

    async def read(self, widget_key: str, name: str) -> str | None:
        return self.keys.get(name)

    def page(self) -> httpx.Response:
        return httpx.post(
            f"{self.host.base}/api/chatkit/create-session",
            json={"widget": KEY, "user": "from-the-page"},
            headers={"origin": self.host.origin},
            timeout=20,
            trust_env=False,
        )

    def script(self) -> str:
        address = f"{self.host.base}/w/{KEY}.js"
        return httpx.get(address, timeout=20, trust_env=False).text


def chatkit(**connection: Any) -> ChatKitWidget:
    values = {"workflow_id": WORKFLOW, **connection}
    return ChatKitWidget(key=KEY, connection=ChatKitConnection(**values))


@pytest.fixture
def openai(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenAIStandIn]:
    with OpenAIStandIn() as one:
        monkeypatch.setenv(BASE_VARIABLE, one.base)
        monkeypatch.setattr(preview_app, "CHATKIT_SCRIPT", one.base)
        yield one


@pytest.fixture
def desk(qapp: object, openai: OpenAIStandIn, tmp_path: Path) -> Iterator[Desk]:
    one = Desk(tmp_path)
    yield one
    one.session.shutdown()
    one.host.shutdown()


def reach(qtbot: QtBot, desk: Desk, kind: str) -> Status:
    qtbot.waitUntil(lambda: desk.session.status.kind == kind, timeout=20_000)
    return desk.session.status


def test_goes_live_and_says_how_long(
    qtbot: QtBot, desk: Desk, openai: OpenAIStandIn
) -> None:
    desk.session.watch(desk.widget)
    assert desk.session.status.kind == "opening"
    assert 'simulated:"Opening a session"' in desk.script()
    status = reach(qtbot, desk, "live")
    assert re.fullmatch(r"Live session · (10:00|9:5\d) left", status.words)
    assert status.expires_at == openai.sessions[0]["expires_at"]
    assert desk.switched == [KEY]
    assert "simulated:" not in desk.script()


def test_pages_share_the_session_of_one_visitor(
    qtbot: QtBot, desk: Desk, openai: OpenAIStandIn, tmp_path: Path
) -> None:
    desk.session.watch(desk.widget)
    reach(qtbot, desk, "live")
    answers = [desk.page() for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    secrets = {answer.json()["client_secret"] for answer in answers}
    assert secrets == {openai.sessions[0]["client_secret"]}
    assert len(openai.sessions) == 1
    assert openai.sessions[0]["user"] == visitor_of(tmp_path)(KEY)


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (lambda desk, openai: desk.keys.clear(), "Simulated: no API key yet"),
        (
            lambda desk, openai: desk.keys.update(openai_api_key="sk-wrong-key"),
            "Simulated: OpenAI refused the key (401)",
        ),
        (
            lambda desk, openai: desk.keys.update(openai_api_key=OTHER_PROJECT_KEY),
            f"Simulated: OpenAI does not find {WORKFLOW} with this key (404)",
        ),
        (
            lambda desk, openai: openai.behave(always=fails(403)),
            "Simulated: OpenAI does not allow this (403)",
        ),
        (
            lambda desk, openai: openai.behave(always=fails(429, retry_after="99")),
            "Simulated: OpenAI has had too many requests from this key (429)",
        ),
        (
            lambda desk, openai: openai.__exit__(),
            "Simulated: OpenAI cannot be reached from here",
        ),
    ],
)
def test_each_cause_is_said(
    qtbot: QtBot,
    desk: Desk,
    openai: OpenAIStandIn,
    prepare: Callable[[Desk, OpenAIStandIn], None],
    words: str,
) -> None:
    prepare(desk, openai)
    desk.session.watch(desk.widget)
    status = reach(qtbot, desk, "simulated")
    assert status.words == words
    assert status.hint
    assert 'simulated:"' in desk.script()
    assert desk.switched == []


def test_without_chatkits_script_it_stays_simulated(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview_app, "CHATKIT_SCRIPT", "http://127.0.0.1:9/")
    desk.session.watch(desk.widget)
    status = reach(qtbot, desk, "simulated")
    assert "ChatKit script cannot be reached" in status.words


def test_a_new_key_is_tried(qtbot: QtBot, desk: Desk) -> None:
    desk.keys.clear()
    desk.session.watch(desk.widget)
    reach(qtbot, desk, "simulated")
    desk.keys["openai_api_key"] = GOOD_KEY
    desk.session.retry()
    reach(qtbot, desk, "live")


def test_looks_are_no_reason_to_ask_again(
    qtbot: QtBot, desk: Desk, openai: OpenAIStandIn
) -> None:
    desk.session.watch(desk.widget)
    reach(qtbot, desk, "live")
    desk.widget = desk.widget.model_copy(update={"name": "Another name"})
    desk.session.watch(desk.widget)
    assert desk.session.status.kind == "live"
    assert len(openai.requests) == 1


def test_a_changed_workflow_is_asked_for(
    qtbot: QtBot, desk: Desk, openai: OpenAIStandIn
) -> None:
    desk.session.watch(desk.widget)
    reach(qtbot, desk, "live")
    desk.widget = chatkit(workflow_id="wf_elsewhere")
    desk.session.watch(desk.widget)
    assert "wf_elsewhere" in reach(qtbot, desk, "simulated").words
    assert desk.switched == [KEY, KEY]


def test_renews_before_the_end(qtbot: QtBot, desk: Desk, openai: OpenAIStandIn) -> None:
    openai.seconds = 62
    desk.session.watch(desk.widget)
    first = reach(qtbot, desk, "live").expires_at
    desk.clock.offset = 29.5  # half of its life is over in a second
    desk.session.retry()
    openai.seconds = 600
    qtbot.waitUntil(lambda: desk.session.status.expires_at > first, timeout=20_000)
    assert len(openai.sessions) == 2
    assert desk.switched == [KEY, KEY, KEY]


class Clock:
    """The real time, and a little more."""

    def __init__(self) -> None:
        self.offset = 0.0

    def __call__(self) -> float:
        return time.time() + self.offset


def test_says_when_it_has_expired(qtbot: QtBot, desk: Desk) -> None:
    desk.session.watch(desk.widget)
    reach(qtbot, desk, "live")
    desk.clock.offset = 700
    qtbot.waitUntil(lambda: "expired" in desk.session.status.words, timeout=5_000)


@pytest.mark.parametrize(
    ("widget", "kind", "words"),
    [
        (
            N8nWidget(
                key=KEY,
                connection=N8nConnection(webhook_url="https://n8n.example/webhook/a"),
            ),
            "live",
            "Live",
        ),
        (N8nWidget(key=KEY), "simulated", "Simulated: no webhook yet"),
        (ChatKitWidget(key=KEY), "simulated", "Simulated: no workflow yet"),
    ],
)
def test_what_needs_no_session_is_told_at_once(
    desk: Desk, openai: OpenAIStandIn, widget: Widget, kind: str, words: str
) -> None:
    desk.session.watch(widget)
    assert desk.session.status.kind == kind
    assert desk.session.status.words.startswith(words)
    assert openai.requests == []


def test_the_log_holds_no_secret(
    qtbot: QtBot, desk: Desk, openai: OpenAIStandIn
) -> None:
    desk.blackout.add(GOOD_KEY)
    with qtbot.waitSignal(desk.log.added, timeout=20_000):
        desk.session.watch(desk.widget)
    reach(qtbot, desk, "live")
    openai.behave(always=fails(500, GOOD_KEY))
    desk.session.retry()
    assert "200 ok" in desk.log.text
    assert WORKFLOW in desk.log.text
    for secret in (GOOD_KEY, openai.sessions[0]["client_secret"], desk.host.base):
        assert secret not in desk.log.text


def test_nothing_comes_after_shutdown(qtbot: QtBot, desk: Desk) -> None:
    desk.session.watch(desk.widget)
    desk.session.shutdown()
    said = len(desk.said)
    assert desk.host.submit(_nothing).result(20) is None
    qtbot.waitUntil(lambda: desk.session.status.kind == "opening")
    assert len(desk.said) == said


async def _nothing(app: object) -> None:
    return None


def test_a_visitor_is_the_same_in_every_run(tmp_path: Path) -> None:
    first, again = visitor_of(tmp_path), visitor_of(tmp_path)
    assert first(KEY) == again(KEY)
    assert first(KEY) != first("x" * 16)
    assert visitor_of(tmp_path / "elsewhere")(KEY) != first(KEY)
    assert visitor_of(None)(KEY) != visitor_of(None)(KEY)
    assert 1 <= len(first(KEY)) <= 512


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 40, b"Z" * 32])
def test_a_damaged_visitor_file_is_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "visitor-id").write_bytes(content)
    assert visitor_of(tmp_path)(KEY) == visitor_of(tmp_path)(KEY)


@pytest.mark.parametrize(
    ("lifetime", "early", "renewed"),
    [(600, 60, True), (60, 30, True), (59, 29.5, False), (1, 0.5, False)],
)
def test_a_session_counts_as_used_up_early(
    lifetime: int, early: float, *, renewed: bool
) -> None:
    kept = kept_session(Session("", "ek_x", 1000 + lifetime), 1000)
    assert kept.used_up_at == kept.expires_at - early
    assert kept.is_renewed is renewed
    assert "ek_x" not in repr(kept)


@pytest.mark.anyio
async def test_kept_sessions_end_and_differ() -> None:
    clock = [1000.0]
    minted = []

    class Minting:
        async def mint(self, key: str, body: dict[str, Any]) -> Session:
            minted.append((key, body))
            return Session("", f"ek_{len(minted)}", int(clock[0]) + 600)

    kept = KeptSessions(Minting(), lambda: clock[0])  # type: ignore[arg-type]
    first = await kept.mint("sk-1", {"user": "a"})
    assert await kept.mint("sk-1", {"user": "a"}) is first
    assert await kept.mint("sk-2", {"user": "a"}) is not first
    assert await kept.mint("sk-1", {"user": "b"}) is not first
    clock[0] += 541
    assert await kept.mint("sk-1", {"user": "a"}) is not first
