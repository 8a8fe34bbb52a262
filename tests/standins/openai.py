"""OpenAI's sessions endpoint, as strict as the real one, on the loopback.

It refuses what the facts say it refuses: an object as `user`, a missing beta header,
unknown fields, a missing workflow, limits out of range, wrong keys. `behave` makes
it fail in a given way; `requests` holds what was asked.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

GOOD_KEY = "sk-standin-0123456789abcdef"
OTHER_PROJECT_KEY = "sk-other-project-0123456789"
FOREIGN_KEY = "sk-foreign-country-012345678"
WORKFLOW = "wf_standin"

Json = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """One request; `body` is None where it was no JSON."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True)
class Behaviour:
    """An answer instead of the right one; `hangs` sends nothing until released."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    hangs: bool = False
    cut: bool = False


def fails(status: int, code: str = "error", **headers: str) -> Behaviour:
    """An error in OpenAI's own form; header names with "_" for "-"."""
    error = {"message": f"made to fail: {code}", "type": code, "code": code}
    names = {name.replace("_", "-"): text for name, text in headers.items()}
    return Behaviour(
        status, json.dumps({"error": {**error, "param": None}}).encode(), names
    )


class OpenAIStandIn:
    """A context manager; `base` is what VITRINE_OPENAI_BASE takes."""

    def __init__(self, *, seconds: int = 600) -> None:
        self.requests: list[Asked] = []
        self.sessions: list[Json] = []
        self.cancelled: list[str] = []
        self.seconds = seconds
        self.release = threading.Event()
        self.hung = threading.Event()
        self._script: list[Behaviour] = []
        self._always: Behaviour | None = None
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.stand_in = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}
        )

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def behave(self, *first: Behaviour, always: Behaviour | None = None) -> None:
        """Answer the next requests so, one each; then `always`, if given."""
        with self._lock:
            self._script, self._always = list(first), always

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.release.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def next_behaviour(self) -> Behaviour | None:
        with self._lock:
            return self._script.pop(0) if self._script else self._always

    def answer(self, asked: Asked) -> tuple[int, Json]:
        """The right answer to a request, or its refusal."""
        with self._lock:
            self.requests.append(asked)
            refusal = _refusal(asked)
            if refusal is not None:
                return refusal
            if asked.path.endswith("/cancel"):
                return self._cancel(asked)
            return self._create(asked)

    def _create(self, asked: Asked) -> tuple[int, Json]:
        number, body = len(self.sessions) + 1, asked.body
        life = body.get("expires_after", {}).get("seconds", self.seconds)
        most = body.get("rate_limits", {}).get("max_requests_per_1_minute", 10)
        session = {
            "id": f"cksess_{number:06}",
            "object": "chatkit.session",
            "expires_at": int(time.time()) + min(life, self.seconds),
            "client_secret": f"ek_standin_{number:06}_secret",
            "workflow": {"id": body["workflow"]["id"]},
            "user": body["user"],
            "rate_limits": {"max_requests_per_1_minute": most},
            "max_requests_per_1_minute": most,
            "status": "active",
            "chatkit_configuration": body.get("chatkit_configuration", {}),
        }
        self.sessions.append(session)
        return 200, session

    def _cancel(self, asked: Asked) -> tuple[int, Json]:
        wanted = asked.path.split("/")[-2]
        for session in self.sessions:
            if session["id"] == wanted:
                self.cancelled.append(wanted)
                return 200, {**session, "status": "cancelled"}
        return _error(404, f"Session with id '{wanted}' not found.")


class _Server(ThreadingHTTPServer):
    stand_in: OpenAIStandIn
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        # Clients that gave up are part of the tests.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        stand_in = self.server.stand_in
        asked = Asked("POST", self.path, _lower(self.headers), self._json())
        behaviour = stand_in.next_behaviour()
        if behaviour is None:
            status, body = stand_in.answer(asked)
            self._send(status, json.dumps(body).encode(), {})
            return
        stand_in.requests.append(asked)
        if behaviour.hangs:
            stand_in.hung.set()
            stand_in.release.wait(60)
            self.close_connection = True
        elif behaviour.cut:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
            self.close_connection = True
        else:
            self._send(behaviour.status, behaviour.body, behaviour.headers)

    def do_HEAD(self) -> None:
        """For whoever asks whether ChatKit's script is there."""
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        status, body = _error(405, "Use POST.")
        self._send(status, json.dumps(body).encode(), {})

    def log_message(self, *_: object) -> None:
        pass

    def _json(self) -> Any:
        length = int(self.headers.get("content-length") or 0)
        try:
            return json.loads(self.rfile.read(length))
        except ValueError:
            return None

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, text in {"content-type": "application/json", **headers}.items():
            self.send_header(name, text)
        self.send_header("x-request-id", "req_standin")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): text for name, text in headers.items()}


