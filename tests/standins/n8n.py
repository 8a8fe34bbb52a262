"""An n8n on the loopback: Chat Triggers that accept and refuse what n8n 2.39 does.

    with N8nStandIn() as n8n:
        chat = n8n.add(Workflow(says({"output": "Hi"})))
        ... POST to chat.url ...
        assert n8n.received[0].fields["chatInput"] == "hello"

What breaks the contract is answered as n8n answers it and stands in `faults`.
"""

from __future__ import annotations

import base64
import email.policy
import json
import threading
from dataclasses import dataclass, field
from email.parser import BytesParser
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from tests.standins.loopback import Loopback, Quiet
from tests.standins.websocket import ServerSocket

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST_JSON = 16 * 1024 * 1024
_ACTIONS = ("sendMessage", "loadPreviousSession")


@dataclass(frozen=True)
class SentFile:
    """One `files` part of a multipart message."""

    name: str
    type: str
    data: bytes


@dataclass(frozen=True)
class Received:
    """One message as it came: `fields` are the body's or the query's."""

    method: str
    path: str
    headers: dict[str, str]
    fields: dict[str, Any]
    files: tuple[SentFile, ...] = ()


@dataclass
class Workflow:
    """A workflow behind a Chat Trigger, and how its trigger is set up.

    `answer` writes the reply; `talk` then holds the WebSocket of a workflow with
    response nodes; `history` answers loadPreviousSession (None: no memory node, so
    500; or it writes the reply). `origins` is n8n's own comma list, which it does not
    trim. `answered` is set once a message was answered.
    """

    answer: Callable[[Exchange], None]
    talk: Callable[[ServerSocket], None] | None = None
    history: Sequence[dict[str, Any]] | Callable[[Exchange], None] | None = ()
    method: str = "POST"
    active: bool = True
    public: bool = True
    auth: tuple[str, str] | None = None
    origins: str = "*"
    session_key: str = "sessionId"
    input_key: str = "chatInput"
    path: str = ""
    url: str = ""
    answered: threading.Event = field(default_factory=threading.Event)


class Exchange:
    """One request on its way to an answer: what came, and how to write back."""

    def __init__(self, handler: _Handler, received: Received, cors: str | None) -> None:
        self.handler, self.received, self.cors = handler, received, cors

    def reply(
        self,
        body: bytes,
        kind: str = "application/json; charset=utf-8",
        status: int = 200,
        **headers: str,
    ) -> None:
        """A whole answer at once."""
        self.start(status, kind, {"Content-Length": str(len(body)), **headers})
        self.handler.wfile.write(body)

    def start(self, status: int, kind: str, headers: dict[str, str]) -> None:
        """Status line and headers."""
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", kind)
        if self.cors is not None:
            self.handler.send_header("Access-Control-Allow-Origin", self.cors)
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()

    def chunk(self, data: bytes) -> None:
        """One piece of a chunked body; an empty one ends it."""
        self.handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.handler.wfile.flush()

    def drop(self) -> None:
        """Cut the connection as a dying proxy does."""
        self.handler.close_connection = True
        self.handler.connection.close()


class N8nStandIn(Loopback):
    """The server; `received` and `faults` tell what came in.

    `pace` is how many seconds each 64 KB of a message's first half take on the way in.
    """

    def __init__(self) -> None:
        self.workflows: dict[str, Workflow] = {}
        self.received: list[Received] = []
        self.faults: list[str] = []
        self.talks: dict[str, tuple[str, Workflow]] = {}
        self.closing = threading.Event()
        self.pace = 0.0
        self._numbers = count(1)
        super().__init__(type("Handler", (_Handler,), {"standin": self}))

    def add(self, workflow: Workflow) -> Workflow:
        """Give a workflow its webhook; its `url` is set."""
        workflow.path = f"/webhook/{next(self._numbers):08x}-chat/chat"
        workflow.url = self.base + workflow.path
        self.workflows[workflow.path] = workflow
        return workflow

    def messages(self) -> list[Received]:
        """What was sent as messages, without loads of history."""
        return [
            one for one in self.received if one.fields.get("action") == "sendMessage"
        ]

    def open_talk(self, workflow: Workflow) -> dict[str, Any]:
        """Let a WebSocket of this workflow in; the body that says where it is."""
        execution, token = str(next(self._numbers)), f"resume{next(self._numbers)}"
        self.talks[execution] = (token, workflow)
        return {
            "executionStarted": True,
            "executionId": execution,
            "resumeToken": token,
        }

    def close(self) -> None:
        """Stop answering; endless answers end."""
        self.closing.set()
        super().close()


