"""A conversation as what answers is told it: words, files, and no protocol."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from server.chatkit.backends.backend import Attached, Said
from server.chatkit.errors import FileUnknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from server.chatkit.records import Item
    from server.chatkit.requests import Input
    from server.chatkit.threads import Threads

HISTORY = 40
"""Messages that a backend is told at most."""

_MOST_TEXT = 200_000
_MOST_FILES = 20 * 1024 * 1024


def words_of(content: Iterable[dict[str, Any]], quoted: str | None = None) -> str:
    """A visitor's message as plain words."""
    words = "".join(str(part["text"]) for part in content)
    if not quoted:
        return words
    marked = "\n".join(f"> {line}" for line in quoted.splitlines())
    return f"{marked}\n\n{words}"


def title_of(input: Input) -> str:
    """A title until somebody gives a better one: the first words."""
    words = " ".join("".join(part.text for part in input.content).split())
    clear = "".join(sign for sign in words if sign.isprintable())
    if len(clear) <= 60:
        return clear
    cut = clear[:60].rsplit(" ", 1)[0] if " " in clear[:60] else clear[:60]
    return f"{cut}…"


async def told(threads: Threads, newest: Iterable[Item]) -> tuple[Said, ...]:
    """The conversation, its oldest word first; the newest files fit in."""
    found: list[Said] = []
    text_left, bytes_left = _MOST_TEXT, _MOST_FILES
    for item in newest:
        for said in reversed(_said(item)):
            text_left -= len(said.text)
            if text_left < 0 and found:
                return tuple(reversed(found))
            files: list[Attached] = []
            if said.role == "user":
                files, bytes_left = await _files(threads, item, bytes_left)
            found.append(Said(said.role, said.text, tuple(files)))
    return tuple(reversed(found))


def _said(item: Item) -> list[Said]:
    body = item.body
    if item.state == "failed":
        return []
    if item.type == "user_message":
        return [Said("user", words_of(body["content"], body.get("quoted_text")))]
    if item.type == "assistant_message":
        text = "".join(part["text"] for part in body["content"])
        return [Said("assistant", text)] if text else []
    if item.type == "client_tool_call":
        return _tool_call(body)
    if item.type == "structured_input":
        return _structured(body)
    copy = body.get("copy_text")
    return [Said("assistant", copy)] if isinstance(copy, str) and copy else []


def _tool_call(body: dict[str, Any]) -> list[Said]:
    called = f"[{body['name']} {_json(body.get('arguments', {}))}]"
    if body.get("status") != "completed":
        return [Said("assistant", called)]
    answered = f"[{body['name']}: {_json(body.get('output'))}]"
    return [Said("assistant", called), Said("user", answered)]


def _structured(body: dict[str, Any]) -> list[Said]:
    asked = "\n".join(one["question"] for one in body["inputs"])
    if body.get("status") == "pending":
        return [Said("assistant", asked)]
    lines = []
    for one in body["inputs"]:
        values = (one.get("answer") or {}).get("values") or ["–"]
        lines.append(f"{one['question']} {', '.join(values)}")
    return [Said("assistant", asked), Said("user", "\n".join(lines))]


async def _files(threads: Threads, item: Item, left: int) -> tuple[list[Attached], int]:
    found = []
    for file in item.body.get("attachments", ()):
        try:
            data = await threads.content(file["id"])
        except FileUnknown:
            continue
        if len(data) <= left:
            left -= len(data)
            found.append(Attached(file["name"], file["mime_type"], data))
    return found, left


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
