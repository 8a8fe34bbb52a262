"""Asking what answers a ChatKit widget how it stands.

A workflow: one session, which is cancelled at once. A webhook: its earlier messages.

Refusals: `POST /v1/chatkit/sessions` with `OpenAI-Beta: chatkit_beta=v1` (November
2026).
"""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

from exporter.chat_trigger import (
    Refusal,
    credentials,
    refusal,
    refuses,
    reply_fault,
)
from exporter.contract.advice import AuditFinding, Level
from exporter.providers.chatkit.brain import WEBHOOK_SECRET
from exporter.providers.chatkit.ending import LAST_DAY, said
from exporter.providers.chatkit.model_probe import probe_model
from exporter.providers.chatkit.session import (
    API_KEY_SECRET,
    session_fault,
    session_request,
)
from exporter.providers.chatkit.settings import ChatKitWidget
from exporter.world import Answer, NoAnswer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.contract.widget import Widget
    from exporter.world import World

_VISITOR = "vitrine-check"
_GONE = (400, 404, 405, 410)
_MOVE = "Move to n8n, a model or a server of your own; everything else stays."
_STAYS_BLANK = "The chat stays blank."
_NO_ANSWER = "The chat opens, but no message gets an answer."
_CAUSES = {
    401: ("OpenAI refused the key (401).", "Paste a current one under Connection."),
    403: (
        "OpenAI refuses requests from this country or for this project (403).",
        "Check the project's permissions and the country's.",
    ),
    404: (
        "OpenAI knows no such workflow (404): nearly always the key is of another "
        "project.",
        "Use a key of the project that the workflow is in, and publish the workflow.",
    ),
    429: (
        "OpenAI's limit is reached, or nothing is left to pay with (429).",
        "Look at the project's limits and billing.",
    ),
}


def probe(widget: Widget, world: World) -> Iterator[AuditFinding]:
    """A workflow's session, or a word with what answers instead."""
    assert isinstance(widget, ChatKitWidget)
    kind = widget.connection.kind
    if kind == "server":
        yield from _server(widget, world)
    elif kind == "n8n":
        yield from _webhook(widget, world)
    elif kind == "openai":
        yield from probe_model(widget, world)
    elif not session_fault(widget):
        yield from _session(widget, world)


def _session(widget: ChatKitWidget, world: World) -> Iterator[AuditFinding]:
    key = world.secrets.get(API_KEY_SECRET, "")
    if not key:
        yield _finding(
            "connection.workflow_id",
            "no_key",
            "note",
            "No session was tried: no OpenAI key is here.",
            "Whether key and workflow belong together is not known.",
            "Set OPENAI_API_KEY for the check, or enter the key under Connection.",
        )
        return
    headers = {"Authorization": f"Bearer {key}", "OpenAI-Beta": "chatkit_beta=v1"}
    address = f"{world.openai.rstrip('/')}/chatkit/sessions"
    body = session_request(widget, _VISITOR)
    try:
        answer = world.ask("POST", address, json=body, headers=headers)
    except NoAnswer as reason:
        yield _refusal(f"OpenAI {reason}.", "Is there a way to the internet?")
        return
    if answer.status == 200:
        _cancel(world, address, answer, headers)
        yield _still(said(world.today, "answers"))
    elif answer.status in _GONE and world.today > LAST_DAY:
        words, fix = _cause(answer)  # it may be the key or a setting all the same
        ended = said(world.today, "refuses")
        yield _refusal(f"{ended} {words}", f"{fix} Else: {_MOVE[0].lower()}{_MOVE[1:]}")
    else:
        yield _refusal(*_cause(answer))


def _still(message: str) -> AuditFinding:
    """OpenAI's own word, while it lasts."""
    why = "What it does later nobody has said."
    return _finding(
        "connection.kind", "agent_builder_answers", "note", message, why, _MOVE
    )


def _cause(answer: Answer) -> tuple[str, str]:
    if answer.status in _CAUSES:
        return _CAUSES[answer.status]
    if answer.status >= 500:
        words = f"OpenAI is in trouble ({answer.status})."
        return words, "Try again in a few minutes."
    try:
        told = str(json.loads(answer.body)["error"]["message"])[:200].strip()
    except (ValueError, LookupError, TypeError):
        told = ""
    sentence = f" {told.rstrip('.')}." if told else ""
    words = f"OpenAI refused the session ({answer.status}).{sentence}"
    return words, "Check the settings under Connection."


def _cancel(
    world: World, address: str, answer: Answer, headers: dict[str, str]
) -> None:
    try:
        name = str(json.loads(answer.body)["id"])
        if name.replace("_", "").isalnum():
            world.ask("POST", f"{address}/{name}/cancel", json={}, headers=headers)
    except (ValueError, LookupError, TypeError, NoAnswer):
        return  # it ends by itself within ten minutes


def _server(widget: ChatKitWidget, world: World) -> Iterator[AuditFinding]:
    """Ask the owner's server for a list of threads, which starts nothing."""
    connection = widget.connection
    body = {"type": "threads.list", "params": {"limit": 1, "order": "desc"}}
    try:
        answer = world.ask("POST", connection.url, json={**body, "metadata": {}})
    except NoAnswer as reason:
        words = f"The ChatKit server {reason}."
        fix = "Check its address, and that it is running."
        yield _finding(
            "connection.url", "server_unreachable", "error", words, _STAYS_BLANK, fix
        )
        return
    if answer.status in (401, 403):
        return  # it knows its visitors by their cookies; that is its own affair
    if answer.status >= 400 or answer.text.lstrip()[:1] == "<":
        words = f"No ChatKit server answers at this address ({answer.status})."
        fix = "Name the address that takes ChatKit's requests by POST."
        yield _finding(
            "connection.url", "no_chatkit_server", "error", words, _STAYS_BLANK, fix
        )


def _webhook(widget: ChatKitWidget, world: World) -> Iterator[AuditFinding]:
    """Ask the Chat Trigger as our server does; a message only where one is given."""
    address = widget.connection.webhook_url
    headers = credentials(world.secrets.get(WEBHOOK_SECRET, ""))
    fields: dict[str, Any] = {"sessionId": str(uuid.uuid4())}

    def send(**more: str) -> Answer:
        return world.ask("POST", address, json={**fields, **more}, headers=headers)

    try:
        answer = send(action="loadPreviousSession")
        found = refusal(answer) or refuses(answer)
        if not found and world.message:
            reply = send(action="sendMessage", chatInput=world.message)
            found = reply_fault(reply, world.message)
    except NoAnswer as reason:
        words, fix = f"The webhook {reason}.", "Check the address, and that n8n runs."
        found = Refusal("webhook_unreachable", words, fix)
    if found:
        path = "connection.webhook_url"
        yield _finding(path, found.rule, "error", found.message, _NO_ANSWER, found.fix)


def _refusal(message: str, fix: str) -> AuditFinding:
    path = "connection.workflow_id"
    return _finding(path, "session_refused", "error", message, _STAYS_BLANK, fix)


def _finding(
    path: str, rule: str, level: Level, message: str, why: str, fix: str
) -> AuditFinding:
    values: dict[str, Any] = {}
    return AuditFinding(path, rule, level, message, why, fix, values)