class _Handler(Quiet):
    protocol_version = "HTTP/1.1"
    standin: N8nStandIn

    def do_OPTIONS(self) -> None:
        workflow = self._workflow()
        cors = _cors(workflow, self.headers.get("Origin")) if workflow else None
        if cors is None:
            return self._unknown()
        self.send_response(204)
        self.send_header("Access-Control-Allow-Origin", cors)
        self.send_header("Access-Control-Allow-Methods", "OPTIONS, GET, POST")
        asked = self.headers.get("Access-Control-Request-Headers", "")
        self.send_header("Access-Control-Allow-Headers", asked)
        self.send_header("Access-Control-Max-Age", "300")
        self.end_headers()
        return None

    def do_GET(self) -> None:
        if urlsplit(self.path).path == "/chat":
            return self._talk()
        return self._message("GET")

    def do_POST(self) -> None:
        self._message("POST")

    def _workflow(self) -> Workflow | None:
        return self.standin.workflows.get(urlsplit(self.path).path)

    def _message(self, method: str) -> None:
        body = self._body(int(self.headers.get("Content-Length") or 0))
        workflow = self._workflow()
        if not workflow or not workflow.active or workflow.method != method:
            return self._unknown()
        cors = _cors(workflow, self.headers.get("Origin"))
        fields, files, fault = self._read(method, body, workflow)
        received = Received(
            method, self.path, dict(self.headers.items()), fields, files
        )
        exchange = Exchange(self, received, cors)
        if not workflow.public:
            return exchange.reply(b"", status=404)
        if refusal := _refused(workflow, self.headers.get("Authorization")):
            return exchange.reply(refusal[1], status=refusal[0])
        if fault:
            self.standin.faults.append(fault)
            return exchange.reply(_json({"code": 0, "message": fault}), status=422)
        if len(body) > MOST_JSON and not files:
            return exchange.reply(_json({"message": "too large"}), status=500)
        self.standin.received.append(received)
        if fields.get("action") == "loadPreviousSession":
            return _history(exchange, workflow)
        workflow.answer(exchange)
        workflow.answered.set()
        return None

    def _body(self, size: int) -> bytes:
        pieces = []
        left = size
        while left > 0 and (piece := self.rfile.read(min(left, 65536))):
            pieces.append(piece)
            left -= len(piece)
            if self.standin.pace and left > size / 2:
                self.standin.closing.wait(self.standin.pace)
        return b"".join(pieces)

    def _unknown(self) -> None:
        """Recorded: with an Origin an HTML page without CORS headers, else JSON."""
        if self.headers.get("Origin"):
            body, kind, status = b"<html>Error</html>", "text/html", 500
        else:
            named = f"{self.command} {self.path.removeprefix('/webhook/')}"
            refusal = {
                "code": 404,
                "message": f'The requested webhook "{named}" is not registered.',
                "hint": "The workflow must be active.",
            }
            body, kind, status = _json(refusal), "application/json", 404
        Exchange(self, Received("", "", {}, {}), None).reply(body, kind, status)

    def _read(
        self, method: str, body: bytes, workflow: Workflow
    ) -> tuple[dict[str, Any], tuple[SentFile, ...], str]:
        kind = self.headers.get("Content-Type", "")
        files: tuple[SentFile, ...] = ()
        try:
            if method == "GET":
                fields: Any = dict(parse_qsl(urlsplit(self.path).query))
                fields = _with_metadata(fields)
            elif kind.startswith("multipart/form-data"):
                fields, files = _parts(kind, body)
                fields = _with_metadata(fields)
            else:
                fields = json.loads(body)
        except ValueError:
            return {}, (), "Failed to parse request body"
        if method == "POST" and not _is_readable(kind):
            return fields, files, f"unsupported Content-Type {kind!r}"
        return fields, files, _fault(fields, workflow)

    def _talk(self) -> None:
        query = dict(parse_qsl(urlsplit(self.path).query))
        token, workflow = self.standin.talks.pop(
            query.get("executionId", ""), ("", None)
        )
        good = query.get("token") == token and query.get("isPublic") == "true"
        if not workflow or not workflow.talk or not good or not query.get("sessionId"):
            self.standin.faults.append(f"refused socket {self.path}")
            self.send_error(401)
            return
        socket = ServerSocket(self)
        workflow.talk(socket)


def _is_readable(kind: str) -> bool:
    """Whether n8n reads a body of this type as a message."""
    return kind.startswith("multipart/form-data; boundary=") or kind.startswith(
        "application/json"
    )


def _fault(fields: Any, workflow: Workflow) -> str:
    if not isinstance(fields, dict):
        return "the body is no object"
    action = fields.get("action")
    if action not in _ACTIONS:
        return f"unknown action {action!r}"
    if not isinstance(fields.get(workflow.session_key), str):
        return f"no {workflow.session_key}"
    if action == "sendMessage" and not isinstance(fields.get(workflow.input_key), str):
        return f"no {workflow.input_key}"
    known = {"action", "metadata", workflow.session_key, workflow.input_key}
    if extra := set(fields) - known:
        return f"unknown fields {sorted(extra)}"
    if not isinstance(fields.get("metadata", {}), dict):
        return "metadata is no object"
    return ""


