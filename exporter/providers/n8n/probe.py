"""Asking a Chat Trigger how it stands, without starting its workflow.

Earlier messages are loaded by the trigger alone, and a preflight by the webhook's
server; only a message starts the workflow (recorded with n8n 2.39).
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
    streamed,
)
from exporter.contract.advice import AuditFinding, Level
from exporter.providers.n8n.runtime import all_metadata
from exporter.providers.n8n.settings import N8nWidget
from exporter.world import Answer, NoAnswer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.contract.widget import Widget
    from exporter.world import World

_URL = "connection.webhook_url"
_NO_ANSWER = "The chat opens, but no message gets an answer."


def probe(widget: Widget, world: World) -> Iterator[AuditFinding]:
    """History first; where that is refused the rest would be too."""
    assert isinstance(widget, N8nWidget)
    try:
        answer = _send(widget, world, "loadPreviousSession")
    except NoAnswer as reason:
        fix = "Check the address, and that n8n is running."
        message = f"The webhook {reason}."
        yield _finding(_URL, "webhook_unreachable", "error", message, _NO_ANSWER, fix)
        return
    refused = _refused(widget, answer)
    if refused:
        yield refused
        return
    yield from _history(widget, answer)
    if widget.connection.access == "direct":
        yield from _origins(widget, world)
    if world.message:
        yield from _message(widget, world)


def _send(widget: N8nWidget, world: World, action: str) -> Answer:
    connection = widget.connection
    fields: dict[str, Any] = {
        "action": action,
        connection.chat_session_key: str(uuid.uuid4()),
    }
    if action == "sendMessage":
        fields[connection.chat_input_key] = world.message
        if metadata := all_metadata(widget):
            fields["metadata"] = metadata
    headers = {**connection.headers, **_credentials(widget, world)}
    if connection.method == "GET":
        flat = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in fields.items()
        }
        return world.ask("GET", connection.webhook_url, params=flat, headers=headers)
    return world.ask("POST", connection.webhook_url, json=fields, headers=headers)


def _credentials(widget: N8nWidget, world: World) -> dict[str, str]:
    direct = widget.connection.access == "direct"
    return {} if direct else credentials(world.secrets.get("webhook_auth", ""))


def _refused(widget: N8nWidget, answer: Answer) -> AuditFinding | None:
    if answer.status in (401, 403) and widget.connection.access == "direct":
        return _finding(
            "connection.access",
            "webhook_locked",
            "error",
            f"The webhook asks for credentials ({answer.status}), which no page can "
            "hold.",
            _NO_ANSWER,
            "Reach it through the server, which adds them.",
            {"connection.access": "relay"},
        )
    found = refusal(answer)
    return _told(found) if found else None


def _told(found: Refusal) -> AuditFinding:
    unreadable = found.rule == "webhook_unreadable"
    path = "connection.chat_session_key" if unreadable else _URL
    return _finding(path, found.rule, "error", found.message, _NO_ANSWER, found.fix)


def _history(widget: N8nWidget, answer: Answer) -> Iterator[AuditFinding]:
    if answer.status >= 500 and widget.connection.load_previous_session:
        yield _finding(
            "connection.load_previous_session",
            "history_fails",
            "error",
            f"Loading earlier messages fails ({answer.status}): no memory is "
            "connected to the Chat Trigger.",
            "A visitor who comes back sees an error first.",
            "Connect a memory node, or switch “Load earlier messages” off.",
            {"connection.load_previous_session": False},
        )
    elif found := refuses(answer):
        yield _told(found)


def _origins(widget: N8nWidget, world: World) -> Iterator[AuditFinding]:
    """Ask in the name of each site whether its pages may read the answers."""
    for rule in widget.domain_rules().rules:
        name = str(rule).replace("*.", "www.")
        origin = f"{'http' if rule.is_local else 'https'}://{name}"
        asked = {
            "Origin": origin,
            "Access-Control-Request-Method": widget.connection.method,
            "Access-Control-Request-Headers": "content-type",
        }
        try:
            answer = world.ask("OPTIONS", widget.connection.webhook_url, headers=asked)
        except NoAnswer:
            continue
        allowed = answer.headers.get("access-control-allow-origin", "")
        if answer.status >= 400 or allowed not in ("*", origin):
            given = f"it allows {allowed[:100]}" if allowed else "it names no origin"
            yield _finding(
                _URL,
                "cors",
                "error",
                f"The webhook lets no page of {rule} read its answers: {given}.",
                "The workflow runs, and the visitor sees an error.",
                f"Add {origin} to “Allowed Origins (CORS)” in the Chat Trigger, with "
                "no blanks between, or reach it through the server.",
                {"connection.access": "relay"},
            )


def _message(widget: N8nWidget, world: World) -> Iterator[AuditFinding]:
    try:
        answer = _send(widget, world, "sendMessage")
    except NoAnswer as reason:
        words, fix = f"The workflow {reason}.", "Look at its executions in n8n."
        yield _finding(_URL, "workflow_silent", "error", words, _NO_ANSWER, fix)
        return
    streams = bool(streamed(answer))
    if fault := reply_fault(answer, world.message):
        yield _told(fault)
    elif streams != widget.connection.streaming:
        yield _finding(
            "connection.streaming",
            "streaming",
            "note",
            "The workflow streams its answers."
            if streams
            else "The workflow does not stream its answers.",
            "Both are shown as they should be; asking for it saves a moment.",
            "Set “Ask for a stream” alike.",
            {"connection.streaming": streams},
        )


def _finding(
    path: str,
    rule: str,
    level: Level,
    message: str,
    why: str,
    fix: str,
    values: dict[str, Any] | None = None,
) -> AuditFinding:
    return AuditFinding(path, rule, level, message, why, fix, values or {})
