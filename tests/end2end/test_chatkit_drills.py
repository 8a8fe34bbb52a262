"""The hosted server killed in mid-answer: what came is there, to be tried again."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from exporter.providers.chatkit.settings import ChatKitConnection, ChatKitWidget
from tests.standins.completions import ModelStandIn
from tests.standins.serving import Owner, Serving

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]
KEY = "k" * 16
ROUNDS = 5
KEPT_WITHIN = 1.5
"""Seconds after which what a visitor saw has to be on the disk."""


class Page:
    """One visitor's page, by HTTP; the server's word for who it is, is kept."""

    def __init__(self, base: str) -> None:
        self._address = f"{base}/api/chatkit/{KEY}"
        self._http = httpx.Client(headers={"origin": "https://shop.example"})

    def ask(self, kind: str, **params: Any) -> Any:
        answer = self._http.post(
            self._address, json={"type": kind, "params": params}, timeout=30
        )
        self._keep(answer)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def follow(self, heard: list[Any], kind: str, **params: Any) -> None:
        """Every event, until the end or the server's."""
        body = {"type": kind, "params": params}
        with (
            suppress(httpx.TransportError),
            self._http.stream("POST", self._address, json=body, timeout=30) as answer,
        ):
            self._keep(answer)
            for line in answer.iter_lines():
                if line.startswith("data: "):
                    heard.append(json.loads(line[6:]))

    def close(self) -> None:
        self._http.close()

    def _keep(self, answer: httpx.Response) -> None:
        if signed := answer.headers.get("x-vitrine-visitor"):
            self._http.headers["x-vitrine-visitor"] = signed


def message(text: str) -> dict[str, Any]:
    content = [{"type": "input_text", "text": text}]
    return {"content": content, "attachments": [], "inference_options": {}}


def deltas(heard: list[Any]) -> str:
    return "".join(one.get("update", {}).get("delta", "") for one in heard)


def wait_for(condition: Any, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        threading.Event().wait(0.01)


@pytest.mark.parametrize("sealed", [False, True], ids=["plain", "sealed"])
def test_killed_in_mid_answer(tmp_path: Path, sealed: bool) -> None:
    """Lost: nothing that was on the screen for longer than it takes to keep it."""
    database, lost, shown = str(tmp_path / "server.db"), 0, 0
    owner = Owner(database)
    with (
        ModelStandIn() as model,
        Serving(database, tmp_path, {"VITRINE_PRIVATE_UPSTREAMS": "1"}) as server,
    ):
        widget = ChatKitWidget(
            key=KEY,
            domains=("shop.example",),
            connection=ChatKitConnection(
                kind="openai", base_url=model.base, model="small", sealed=sealed
            ),
        )
        assert owner.put(server.base, widget).status_code == 201
        for number in range(ROUNDS):
            page, heard = Page(server.base), []
            said = f"canary{number} ist ü"
            model.says(said, "never", hold=threading.Event())
            asking = threading.Thread(
                target=page.follow,
                args=(heard, "threads.create"),
                kwargs={"input": message("Hi")},
            )
            asking.start()
            wait_for(lambda heard=heard, said=said: deltas(heard) == said)
            threading.Event().wait(KEPT_WITHIN)
            server.kill()
            asking.join(20)
            server.start()
            thread = heard[0]["thread"]["id"]
            _expire(database, thread)
            seen = page.ask("threads.get_by_id", thread_id=thread)
            items = seen["items"]["data"]
            texts = [one["content"][0]["text"] for one in items]
            shown += texts == ["Hi", said]
            lost += texts != ["Hi", said]
            joined: list[Any] = []
            page.follow(joined, "threads.join", thread_id=thread)
            assert joined[-1]["type"] == "error"
            assert joined[-1]["allow_retry"]
            model.says("Whole again")
            again: list[Any] = []
            where = {"thread_id": thread, "item_id": items[0]["id"]}
            page.follow(again, "threads.retry_after_item", **where)
            assert again[-1]["item"]["content"][0]["text"] == "Whole again"
            page.close()
        print(f"killed {ROUNDS} times in mid-answer: {shown} shown, {lost} lost")
    assert (shown, lost) == (ROUNDS, 0)
    raw = b"".join(one.read_bytes() for one in tmp_path.glob("server.db*"))
    assert (b"Whole again" in raw) is not sealed


def _expire(database: str, thread: str) -> None:
    """As if the dead process's lease had run out; else it takes fifteen seconds."""
    with sqlite3.connect(database, timeout=10) as connection:
        connection.execute("UPDATE conversations SET lease = 1 WHERE id = ?", (thread,))
    connection.close()
