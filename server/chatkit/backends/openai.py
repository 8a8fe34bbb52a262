"""Any model behind an OpenAI-compatible address: Responses, else Chat Completions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx

from server.chatkit.backends import _openai_forms as forms
from server.chatkit.backends._sse import EventReader
from server.chatkit.errors import BackendError, NoBrain
from server.errors import Busy, Silent, Unreachable

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterator

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
        self._addresses: dict[str, httpx.URL] = {}
        self.transcribe = self._transcribe if brain.transcriber else None

    async def answer(self, question: Question) -> AsyncIterator[Piece]:
        """The model's answer; raises BackendError or a RelayError."""
        response, whole = await self._ask(question)
        try:
            if whole is None:
                async for piece in self._streamed(response):
                    yield piece
            else:
                for piece in self._reading(whole=True)(whole):
                    yield piece
        except httpx.ReadTimeout:
            raise BackendError("The model fell silent before its end.") from None
        except (httpx.RequestError, httpx.StreamError):
            raise BackendError("The model's answer broke off.") from None
        finally:
            await response.aclose()

    async def _ask(
        self, question: Question
    ) -> tuple[httpx.Response, dict[str, Any] | None]:
        """The answer's head, and its whole where it is no stream."""
        brain = self._brain
        if self._wire != "completions":
            body = forms.responses_body(brain, question)
            response = await self._send("responses", json=body)
            if response.is_success:
                whole = await _whole(response)
                if self._wire == "responses" or not _is_no_answer(whole):
                    self._wire = "responses"
                    return response, whole
                await response.aclose()
            else:
                refused = await _refusal(response)
                unknown = response.status_code in _ABSENT and not refused.names_model
                if self._wire == "responses" or not unknown:
                    raise refused
        body = forms.completions_body(brain, question)
        response = await self._send("chat/completions", json=body)
        if response.is_success:
            self._wire = "completions"
            return response, await _whole(response)
        raise await _refusal(response)

    async def _streamed(self, response: httpx.Response) -> AsyncIterator[Piece]:
        """Few steps a piece: all that are between the wire and the page add up."""
        read, reader = self._reading(), EventReader()
        async for data in _pieces(response):
            for event in reader.feed(data):
                for piece in read(event):
                    yield piece
            if reader.is_over:
                return
        for event in reader.end():
            for piece in read(event):
                yield piece
        if not reader.has_ended:
            raise BackendError("The model's answer broke off.")

    def _reading(
        self, *, whole: bool = False
    ) -> Callable[[dict[str, Any]], Iterator[Piece]]:
        if self._wire == "responses":
            return forms.whole_response if whole else forms.response_pieces
        return forms.completion_pieces

    async def _send(self, path: str, **body: Any) -> httpx.Response:
        try:
            request = self._request(path, **body)
            return await self._client.send(request, stream=True)
        except httpx.ReadTimeout:
            raise Silent(self._brain.timeout) from None
        except httpx.PoolTimeout:
            raise Busy from None
        except (httpx.TransportError, httpx.InvalidURL, UnicodeError):
            raise Unreachable from None

    def _request(self, path: str, **body: Any) -> httpx.Request:
        """Not the client's `build_request`, whose defaults cost as much as sending."""
        brain = self._brain
        address = self._addresses.get(path)
        if address is None:
            address = httpx.URL(f"{brain.url.rstrip('/')}/{path}")
            self._addresses[path] = address
        headers = {
            "accept": "text/event-stream, application/json",
            "user-agent": "vitrine",
        }
        if brain.secret:
            headers["authorization"] = f"Bearer {brain.secret}"
        timeout = httpx.Timeout(brain.timeout, connect=_CONNECT_SECONDS)
        known = {"timeout": timeout.as_dict()}
        return httpx.Request("POST", address, headers=headers, extensions=known, **body)

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
        except httpx.RequestError:
            raise BackendError("The dictation broke off.") from None
        finally:
            await response.aclose()
        return text if isinstance(text, str) else ""


async def _whole(response: httpx.Response) -> dict[str, Any] | None:
    """An answer that is no stream; None, and nothing read, for one that is."""
    kind = response.headers.get("content-type", "")
    if not kind.startswith("application/json"):
        return None
    try:
        return await _object(response)
    except BaseException:
        await response.aclose()
        raise


def _is_no_answer(whole: dict[str, Any] | None) -> bool:
    """LM Studio says with 200 that it has no such address."""
    return whole is not None and bool(whole.get("error")) and not whole.get("output")


def _pieces(response: httpx.Response) -> AsyncIterable[bytes]:
    """The body as it comes, by the shortest way."""
    if "content-encoding" in response.headers:
        return response.aiter_bytes()
    assert isinstance(response.stream, httpx.AsyncByteStream)
    return response.stream


class Refused(BackendError):
    """The server refused; `names_model` where it has no such model."""

    names_model = False


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
    except (ValueError, RecursionError, BackendError, httpx.RequestError):
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
