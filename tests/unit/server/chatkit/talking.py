"""A page that speaks ChatKit to the app; `openai-chatkit` checks each word."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.unit.server.chatkit.oracle import ANSWERS, EVENT, REQUEST
from tests.unit.server.furnished import SITE

if TYPE_CHECKING:
    from server.messages import ASGI

KEY = "k" * 16
_OURS = ("threads.join", "threads.stop")
_WAIT = 20


class Refused(AssertionError):
    """The server refused; carries status and code."""

    def __init__(self, status: int, body: Any) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.code = body["error"]["code"]
        self.message = body["error"]["message"]


@dataclass
class Stream:
    """An answer under way; `events` are all that came so far."""

    inbox: asyncio.Queue[Any]
    leaving: asyncio.Event
    task: asyncio.Task[None]
    events: list[dict[str, Any]] = field(default_factory=list)
    _rest: bytes = b""

    async def until(self, kind: str) -> dict[str, Any]:
        """The next event of that type (or of that update's type)."""
        while True:
            event = await self.next()
            assert event is not None, f"the stream ended before {kind}"
            if kind in (event["type"], event.get("update", {}).get("type")):
                return event

    async def next(self) -> dict[str, Any] | None:
        """The next event; None at the end."""
        while b"\n\n" not in self._rest:
            async with asyncio.timeout(_WAIT):
                piece = await self.inbox.get()
            if piece is None:
                assert self._rest == b""
                return None
            self._rest += piece
        line, self._rest = self._rest.split(b"\n\n", 1)
        if line.startswith(b":"):
            return await self.next()
        assert line.startswith(b"data: ")
        event: dict[str, Any] = json.loads(line[6:])
        EVENT.validate_python(event)
        self.events.append(event)
        return event

    async def all(self) -> list[dict[str, Any]]:
        """Everything until the end."""
        while await self.next() is not None:
            pass
        return self.events

    async def leave(self) -> None:
        """Close the connection, as a page that is left does."""
        self.leaving.set()
        await asyncio.wait([self.task], timeout=_WAIT)
        assert self.task.done()


@dataclass
class ChatPage:
    """One tab of a visitor."""

    app: ASGI
    user: str = "anna"
    key: str = KEY
    origin: str = SITE

    async def ask(self, kind: str, /, **params: Any) -> Any:
        """A request that is answered with JSON."""
        body = {"type": kind, "params": params}
        if kind not in _OURS:
            REQUEST.validate_python(body)
        status, _, data = await self.raw(json.dumps(body).encode())
        said = json.loads(data)
        if status != 200:
            raise Refused(status, said)
        if kind in ANSWERS:
            ANSWERS[kind].validate_python(said)
        return said

    async def open(self, kind: str, /, **params: Any) -> Stream:
        """A request that is answered with a stream; returns when it begins."""
        body = {"type": kind, "params": params}
        if kind not in _OURS:
            REQUEST.validate_python(body)
        return await self.begin(json.dumps(body).encode())

    async def begin(self, body: bytes) -> Stream:
        """The same for bytes; raises Refused."""
        inbox: asyncio.Queue[Any] = asyncio.Queue()
        leaving, begun = asyncio.Event(), asyncio.Event()
        head: dict[str, Any] = {}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                head.update(message)
                begun.set()
                return
            if message.get("body"):
                await inbox.put(message["body"])
            if not message.get("more_body"):
                await inbox.put(None)

        task = asyncio.create_task(self._run("POST", "", body, send, leaving))
        stream = Stream(inbox, leaving, task)
        async with asyncio.timeout(_WAIT):
            while not begun.is_set():
                assert not task.done() or task.exception() is None, task.exception()
                await asyncio.sleep(0)
        if head["status"] != 200:
            data = b""
            while (piece := await inbox.get()) is not None:
                data += piece
            raise Refused(head["status"], json.loads(data))
        return stream

    async def stream(self, kind: str, /, **params: Any) -> list[dict[str, Any]]:
        """All events of a streamed request."""
        return await (await self.open(kind, **params)).all()

    async def say(self, text: str, thread: str = "", **extra: Any) -> Any:
        """A message, and all events of its answer."""
        return await (await self.start(text, thread, **extra)).all()

    async def start(self, text: str, thread: str = "", **extra: Any) -> Stream:
        """A message; the stream of its answer."""
        if thread:
            params = {"thread_id": thread, "input": message(text, **extra)}
            return await self.open("threads.add_user_message", **params)
        return await self.open("threads.create", input=message(text, **extra))

    async def raw(
        self, body: bytes, method: str = "POST", path: str = "", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Any request; status, headers and body."""
        found: list[Any] = []

        async def send(part: Any) -> None:
            found.append(part)

        stay = asyncio.Event()
        async with asyncio.timeout(_WAIT):
            await self._run(method, path, body, send, stay, headers)
        start = found[0]
        named = {name.decode(): text.decode() for name, text in start["headers"]}
        data = b"".join(one.get("body", b"") for one in found[1:])
        return start["status"], named, data

    async def _run(
        self,
        method: str,
        path: str,
        body: bytes,
        send: Any,
        leaving: asyncio.Event,
        extra: dict[str, str] | None = None,
    ) -> None:
        sent = False

        async def receive() -> Any:
            nonlocal sent
            if not sent:
                sent = True
                return {"type": "http.request", "body": body, "more_body": False}
            await leaving.wait()
            return {"type": "http.disconnect"}

        place, _, query = path.partition("?")
        whole = place if place.startswith("/api") else f"/api/chatkit/{self.key}{place}"
        headers = {
            "origin": self.origin,
            "content-type": "application/json",
            "content-length": str(len(body)),
            "x-vitrine-visitor": self.user,
            **{name.replace("_", "-"): text for name, text in (extra or {}).items()},
        }
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "https",
            "path": whole,
            "raw_path": whole.encode(),
            "query_string": query.encode(),
            "headers": [(n.encode(), t.encode()) for n, t in headers.items() if t],
            "client": ("203.0.113.9", 1),
            "server": ("chat.example.com", 443),
        }
        await self.app(scope, receive, send)


def message(text: str, attachments: Any = (), **options: Any) -> dict[str, Any]:
    """An input of the protocol."""
    return {
        "content": [{"type": "input_text", "text": text}] if text else [],
        "attachments": list(attachments),
        "inference_options": options,
    }


def answer_of(events: list[dict[str, Any]]) -> list[str]:
    """The texts of the assistant's messages that are done."""
    return [
        event["item"]["content"][0]["text"]
        for event in events
        if event["type"] == "thread.item.done"
        and event["item"]["type"] == "assistant_message"
    ]


def thread_of(events: list[dict[str, Any]]) -> str:
    """The id of the thread that was created."""
    return str(events[0]["thread"]["id"])


def user_item(events: list[dict[str, Any]]) -> str:
    """The id of the visitor's message."""
    return next(
        str(one["item"]["id"])
        for one in events
        if one["type"] == "thread.item.done" and one["item"]["type"] == "user_message"
    )


def texts(items: list[dict[str, Any]]) -> list[str]:
    """What items say."""
    return [one["content"][0]["text"] for one in items if one.get("content")]
