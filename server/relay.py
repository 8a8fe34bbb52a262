"""`POST /api/chat-relay/KEY`: a page's message to the owner's workflow, and back.

The page sends n8n's own fields; the address, credentials and metadata of the owner
are added here and stay here. Answers pass through as they come, piece by piece.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import httpx
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException

from server.answers import seconds_of
from server.bodies import in_time, parse_object, read_object, too_large
from server.errors import (
    BadMessage,
    Busy,
    RelayError,
    Silent,
    Unreachable,
    WorkflowRefused,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request

    from exporter.contract.relay import RelayTarget

_MOST_JSON = 1024 * 1024
_MOST_FIELDS = 20
_CONNECT_SECONDS = 5.0
_PLAIN_TYPES = ("application/json", "text/plain", "application/x-ndjson")
_ENCODINGS = ("gzip", "br", "deflate", "zstd")


@dataclass(frozen=True)
class Words:
    """A page's message: its fields, and its files as (name, type, file).

    `accept` and `agent` are the page's own headers; n8n gives an empty answer to
    agents that look like robots.
    """

    fields: dict[str, Any]
    files: tuple[tuple[str, str, Any], ...] = ()
    accept: str = "*/*"
    agent: str = "Mozilla/5.0"
    form: FormData | None = None

    async def close(self) -> None:
        """Let go of the files."""
        if self.form is not None:
            await self.form.close()


class Relayed:
    """An answer under way; whoever has it calls `close`."""

    def __init__(self, response: httpx.Response) -> None:
        self._response = response
        kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
        # An HTML page of somebody else's must not be one of ours.
        shown = kind if kind in _PLAIN_TYPES else "text/plain"
        self.content_type = f"{shown}; charset=utf-8"  # as pages read it, anyway
        encoding = response.headers.get("content-encoding", "").lower()
        self.encoding = encoding if encoding in _ENCODINGS else ""
        self.status = response.status_code
        length = response.headers.get("content-length", "")
        self.size = int(length) if length.isdigit() else 0
        self._pieces = response.aiter_raw()

    def pieces(self) -> AsyncIterator[bytes]:
        """The body's pieces as they come; raises httpx.TransportError."""
        return self._pieces

    def change(
        self, how: Callable[[AsyncIterator[bytes]], AsyncIterator[bytes]]
    ) -> None:
        """Let the pieces go through `how` on their way."""
        self._pieces = how(self._pieces)

    async def close(self) -> None:
        """Let go of the workflow's server."""
        await self._response.aclose()


async def read_words(request: Request, target: RelayTarget) -> Words:
    """The page's message; raises BadMessage or MessageTooLarge."""
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        words = await _read_form(request, target)
    else:
        words = Words(_checked(await read_object(request, _MOST_JSON), target))
    accept = plain(request.headers.get("accept", ""))
    agent = plain(request.headers.get("user-agent", ""))
    return replace(words, accept=accept or words.accept, agent=agent or words.agent)


async def send(client: httpx.AsyncClient, target: RelayTarget, words: Words) -> Relayed:
    """Hand the words on, and let go of them; raises a kind of RelayError."""
    try:
        response = await client.send(_request(target, words), stream=True)
    except httpx.ReadTimeout:
        raise Silent(target.timeout) from None
    except httpx.PoolTimeout:
        raise Busy from None
    except (httpx.TransportError, httpx.InvalidURL, UnicodeError):
        raise Unreachable from None
    finally:
        await words.close()
    if response.is_success:
        return Relayed(response)
    await response.aclose()
    raise refusal(response)


def refusal(response: httpx.Response) -> RelayError:
    """What a workflow's error means; its body may hold the address, so it stays."""
    status = response.status_code
    wait = seconds_of(response.headers.get("retry-after", ""))
    code, message, hint = _REFUSALS.get(status, _OTHER)
    if status < 400:
        status = 502
    return WorkflowRefused(
        status, code, message.format(status=response.status_code), hint, wait
    )


def plain(header: str) -> str:
    """What of a page's header every server takes."""
    return header.encode("ascii", "ignore").decode()[:300]


