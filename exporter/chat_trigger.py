"""What the answers of an n8n Chat Trigger mean, whichever provider asks it.

Refusals and replies: recorded with n8n 2.39 (November 2026). Loading earlier messages
is done by the trigger alone; only a message starts the workflow.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exporter.world import Answer

_SPOKEN = ("output", "text", "message")
_STREAMED = ("begin", "item", "end", "error", "keepalive")
_MOVED = (301, 302, 303, 307, 308)
_IN_TROUBLE = (429, 502, 503, 504, 520, 522, 524)


@dataclass(frozen=True)
class Refusal:
    """A rule's name, what is wrong, and what to do about it."""

    rule: str
    message: str
    fix: str


_PRIVATE = Refusal(
    "webhook_private",
    "The chat is not public, so n8n answers nobody (404).",
    "In the Chat Trigger switch “Make Chat Publicly Available” on.",
)
_INACTIVE = Refusal(
    "webhook_inactive",
    "n8n knows no such webhook (404): the workflow is not active.",
    "Activate the workflow, and copy its production address again.",
)
_UNREADABLE = Refusal(
    "webhook_unreadable",
    "n8n cannot read the message (422).",
    "Are the names of text and session, and the method, the Chat Trigger's?",
)
_PAGE = Refusal(
    "webhook_page",
    "A web page answers at this address, no Chat Trigger.",
    "Copy the Chat URL from the Chat Trigger, and use POST.",
)
_SILENT = Refusal(
    "workflow_silent",
    "The workflow ran and said nothing.",
    "Let its last node give a field named output.",
)


def credentials(secret: str) -> dict[str, str]:
    """The header for user:password; none for ""."""
    if not secret:
        return {}
    return {"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()}


def refusal(answer: Answer) -> Refusal | None:
    """The one thing that keeps every message from an answer, if there is one."""
    status, text = answer.status, answer.text
    if status == 404:
        return _INACTIVE if text.strip() else _PRIVATE
    if status in (401, 403):
        return _locked(status)
    if status in _MOVED:
        place = answer.headers.get("location", "")[:200]
        words = f"The webhook redirects to {place}."
        return Refusal("webhook_redirects", words, "Use the address it redirects to.")
    if status == 422:
        return _UNREADABLE
    if status in _IN_TROUBLE:
        words = f"The webhook's server is in trouble ({status})."
        fix = "Try again in a minute; then ask whoever runs n8n."
        return Refusal("webhook_down", words, fix)
    return _PAGE if status < 400 and text.lstrip()[:1] == "<" else None


def refuses(answer: Answer) -> Refusal | None:
    """What is left of the refusals once earlier messages were asked for.

    A trigger without a memory fails at that (500), and answers messages all the same.
    """
    if answer.status < 400 or answer.status >= 500:
        return None
    words = f"The webhook answers {answer.status}."
    return Refusal("webhook_refuses", words, "Look at the executions in n8n.")


def reply_fault(answer: Answer, message: str) -> Refusal | None:
    """What is wrong with the answer to a message."""
    failed = any(line["type"] == "error" for line in streamed(answer))
    if answer.status >= 400 or failed:
        words = f"The workflow failed on the message “{message[:40]}”."
        return Refusal("workflow_fails", words, "Look at its last execution in n8n.")
    return _SILENT if _is_silent(answer.text) else None


def streamed(answer: Answer) -> list[dict[str, Any]]:
    """The events in an answer that came as a stream."""
    lines = [_json(line) for line in answer.text.splitlines() if line.strip()]
    return [
        line
        for line in lines
        if isinstance(line, dict) and line.get("type") in _STREAMED
    ]


def _locked(status: int) -> Refusal:
    words = "refused the" if status == 403 else "asks for"
    return Refusal(
        "webhook_locked",
        f"The webhook {words} credentials ({status}).",
        "Open Connection and enter user:password as they stand in the Chat Trigger.",
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