def _error(status: int, message: str, param: str | None = None) -> tuple[int, Json]:
    kind = "invalid_request_error"
    error = {"message": message, "type": kind, "param": param, "code": None}
    return status, {"error": error}


def _refusal(asked: Asked) -> tuple[int, Json] | None:
    key = asked.headers.get("authorization", "").removeprefix("Bearer ")
    if not asked.path.startswith("/v1/chatkit/sessions"):
        return _error(404, "Unknown request URL.")
    if key not in (GOOD_KEY, OTHER_PROJECT_KEY, FOREIGN_KEY):
        return _error(401, "Incorrect API key provided.")
    if key == FOREIGN_KEY:
        return _error(403, "Country, region, or territory not supported.")
    if asked.headers.get("openai-beta") != "chatkit_beta=v1":
        return _error(400, "Missing OpenAI-Beta header.", "OpenAI-Beta")
    if asked.headers.get("content-type", "").split(";")[0] != "application/json":
        return _error(415, "Unsupported content type.")
    if asked.path.endswith("/cancel"):
        return None
    broken = _broken(asked.body)
    if broken is not None:
        return _error(400, broken[1], broken[0])
    workflow = asked.body["workflow"]["id"]
    if key == OTHER_PROJECT_KEY or workflow != WORKFLOW:
        return _error(404, f"Workflow with id '{workflow}' not found.")
    return None


def _is_int(value: Any, least: int, most: int | None = None) -> bool:
    return type(value) is int and value >= least and (most is None or value <= most)


_SHAPE: Json = {
    "user": lambda value: isinstance(value, str) and 1 <= len(value) <= 512,
    "workflow": {
        "id": lambda value: isinstance(value, str) and value.startswith("wf_"),
        "version": lambda value: isinstance(value, str) and value != "latest",
        "state_variables": lambda value: _is_state(value),
        "tracing": {"enabled": lambda value: isinstance(value, bool)},
    },
    "expires_after": {
        "anchor": lambda value: value == "created_at",
        "seconds": lambda value: _is_int(value, 1, 600),
    },
    "rate_limits": {"max_requests_per_1_minute": lambda value: _is_int(value, 1)},
    "chatkit_configuration": {
        "automatic_thread_titling": {"enabled": lambda value: isinstance(value, bool)},
        "file_upload": {
            "enabled": lambda value: isinstance(value, bool),
            "max_file_size": lambda value: _is_int(value, 1, 512),
            "max_files": lambda value: _is_int(value, 1),
        },
        "history": {
            "enabled": lambda value: isinstance(value, bool),
            "recent_threads": lambda value: _is_int(value, 1),
        },
    },
}
_REQUIRED = {
    "": ("user", "workflow"),
    "workflow": ("id",),
    "expires_after": ("anchor", "seconds"),
}


def _is_state(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and len(value) <= 64
        and all(1 <= len(name) <= 64 for name in value)
        and all(isinstance(item, (str, bool, int, float)) for item in value.values())
    )


def _broken(body: Any, shape: Json = _SHAPE, path: str = "") -> tuple[str, str] | None:
    """The first broken rule as (path, sentence)."""
    if not isinstance(body, dict):
        return path, f"'{path or 'body'}' has to be an object."
    for name in _REQUIRED.get(path, ()):
        if name not in body:
            return name, f"Missing required parameter: '{name}'."
    for name, value in body.items():
        place = f"{path}.{name}".lstrip(".")
        rule = shape.get(name)
        if rule is None:
            return place, f"Unknown parameter: '{place}'."
        inner = _broken(value, rule, place) if isinstance(rule, dict) else None
        if inner is not None:
            return inner
        if not isinstance(rule, dict) and not rule(value):
            return place, f"Invalid value for '{place}'."
    return None