_OTHER = (
    "workflow_refused",
    "The workflow's server answered with {status}.",
    "Look at the workflow's executions in n8n.",
)
_AUTH = (
    "webhook_credentials",
    "The workflow's server wants other credentials ({status}).",
    "Open Connection and set the webhook's user and password.",
)
_LATE = (
    "workflow_late",
    "The workflow took too long ({status}).",
    "n8n's cloud cuts after 100 s: let the workflow answer as a stream.",
)
_REFUSALS = {
    401: _AUTH,
    403: _AUTH,
    404: (
        "webhook_unknown",
        "The workflow's address is not registered (404).",
        "Switch the workflow to active, and use its production address.",
    ),
    413: (
        "workflow_too_large",
        "The message is larger than the workflow's server takes (413).",
        "Send smaller files, or raise n8n's limit.",
    ),
    422: (
        "workflow_unreadable",
        "The workflow's server could not read the message (422).",
        "Files and streaming do not go together: switch one of them off.",
    ),
    428: (
        "workflow_unconnected",
        "The workflow wants to be connected to an account first (428).",
        "Open the workflow in n8n and connect its credentials.",
    ),
    429: (
        "workflow_busy",
        "The workflow's server has had too many messages (429).",
        "Try again in a moment.",
    ),
    500: (
        "workflow_failed",
        "The workflow failed (500).",
        "Look at the last execution in n8n.",
    ),
    504: _LATE,
    524: _LATE,
}


def _request(target: RelayTarget, words: Words) -> httpx.Request:
    fields = {**words.fields}
    if target.added or isinstance(fields.get(target.metadata_field), dict):
        sent = fields.get(target.metadata_field)
        base = sent if isinstance(sent, dict) else {}
        fields[target.metadata_field] = {**base, **target.added}
    body: dict[str, Any] = {}
    method = target.method
    if words.files:
        method = "POST"
        body["data"] = {name: _text(value) for name, value in fields.items()}
        body["files"] = [
            ("files", (name, file, kind)) for name, kind, file in words.files
        ]
    elif method == "GET":
        body["params"] = {name: _text(value) for name, value in fields.items()}
    else:
        body["json"] = fields
    headers = {
        "accept": words.accept,
        "accept-encoding": "identity",
        "user-agent": words.agent,
        **target.headers,
    }
    timeout = dict.fromkeys(("read", "write", "pool"), float(target.timeout))
    # Not the client's `build_request`: its own defaults cost as much as sending.
    return httpx.Request(
        method,
        _address(target.url),
        headers=headers,
        extensions={"timeout": {**timeout, "connect": _CONNECT_SECONDS}},
        **body,
    )


@lru_cache(1000)
def _address(url: str) -> httpx.URL:
    return httpx.URL(url)


async def _read_form(request: Request, target: RelayTarget) -> Words:
    if not target.max_files:
        raise BadMessage("This chat takes no files.", "Send the text alone.")
    most = target.max_file * target.max_files + _MOST_JSON
    announced = request.headers.get("content-length", "")
    if not announced.isdigit() or int(announced) > most:
        raise too_large(most)
    try:
        async with in_time(most):
            form = await request.form(
                max_files=target.max_files, max_fields=_MOST_FIELDS
            )
    except MultiPartException as error:
        raise BadMessage(f"The form cannot be read: {error.message}") from None
    try:
        return _words_of(form, target)
    except RelayError:
        await form.close()
        raise


def _words_of(form: FormData, target: RelayTarget) -> Words:
    fields: dict[str, Any] = {}
    files = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            _check_file(name, value, target)
            kind = value.content_type or "application/octet-stream"
            files.append((value.filename or "file", kind, value.file))
        else:
            fields[name] = value
    if isinstance(fields.get(target.metadata_field), str):
        fields[target.metadata_field] = parse_object(fields[target.metadata_field])
    return Words(_checked(fields, target), tuple(files), form=form)


def _check_file(name: str, file: UploadFile, target: RelayTarget) -> None:
    if name != "files":
        raise BadMessage("Files come under the name “files”.", "Rename them.")
    if (file.size or 0) > target.max_file:
        raise too_large(target.max_file)


def _checked(fields: dict[str, Any], target: RelayTarget) -> dict[str, Any]:
    for name in fields:
        if name not in target.fields:
            raise BadMessage(
                f"The message has a field {name[:60]!r}, which is none.",
                f"Known are {', '.join(target.fields)}.",
            )
    return fields


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
