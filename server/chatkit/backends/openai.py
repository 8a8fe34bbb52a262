"""Any model behind an OpenAI-compatible address: Responses, else Chat Completions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx

from server.chatkit.backends import _openai_forms as forms
from server.chatkit.backends._lines import lines
from server.chatkit.errors import BackendError, NoBrain
from server.errors import Silent, Unreachable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from exporter.contract.brain import Brain
    from server.chatkit.backends.backend import Attached, Piece, Question

_CONNECT_SECONDS = 5.0
_MOST_ERROR = 64 * 1024
_MOST_WHOLE = 8 * 1024 * 1024
_ABSENT = (404, 405, 501)
"""How servers say that they have no Responses."""


def make(brain: Brain, client: httpx.AsyncClient) -> OpenAI:
    """The adapter."""
    return OpenAI(brain, client)


class OpenAI:
    """Asks one server; `wire` is found out once and kept as long as this lives."""

    def __init__(self, brain: Brain, client: httpx.AsyncClient) -> None:
        if not brain.url or not brain.model:
            raise NoBrain("This chat has no model yet.")
        self._brain = brain
        self._client = client
        self._wire = brain.wire
        self.transcribe = self._transcribe if brain.transcriber else None

    async def answer(self, question: Question) -> AsyncIterator[Piece]:
        """The model's answer; raises BackendError or a RelayError."""
        response = await self._ask(question)
        try:
            async for piece in self._pieces(response):
                yield piece
        except httpx.ReadTimeout:
            raise BackendError("The model fell silent before its end.") from None
        except (httpx.TransportError, httpx.StreamError):
            raise BackendError("The model's answer broke off.") from None
        finally:
            await response.aclose()

    async def _ask(self, question: Question) -> httpx.Response:
        brain = self._brain
        if self._wire != "completions":
            body = forms.responses_body(brain, question)
            response = await self._send("responses", json=body)
            if response.is_success:
                self._wire = "responses"
                return response
            refused = await _refusal(response)
            unknown = response.status_code in _ABSENT and not refused.names_model
            if self._wire == "responses" or not unknown:
                raise refused
        body = forms.completions_body(brain, question)
        response = await self._send("chat/completions", json=body)
        if response.is_success:
            self._wire = "completions"
            return response
        raise await _refusal(response)

    async def _pieces(self, response: httpx.Response) -> AsyncIterator[Piece]:
        responses = self._wire == "responses"
        kind = response.headers.get("content-type", "")
        if kind.startswith("application/json"):
            whole = await _object(response)
            read = forms.whole_response if responses else forms.completion_pieces
            for piece in read(whole):
                yield piece
            return
        read = forms.response_pieces if responses else forms.completion_pieces
        ended = False
        async for event in _events(response):
            if event is None or event.get("type") in _ENDS:
                ended = True
            for piece in read(event or {}):
                yield piece
            ended = ended or _is_finished(event)
            if event is None:
                return
        if not ended:
            raise BackendError("The model's answer broke off.")

    async def _send(self, path: str, **body: Any) -> httpx.Response:
        brain = self._brain
        headers = {"accept": "text/event-stream, application/json"}
        if brain.secret:
            headers["authorization"] = f"Bearer {brain.secret}"
        try:
            request = self._client.build_request(
                "POST",
                f"{brain.url.rstrip('/')}/{path}",
                headers=headers,
                timeout=httpx.Timeout(brain.timeout, connect=_CONNECT_SECONDS),
                **body,
            )
            return await self._client.send(request, stream=True)
        except httpx.ReadTimeout:
            raise Silent(brain.timeout) from None
        except (httpx.TransportError, httpx.InvalidURL, UnicodeError):
            raise Unreachable from None

    async def _transcribe(self, audio: Attached) -> str:
        """Speech to text; raises BackendError or a RelayError."""
        file = (audio.name, audio.data, audio.mime_type)
        response = await self._send(
            "audio/transcriptions",
            files={"file": file},
            data={"model": self._brain.transcriber},
        )
        try:
            if not response.is_success:
                raise await _refusal(response)
            text = (await _object(response)).get("text")
        except httpx.TransportError:
            raise BackendError("The dictation broke off.") from None
        finally:
            await response.aclose()
        return text if isinstance(text, str) else ""


_ENDS = ("response.completed", "response.incomplete")


class Refused(BackendError):
    """The server refused; `names_model` where it has no such model."""

    names_model = False


def _is_finished(event: dict[str, Any] | None) -> bool:
    choices = event.get("choices") if event else None
    first = choices[0] if isinstance(choices, list) and choices else None
    return isinstance(first, dict) and bool(first.get("finish_reason"))


async def _events(
    response: httpx.Response,
) -> AsyncIterator[dict[str, Any] | None]:
    """The data of server-sent events; None for `[DONE]`."""
    async for line in lines(response.aiter_bytes()):
        if not line.startswith("data:"):
            continue
        data = line[5:].strip()
        if data == "[DONE]":
            yield None
            return
        try:
            event = json.loads(data)
        except (ValueError, RecursionError):
            raise BackendError("The model's answer cannot be read.") from None
        if isinstance(event, dict):
            yield event


async def _object(response: httpx.Response) -> dict[str, Any]:
    data = await _read(response, _MOST_WHOLE)
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise BackendError("The model's answer cannot be read.")
    return value


async def _read(response: httpx.Response, most: int) -> bytes:
    data = bytearray()
    async for piece in response.aiter_bytes():
        data += piece
        if len(data) > most:
            raise BackendError("The answer is larger than this chat can show.")
    return bytes(data)


async def _refusal(response: httpx.Response) -> Refused:
    """What a refusal means to a visitor; its body may tell of keys, so it stays."""
    try:
        said = json.loads(await _read(response, _MOST_ERROR))
    except (ValueError, RecursionError, BackendError, httpx.TransportError):
        said = None
    finally:
        await response.aclose()
    error = said.get("error") if isinstance(said, dict) else None
    code = str(error.get("code") if isinstance(error, dict) else "")
    status = response.status_code
    sentence, retry = _REFUSALS.get(status, ("The model refused the request.", True))
    refused = Refused(f"{sentence} ({status})", retry=retry)
    refused.names_model = code == "model_not_found" or (
        isinstance(error, (str, dict)) and "model" in str(error) and status == 404
    )
    return refused


_REFUSALS = {
    400: ("The model does not take this message.", False),
    401: ("The model's server wants another key.", False),
    403: ("The model's server does not allow this.", False),
    404: ("The model's server does not know this model.", False),
    413: ("The message is larger than the model takes.", False),
    429: ("The model has too much to do.", True),
    503: ("The model is not ready.", True),
}
