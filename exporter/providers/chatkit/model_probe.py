"""Asking a model's server how it stands: whether it is there, and has the models.

Forms: OpenAI's reference of Models, Responses and Chat Completions (November 2026),
which other servers follow in part. Nothing is generated unless a message is given.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from exporter.contract.advice import AuditFinding, Level
from exporter.providers.chatkit.brain import MODEL_KEY_SECRET
from exporter.world import Answer, NoAnswer, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.providers.chatkit.settings import ChatKitWidget

_BASE, _MODEL = "connection.base_url", "connection.model"
_NO_ANSWER = "The chat opens, but no message gets an answer."
_ABSENT = (404, 405, 501)
_MOST_NAMED = 5


def probe_model(widget: ChatKitWidget, world: World) -> Iterator[AuditFinding]:
    """The server first; only where it answers its models, and a message if given."""
    try:
        found = _listed(widget, world)
        if not found and world.message:
            found = _spoken(widget, world)
    except NoAnswer as reason:
        words = f"The model's server {reason}."
        fix = "Check the base address, and that the server is running."
        found = [_error(_BASE, "model_unreachable", words, fix)]
    yield from found


def _listed(widget: ChatKitWidget, world: World) -> list[AuditFinding]:
    answer = _ask(widget, world, "GET", "models")
    if answer.status in _ABSENT:  # no list: who speaks at all refuses what says nothing
        spoken = widget.connection.wire == "responses"
        path = "responses" if spoken else "chat/completions"
        answer = _ask(widget, world, "POST", path, json={})
        if answer.status in (400, 422):
            return []
    if refused := _refused(widget, world, answer):
        return [refused]
    names = _names(answer)
    if names is None:
        return [_no_server(answer)]
    wanted = {_MODEL: widget.connection.model} | {
        f"composer.models.{number}.id": model.id
        for number, model in enumerate(widget.composer.models)
        if not model.disabled
    }
    return [
        _unknown(path, name, names)
        for path, name in wanted.items()
        if name not in names and f"{name}:latest" not in names
    ]


def _spoken(widget: ChatKitWidget, world: World) -> list[AuditFinding]:
    """Say it once, over the interface that our server would choose."""
    model, words, wire = widget.connection.model, world.message, widget.connection.wire
    said = [{"role": "user", "content": words}]
    chat = {"model": model, "messages": said, "stream": True}
    part = [{"role": "user", "content": [{"type": "input_text", "text": words}]}]
    response = {"model": model, "input": part, "stream": True, "store": False}
    answer = None
    if wire != "completions":
        answer = _ask(widget, world, "POST", "responses", json=response)
    if answer is None or (wire == "auto" and answer.status in _ABSENT):
        answer = _ask(widget, world, "POST", "chat/completions", json=chat)
    if answer.status < 400:
        return []
    if refused := _refused(widget, world, answer):
        return [refused]
    words = f"The model refused a message ({answer.status}). {_told(answer)}".strip()
    return [_error(_MODEL, "model_refuses", words, "Check the model and its server.")]


def _ask(
    widget: ChatKitWidget, world: World, method: str, path: str, **more: Any
) -> Answer:
    key = world.secrets.get(MODEL_KEY_SECRET, "")
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    address = f"{widget.connection.base_url.rstrip('/')}/{path}"
    return world.ask(method, address, headers=headers, **more)


def _refused(
    widget: ChatKitWidget, world: World, answer: Answer
) -> AuditFinding | None:
    status = answer.status
    if status == 401 and not world.secrets.get(MODEL_KEY_SECRET):
        return AuditFinding(
            _BASE,
            "no_key",
            "note",
            "The model was not tried: its server wants a key, and none is here.",
            "Whether key and model belong together is not known.",
            "Set MODEL_API_KEY for the check, or enter the key under Connection.",
            {},
        )
    if status in (401, 403):
        words = f"The model's server refused the key ({status})."
        fix = "Paste a current one under Connection, of a project that may use models."
        return _error(_BASE, "model_key_refused", words, fix)
    if status == 429:
        words = "The model's limit is reached, or nothing is left to pay with (429)."
        return _error(_BASE, "model_limit", words, "Look at its limits and billing.")
    if status >= 500 and status not in _ABSENT:
        words = f"The model's server is in trouble ({status})."
        return _error(_BASE, "model_down", words, "Try again in a few minutes.")
    return None


def _names(answer: Answer) -> set[str] | None:
    """The models it says it has; None where that is no such list."""
    try:
        found = json.loads(answer.body)["data"]
        return {str(one["id"]) for one in found}
    except (ValueError, LookupError, TypeError):
        return None


def _no_server(answer: Answer) -> AuditFinding:
    words = f"No model server answers at this address ({answer.status})."
    fix = "Name the address before /models and /chat/completions; it ends in /v1 often."
    return _error(_BASE, "no_model_server", words, fix)


def _unknown(path: str, name: str, names: set[str]) -> AuditFinding:
    some = ", ".join(sorted(names)[:_MOST_NAMED]) or "none at all"
    more = " and more" if len(names) > _MOST_NAMED else ""
    words = f"The server has no model {name}; it has {some}{more}."
    return _error(path, "model_unknown", words, "Write it as the server names it.")


def _told(answer: Answer) -> str:
    try:
        said = str(json.loads(answer.body)["error"]["message"])[:200].strip()
    except (ValueError, LookupError, TypeError):
        return ""
    return f"{said.rstrip('.')}." if said else ""


def _error(path: str, rule: str, message: str, fix: str) -> AuditFinding:
    level: Level = "error"
    return AuditFinding(path, rule, level, message, _NO_ANSWER, fix, {})