def _parts(kind: str, body: bytes) -> tuple[dict[str, Any], tuple[SentFile, ...]]:
    head = f"Content-Type: {kind}\r\n\r\n".encode()
    message = BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
    if not message.is_multipart():
        raise ValueError(kind)
    fields: dict[str, Any] = {}
    files: list[SentFile] = []
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        if part.get_filename() is None:
            fields[str(name)] = data.decode()
        elif name != "files":
            raise ValueError(name)
        else:
            kind_of = part.get_content_type()
            files.append(SentFile(str(part.get_filename()), kind_of, data))
    return fields, tuple(files)


def _with_metadata(fields: dict[str, Any]) -> dict[str, Any]:
    if "metadata" in fields:
        fields["metadata"] = json.loads(fields["metadata"])
    return fields


def _refused(workflow: Workflow, given: str | None) -> tuple[int, bytes] | None:
    if workflow.auth is None:
        return None
    if not given:
        return 401, b'"Authorization is required!"'
    wanted = "Basic " + base64.b64encode(":".join(workflow.auth).encode()).decode()
    return None if given == wanted else (403, b'"Authorization data is wrong!"')


def _cors(workflow: Workflow, origin: str | None) -> str | None:
    if origin is None or workflow.origins == "*":
        return origin
    allowed = workflow.origins.split(",")
    return origin if origin in allowed else allowed[0]


def _history(exchange: Exchange, workflow: Workflow) -> None:
    if callable(workflow.history):
        workflow.history(exchange)
    elif workflow.history is None:
        exchange.reply(_json({"message": "Error in workflow"}), status=500)
    else:
        exchange.reply(_json({"data": list(workflow.history)}))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def says(value: Any, status: int = 200, **headers: str) -> Callable[[Exchange], None]:
    """One JSON value as the whole answer."""
    return lambda exchange: exchange.reply(_json(value), status=status, **headers)


def says_bytes(
    body: bytes, kind: str = "text/html", status: int = 200
) -> Callable[[Exchange], None]:
    """A body that need not be JSON."""
    return lambda exchange: exchange.reply(body, kind, status)


def event(kind: str, content: Any = None, node: str = "agent", run: int = 0) -> bytes:
    """One line of a streamed answer."""
    line: dict[str, Any] = {"type": kind}
    if content is not None or kind == "error":
        line["content"] = content
    line["metadata"] = {
        "nodeId": node,
        "nodeName": node,
        "timestamp": 1_763_800_000_000,
        "runIndex": run,
        "itemIndex": 0,
    }
    return _json(line) + b"\n"


def streams(
    *pieces: bytes, drop: bool = False, wait: threading.Event | None = None
) -> Callable[[Exchange], None]:
    """Pieces as chunks of their own; `wait` holds back the last, `drop` cuts there."""

    def answer(exchange: Exchange) -> None:
        kind = "application/json; charset=utf-8"
        exchange.start(200, kind, {"Transfer-Encoding": "chunked"})
        for index, piece in enumerate(pieces):
            if wait and index == len(pieces) - 1:
                wait.wait(30)
            exchange.chunk(piece)
        if drop:
            exchange.drop()
        else:
            exchange.chunk(b"")

    return answer


def never(standin: N8nStandIn) -> Callable[[Exchange], None]:
    """No answer at all, until the stand-in closes."""

    def answer(exchange: Exchange) -> None:
        standin.closing.wait(60)
        exchange.drop()

    return answer


def endless(standin: N8nStandIn, piece: bytes) -> Callable[[Exchange], None]:
    """The same piece for ever, until someone hangs up."""

    def answer(exchange: Exchange) -> None:
        kind = "application/json; charset=utf-8"
        exchange.start(200, kind, {"Transfer-Encoding": "chunked"})
        while not standin.closing.is_set():
            exchange.chunk(piece)

    return answer


def starts_talk(standin: N8nStandIn, talk: Callable[[ServerSocket], None]) -> Workflow:
    """A workflow with response nodes; `talk` runs the socket."""
    workflow = Workflow(lambda exchange: None, talk=talk)
    workflow.answer = lambda exchange: exchange.reply(
        _json(standin.open_talk(workflow))
    )
    return workflow


def remembered(*said: tuple[str, Any]) -> list[dict[str, Any]]:
    """History items: (HumanMessage | AIMessage | ToolMessage, content)."""
    return [
        {
            "lc": 1,
            "type": "constructor",
            "id": ["langchain_core", "messages", kind],
            "kwargs": {"content": content, "additional_kwargs": {}},
        }
        for kind, content in said
    ]
