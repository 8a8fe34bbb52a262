"""An OpenAI-compatible model server on the loopback, strict about what it is asked.

    with ModelStandIn() as server:
        server.says("Hel", "lo")
        ... POST to server.base + "/responses" ...
        assert server.received[0].body["model"] == "small"

`wires` says which interfaces it has, `lists` whether it names its models; what breaks
the contract is refused with 400 and stands in `faults`. Forms: OpenAI's
reference of Responses and Chat Completions.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.standins.loopback import Loopback, Quiet

if TYPE_CHECKING:
    from collections.abc import Callable

_RESPONSES = {"model", "input", "stream", "store", "instructions"}
_COMPLETIONS = {"model", "messages", "stream"}
_PARTS = {
    "input_text": {"text"},
    "input_image": {"image_url"},
    "input_file": {"filename", "file_data"},
    "text": {"text"},
    "image_url": {"image_url"},
    "file": {"file"},
}


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class Script:
    """What the next answers are.

    `pieces` are the words as they come; `hold` is waited for before the last of them.
    `end` is how it ends: "done", "cut" (the connection drops), "error" (an error event
    inside 200), "limit", "silent" (nothing more, for ever) or "endless".
    """

    pieces: tuple[str, ...] = ("Hello",)
    end: str = "done"
    hold: threading.Event | None = None
    status: int = 200
    error: dict[str, Any] | None = None
    whole: bool = False


@dataclass
class ModelStandIn(Loopback):
    """The server; set `key` to want one."""

    wires: tuple[str, ...] = ("responses", "completions")
    models: tuple[str, ...] = ("small", "large")
    key: str = ""
    lists: bool = True
    script: Script = field(default_factory=Script)
    received: list[Asked] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.closing = threading.Event()
        super().__init__(type("Handler", (_Handler,), {"standin": self}))

    @property
    def base(self) -> str:
        """The base address, as one pastes it."""
        return f"{super().base}/v1"

    def says(self, *pieces: str, **rest: Any) -> Script:
        """The next answers."""
        self.script = Script(pieces, **rest)
        return self.script

    def close(self) -> None:
        """Stop answering; silent and endless answers end."""
        self.closing.set()
        super().close()


class _Handler(Quiet):
    protocol_version = "HTTP/1.1"
    standin: ModelStandIn

    def do_GET(self) -> None:
        wanted = f"Bearer {self.standin.key}" if self.standin.key else None
        if self.path != "/v1/models" or not self.standin.lists:
            return self._refuse(404, "not_found", "no such route")
        if self.headers.get("Authorization") != wanted:
            return self._refuse(401, "invalid_api_key", "wrong key")
        models = [{"id": one, "object": "model"} for one in self.standin.models]
        return self._json(200, {"object": "list", "data": models})

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.removeprefix("/v1")
        if path == "/audio/transcriptions":
            return self._transcribe(data)
        wire = {"/responses": "responses", "/chat/completions": "completions"}.get(path)
        if wire is None or wire not in self.standin.wires:
            return self._refuse(404, "not_found", "no such route")
        wanted = f"Bearer {self.standin.key}" if self.standin.key else None
        if self.headers.get("Authorization") != wanted:
            return self._refuse(401, "invalid_api_key", "wrong key")
        try:
            body = json.loads(data)
        except ValueError:
            return self._fault("the body is no JSON")
        if fault := _fault(wire, body):
            return self._fault(fault)
        self.standin.received.append(Asked(path, dict(self.headers.items()), body))
        if body["model"] not in self.standin.models:
            return self._refuse(404, "model_not_found", f"model {body['model']!r}")
        return self._answer(wire)

    def _answer(self, wire: str) -> None:
        script = self.standin.script
        if script.status != 200:
            error = script.error or {"code": None, "message": "no"}
            return self._json(script.status, {"error": error})
        if script.whole:
            return self._json(200, _whole(wire, "".join(script.pieces)))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        events = _Responses(self._event) if wire == "responses" else _Chat(self._event)
        events.begin()
        for number, piece in enumerate(script.pieces):
            if script.hold and number == len(script.pieces) - 1:
                script.hold.wait(30)
            events.piece(piece)
        return self._end(script.end, events)

    def _end(self, end: str, events: _Events) -> None:
        while end == "endless" and not self.standin.closing.is_set():
            events.piece("more and more " * 100)
        if end == "silent":
            self.standin.closing.wait(60)
        if end in ("cut", "silent", "endless"):
            self.close_connection = True
            self.connection.close()
            return
        events.end(end)
        self._chunk(b"")

    def _event(self, data: str, name: str = "") -> None:
        head = f"event: {name}\n" if name else ""
        self._chunk(f"{head}data: {data}\n\n".encode())

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _transcribe(self, data: bytes) -> None:
        whole = b'name="model"' in data and b'name="file"; filename=' in data
        if not whole:
            return self._fault("no form with model and file")
        return self._json(200, {"text": "What was said."})

    def _fault(self, fault: str) -> None:
        self.standin.faults.append(fault)
        self._refuse(400, "invalid_request_error", fault)

    def _refuse(self, status: int, code: str, message: str) -> None:
        self._json(status, {"error": {"code": code, "message": message}})

    def _json(self, status: int, value: Any) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Events:
    """How one interface streams."""

    def __init__(self, send: Callable[..., None]) -> None:
        self._send = send

    def begin(self) -> None:
        raise NotImplementedError

    def piece(self, text: str) -> None:
        raise NotImplementedError

    def end(self, end: str) -> None:
        raise NotImplementedError


class _Responses(_Events):
    def begin(self) -> None:
        self._say("response.created", response={"id": "resp_1", "status": "queued"})
        self._say("response.output_item.added", output_index=0, item={"id": "msg_1"})

    def piece(self, text: str) -> None:
        where = {"item_id": "msg_1", "output_index": 0, "content_index": 0}
        self._say("response.output_text.delta", **where, delta=text)

    def end(self, end: str) -> None:
        if end == "error":
            error = {"code": "server_error", "message": "the secret reason"}
            self._say("response.failed", response={"error": error})
        elif end == "limit":
            details = {"reason": "max_output_tokens"}
            self._say("response.incomplete", response={"incomplete_details": details})
        else:
            self._say("response.completed", response={"status": "completed"})

    def _say(self, kind: str, **values: Any) -> None:
        self._send(json.dumps({"type": kind, **values}), kind)


class _Chat(_Events):
    def begin(self) -> None:
        self._say({"role": "assistant", "content": ""})

    def piece(self, text: str) -> None:
        self._say({"content": text})

    def end(self, end: str) -> None:
        if end == "error":
            error = {"code": "server_error", "message": "the secret reason"}
            self._send(json.dumps({"error": error}))
            return
        self._say({}, "length" if end == "limit" else "stop")
        self._send("[DONE]")

    def _say(self, delta: dict[str, Any], reason: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        chunk = {"object": "chat.completion.chunk", "choices": [choice]}
        self._send(json.dumps(chunk))


def _fault(wire: str, body: Any) -> str:
    if not isinstance(body, dict):
        return "the body is no object"
    known = _RESPONSES if wire == "responses" else _COMPLETIONS
    if unknown := set(body) - known:
        return f"unknown parameter {sorted(unknown)[0]!r}"
    if body.get("stream") is not True or not isinstance(body.get("model"), str):
        return "no model, or no stream"
    if wire == "responses" and body.get("store") is not False:
        return "it would be kept"
    messages = body.get("input" if wire == "responses" else "messages")
    if not isinstance(messages, list) or not messages:
        return "no messages"
    if messages[-1].get("role") != "user":
        return "the last word is not the user's"
    return next((fault for one in messages if (fault := _message_fault(one))), "")


def _message_fault(message: Any) -> str:
    if not isinstance(message, dict) or set(message) != {"role", "content"}:
        return "a message is no message"
    if message["role"] not in ("system", "user", "assistant"):
        return f"unknown role {message['role']!r}"
    content = message["content"]
    if isinstance(content, str):
        return ""
    for part in content:
        kind = part.get("type")
        if kind not in _PARTS or set(part) - {"type"} != _PARTS[kind]:
            return f"a part {part!r:.100} is none"
    return ""


def _whole(wire: str, text: str) -> dict[str, Any]:
    if wire == "responses":
        part = {"type": "output_text", "text": text, "annotations": []}
        return {"output": [{"id": "msg_1", "type": "message", "content": [part]}]}
    message = {"role": "assistant", "content": text}
    return {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}
