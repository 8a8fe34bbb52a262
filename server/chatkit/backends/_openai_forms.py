"""Bodies for the two interfaces of OpenAI-compatible servers, and what they stream.

Fields: OpenAI's reference of Responses and Chat Completions (November 2026).
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from server.chatkit.backends.backend import Piece
from server.chatkit.errors import BackendError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from exporter.contract.brain import Brain
    from server.chatkit.backends.backend import Attached, Question, Said

_TEXTS = ("text/", "application/json", "application/xml")
_MOST_TEXT = 100_000
_FILTERED = "The model left its answer off: its content filter stepped in."


def responses_body(brain: Brain, question: Question) -> dict[str, Any]:
    """For `POST /responses`; nothing is kept there."""
    body: dict[str, Any] = {
        "model": question.model or brain.model,
        "input": [_input(one) for one in question.said],
        "stream": True,
        "store": False,
    }
    if brain.instructions:
        body["instructions"] = brain.instructions
    return body


def completions_body(brain: Brain, question: Question) -> dict[str, Any]:
    """For `POST /chat/completions`."""
    told = [{"role": "system", "content": brain.instructions}]
    messages = told if brain.instructions else []
    return {
        "model": question.model or brain.model,
        "messages": [*messages, *(_message(one) for one in question.said)],
        "stream": True,
    }


def response_pieces(event: dict[str, Any]) -> Iterator[Piece]:
    """What an event of Responses says; raises BackendError."""
    kind = event.get("type")
    bubble = str(event.get("item_id") or "")
    if kind in ("response.output_text.delta", "response.refusal.delta"):
        yield Piece(text=_string(event.get("delta")), bubble=bubble)
    elif kind in ("response.output_text.annotation.added",):
        if source := _source(event.get("annotation")):
            yield Piece(annotation=source, bubble=bubble)
    elif kind == "response.incomplete":
        yield Piece(notice=_reason(event))
    elif kind in ("response.failed", "error") or event.get("error"):
        raise BackendError(_fault(event))


def whole_response(answer: dict[str, Any]) -> Iterator[Piece]:
    """An answer of Responses that is no stream; raises BackendError."""
    if answer.get("error"):
        raise BackendError(_fault(answer))
    for item in _objects(answer.get("output")):
        for part in _objects(item.get("content")):
            text = _string(part.get("text") or part.get("refusal"))
            if text:
                yield Piece(text=text, bubble=str(item.get("id") or ""))


def completion_pieces(event: dict[str, Any]) -> Iterator[Piece]:
    """What a chunk, or a whole answer, of Chat Completions says."""
    if event.get("error"):
        raise BackendError(_fault(event))
    for choice in _objects(event.get("choices"))[:1]:
        said = choice.get("delta") or choice.get("message")
        said = said if isinstance(said, dict) else {}
        text = said.get("content") or said.get("refusal")
        if isinstance(text, list):
            text = "".join(_string(part.get("text")) for part in _objects(text))
        if text:
            yield Piece(text=_string(text))
        if choice.get("finish_reason") == "length":
            yield Piece(notice="The answer reached the model's limit and ends here.")
        if choice.get("finish_reason") == "content_filter":
            yield Piece(notice=_FILTERED)


def _input(one: Said) -> dict[str, Any]:
    if one.role == "assistant":
        return {"role": "assistant", "content": one.text}
    if not one.files:
        return {"role": "user", "content": one.text}
    parts: list[dict[str, Any]] = [{"type": "input_text", "text": one.text}]
    for file in one.files:
        if file.mime_type.startswith("image/"):
            parts.append({"type": "input_image", "image_url": _data(file)})
        elif file.mime_type.startswith(_TEXTS):
            parts.append({"type": "input_text", "text": _written(file)})
        else:
            data = _data(file)
            parts.append(
                {"type": "input_file", "filename": file.name, "file_data": data}
            )
    return {"role": "user", "content": parts}


def _message(one: Said) -> dict[str, Any]:
    if one.role == "assistant" or not one.files:
        return {"role": one.role, "content": one.text}
    parts: list[dict[str, Any]] = [{"type": "text", "text": one.text}]
    for file in one.files:
        if file.mime_type.startswith("image/"):
            url = {"url": _data(file)}
            parts.append({"type": "image_url", "image_url": url})
        elif file.mime_type.startswith(_TEXTS):
            parts.append({"type": "text", "text": _written(file)})
        else:
            data = {"filename": file.name, "file_data": _data(file)}
            parts.append({"type": "file", "file": data})
    return {"role": "user", "content": parts}


def _data(file: Attached) -> str:
    kind = file.mime_type.partition(";")[0]
    return f"data:{kind};base64,{base64.b64encode(file.data).decode()}"


def _written(file: Attached) -> str:
    text = file.data.decode("utf-8", "replace")[:_MOST_TEXT]
    return f"{file.name}:\n{text}"


def _source(annotation: Any) -> dict[str, Any] | None:
    """A citation as the protocol has it."""
    if not isinstance(annotation, dict) or annotation.get("type") != "url_citation":
        return None
    url = _string(annotation.get("url"))
    if not url.startswith(("https://", "http://")):
        return None
    title = _string(annotation.get("title")) or url
    said = {"type": "annotation", "source": {"type": "url", "url": url, "title": title}}
    if isinstance(annotation.get("end_index"), int):
        said["index"] = annotation["end_index"]
    return said


def _reason(event: dict[str, Any]) -> str:
    response = event.get("response")
    told = response.get("incomplete_details") if isinstance(response, dict) else None
    reason = told.get("reason") if isinstance(told, dict) else ""
    if reason == "content_filter":
        return _FILTERED
    return "The answer reached the model's limit and ends here."


def _fault(event: dict[str, Any]) -> str:
    """The server's own word is its owner's affair: it may tell of keys and prompts."""
    response = event.get("response")
    inner = response if isinstance(response, dict) else event
    error = inner.get("error")
    code = error.get("code") if isinstance(error, dict) else event.get("code")
    if code == "rate_limit_exceeded":
        return "The model has too much to do."
    if code == "context_length_exceeded":
        return "This conversation is too long for the model."
    return "The model failed in the middle of its answer."


def _objects(value: Any) -> list[dict[str, Any]]:
    many: Iterable[Any] = value if isinstance(value, list) else ()
    return [one for one in many if isinstance(one, dict)]


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""
