"""Asking a Chat Trigger how it stands, without starting its workflow.

Earlier messages are loaded by the trigger alone, and a preflight by the webhook's
server; only a message starts the workflow (recorded with n8n 2.39).
"""

from __future__ import annotations

import base64
import json
import uuid
from typing import TYPE_CHECKING, Any

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
_SPOKEN = ("output", "text", "message")
_STREAMED = ("begin", "item", "end", "error", "keepalive")


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
    secret = world.secrets.get("webhook_auth", "")
    if not secret or widget.connection.access == "direct":
        return {}
    return {"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()}


def _refused(widget: N8nWidget, answer: Answer) -> AuditFinding | None:
    """The one thing that keeps every message from an answer, if there is one."""
    status, text = answer.status, answer.text
    if status == 404 and not text.strip():
        words = "The chat is not public, so n8n answers nobody (404)."
        fix = "In the Chat Trigger switch “Make Chat Publicly Available” on."
        return _finding(_URL, "webhook_private", "error", words, _NO_ANSWER, fix)
    if status == 404:
        words = "n8n knows no such webhook (404): the workflow is not active."
        fix = "Activate the workflow, and copy its production address again."
        return _finding(_URL, "webhook_inactive", "error", words, _NO_ANSWER, fix)
    if status in (401, 403):
        return _locked(widget, status)
    if status in (301, 302, 303, 307, 308):
        words = f"The webhook redirects to {answer.headers.get('location', '')[:200]}."
        fix = "Use the address it redirects to."
        return _finding(_URL, "webhook_redirects", "error", words, _NO_ANSWER, fix)
    if status == 422:
        words = "n8n cannot read the message (422)."
        fix = "Are the names of text and session, and the method, the Chat Trigger's?"
        path = "connection.chat_session_key"
        return _finding(path, "webhook_unreadable", "error", words, _NO_ANSWER, fix)
    if status in (429, 502, 503, 504, 520, 522, 524):
        words = f"The webhook's server is in trouble ({status})."
        fix = "Try again in a minute; then ask whoever runs n8n."
        return _finding(_URL, "webhook_down", "error", words, _NO_ANSWER, fix)
    if status < 400 and text.lstrip()[:1] == "<":
        words = "A web page answers at this address, no Chat Trigger."
        fix = "Copy the Chat URL from the Chat Trigger, and use POST."
        return _finding(_URL, "webhook_page", "error", words, _NO_ANSWER, fix)
    return None


def _locked(widget: N8nWidget, status: int) -> AuditFinding:
    if widget.connection.access == "direct":
        return _finding(
            "connection.access",
            "webhook_locked",
            "error",
            f"The webhook asks for credentials ({status}), which no page can hold.",
            _NO_ANSWER,
            "Reach it through the server, which adds them.",
            {"connection.access": "relay"},
        )
    wrong = status == 403
    return _finding(
        _URL,
        "webhook_locked",
        "error",
        f"The webhook refused the credentials ({status})."
        if wrong
        else f"The webhook asks for credentials ({status}).",
        _NO_ANSWER,
        "Open Connection and enter user:password as they stand in the Chat Trigger.",
    )


def _history(widget: N8nWidget, answer: Answer) -> Iterator[AuditFinding]:
    wanted = widget.connection.load_previous_session
    if answer.status >= 500 and wanted:
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
    elif answer.status >= 500:
        return
    elif answer.status >= 400:
        words = f"The webhook answers {answer.status}."
        fix = "Look at the workflow's executions in n8n."
        yield _finding(_URL, "webhook_refuses", "error", words, _NO_ANSWER, fix)


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
    lines = [_json(line) for line in answer.text.splitlines() if line.strip()]
    streamed = [
        line
        for line in lines
        if isinstance(line, dict) and line.get("type") in _STREAMED
    ]
    failed = answer.status >= 400 or any(line["type"] == "error" for line in streamed)
    if failed:
        words = f"The workflow failed on the message “{world.message[:40]}”."
        fix = "Look at its last execution in n8n."
        yield _finding(_URL, "workflow_fails", "error", words, _NO_ANSWER, fix)
    elif _is_silent(answer.text):
        words = "The workflow ran and said nothing."
        fix = "Let its last node give a field named output."
        yield _finding(_URL, "workflow_silent", "error", words, _NO_ANSWER, fix)
    elif bool(streamed) != widget.connection.streaming:
        yield _finding(
            "connection.streaming",
            "streaming",
            "note",
            "The workflow streams its answers."
            if streamed
            else "The workflow does not stream its answers.",
            "Both are shown as they should be; asking for it saves a moment.",
            "Set “Ask for a stream” alike.",
            {"connection.streaming": bool(streamed)},
        )


def _is_silent(text: str) -> bool:
    """Whether no words are in it: an empty body, value or field, or n8n's own note."""
    value = _json(text)
    if isinstance(value, dict):
        said = [value[name] for name in _SPOKEN if name in value]
        return said[0] in ("", None) if said else not value
    empty = not text.strip() or (value is not None and not value) or text == "null"
    return empty or "Workflow executed successfully" in text


def _json(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


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
