"""An n8n chat webhook: JSON or streamed, with files; the thread is its session.

Forms of request and reply: the Chat Trigger's source and recorded exchanges with
n8n 2.39 (November 2026).
"""

from __future__ import annotations

import base64
import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

import httpx

from exporter.contract.relay import RelayTarget
from server import relay
from server.chatkit.backends._lines import Lines
from server.chatkit.backends.backend import Piece
from server.chatkit.errors import BackendError
from server.relay import Words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from exporter.contract.brain import Brain
    from server.chatkit.backends.backend import Question

_FIELDS = ("action", "sessionId", "chatInput", "metadata")
_EVENTS = ("begin", "item", "end", "error", "keepalive")
_NO_REPLY = "Workflow executed successfully but"
_MOST = 4 * 1024 * 1024
_HTML = "A proxy answered in the workflow's place: it gave up waiting."


def make(brain: Brain, client: httpx.AsyncClient) -> N8n:
    """The adapter."""
    return N8n(brain, client)


class N8n:
    """Talks to one webhook."""

    transcribe = None

    def __init__(self, brain: Brain, client: httpx.AsyncClient) -> None:
        self._brain = brain
        self._client = client

    async def answer(self, question: Question) -> AsyncIterator[Piece]:
        """The workflow's answer; raises BackendError or a RelayError."""
        answer = await relay.send(self._client, self._target(), _words(question))
        try:
            reader, lines = _Reader(), Lines()
            async for data in answer.pieces():
                for line in lines.feed(data):
                    for piece in reader.read(line):
                        yield piece
            for line in lines.end():
                for piece in reader.read(line):
                    yield piece
            for piece in reader.end():
                yield piece
        except httpx.ReadTimeout:
            raise BackendError("The workflow fell silent before its end.") from None
        except (httpx.TransportError, httpx.StreamError):
            raise BackendError("The workflow's answer broke off.") from None
        finally:
            await answer.close()

    def _target(self) -> RelayTarget:
        brain = self._brain
        headers = {}
        if brain.secret:
            sealed = base64.b64encode(brain.secret.encode()).decode()
            headers["authorization"] = f"Basic {sealed}"
        return RelayTarget(
            brain.url,
            "POST",
            _FIELDS,
            "metadata",
            {},
            brain.timeout,
            brain.max_file,
            brain.max_files,
            "sessionId",
            headers=headers,
        )


def _words(question: Question) -> Words:
    fields: dict[str, Any] = {
        "action": "sendMessage",
        "sessionId": question.session,
        "chatInput": question.text,
    }
    extra = {"tool": question.tool, "model": question.model, "action": question.action}
    metadata = {name: value for name, value in extra.items() if value}
    if metadata:
        fields["metadata"] = metadata
    files = tuple(
        (one.name, one.mime_type, BytesIO(one.data)) for one in question.files
    )
    return Words(fields, files, accept="text/plain, application/json, */*")


class _Reader:
    """Tells a stream of events from a plain reply, line by line."""

    def __init__(self) -> None:
        self._streams = False
        self._plain: list[str] = []
        self._size = 0
        self._rounds: dict[str, int] = {}
        self._spoken = False

    def read(self, line: str) -> list[Piece]:
        """What a line says; raises BackendError."""
        if not line.strip():
            if self._plain:
                self._keep(line)
            return []
        event = None if self._plain else _event(line)
        if event is not None:
            self._streams = True
            return self._said(event)
        if self._streams:
            return self._stray(line)
        self._keep(line)
        return []

    def end(self) -> list[Piece]:
        """What is left when the body ends."""
        if self._streams:
            return []
        return _plain("\n".join(self._plain))

    def _keep(self, line: str) -> None:
        self._plain.append(line)
        self._size += len(line)
        if self._size > _MOST:
            raise BackendError("The answer is larger than this chat can show.")

    def _said(self, event: dict[str, Any]) -> list[Piece]:
        told = event.get("metadata")
        meta = told if isinstance(told, dict) else {}
        place = f"{meta.get('nodeId', '')} {meta.get('runIndex', '')}"
        # A tool call begins and ends the same run twice: that is two messages.
        bubble = f"{place} {self._rounds.get(place, 0)}"
        kind, content = event["type"], event.get("content")
        if kind == "end":
            self._rounds[place] = self._rounds.get(place, 0) + 1
            return [Piece(bubble=bubble, done=True)]
        if kind == "error":
            word = content if isinstance(content, str) and content else ""
            raise BackendError(word[:500] or "The workflow failed.")
        if kind != "item" or content in (None, ""):
            return []
        ready = _ready(content)
        return [ready] if ready else [Piece(text=_text(content), bubble=bubble)]

    def _stray(self, line: str) -> list[Piece]:
        if line.lstrip().lower().startswith(("<!doctype", "<html")):
            raise BackendError(_HTML)
        return [Piece(text=line + "\n", bubble="stray")]


def _event(line: str) -> dict[str, Any] | None:
    if not line.lstrip().startswith("{"):
        return None
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    known = isinstance(said, dict) and said.get("type") in _EVENTS
    return said if known and ("metadata" in said or "content" in said) else None


def _plain(text: str) -> list[Piece]:
    """A reply in one piece."""
    if not text.strip() or text.strip().strip('"').startswith(_NO_REPLY):
        raise BackendError("The workflow gave no answer.")
    if text.lstrip().lower().startswith(("<!doctype", "<html")):
        raise BackendError(_HTML)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return [Piece(text=text)]
    return _reply(value)


def _reply(value: Any) -> list[Piece]:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if ready := _ready(value):
        return [ready]
    if isinstance(value, dict) and value.get("executionStarted") is True:
        raise BackendError(
            "This workflow waits for the visitor in the middle, which only the n8n "
            "chat can do.",
            retry=False,
        )
    text = _text(value)
    if not text.strip():
        raise BackendError("The workflow gave no answer.")
    return [Piece(text=text)]


def _ready(value: Any) -> Piece | None:
    """`{"chatkit": ITEM}`: a workflow that speaks ChatKit's own items."""
    if isinstance(value, str) and value[:1] == "{" and '"chatkit"' in value:
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
    found = value.get("chatkit") if isinstance(value, dict) else None
    return Piece(item=found) if isinstance(found, dict) else None


def _text(value: Any) -> str:
    """The words of a reply: the first field that has some, else its JSON."""
    if isinstance(value, str):
        return _inner(value)
    if isinstance(value, dict):
        for name in ("output", "text", "message"):
            found = value.get(name)
            if isinstance(found, dict) and isinstance(found.get("text"), str):
                return str(found["text"])
            if found not in (None, ""):
                return found if isinstance(found, str) else _shown(found)
    return "" if value is None else _shown(value)


def _inner(text: str) -> str:
    """“Respond to Webhook” sends an object as the text of one item."""
    if text[:1] != "{" or text[-1:] != "}":
        return text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    known = isinstance(value, dict) and {"output", "text", "message"} & set(value)
    return _text(value) if known else text


def _shown(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
