"""How the checks reach out: requests with limits on time, size and redirects."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

MOST_BYTES = 2_000_000
WHOLE_SECONDS = 45.0
"""How long an answer may come, however it comes."""

_REDIRECTS = 5
_SECONDS, _CONNECT_SECONDS = 15.0, 5.0
_AGENT = "Vitrine-check/1 (the check before delivery of a chat widget)"


@dataclass(frozen=True)
class Answer:
    """What came back: the address it came from in the end, status, headers, body."""

    url: str
    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def text(self) -> str:
        """The body as text, whatever it says it is."""
        return self.body.decode("utf-8", "replace")


class NoAnswer(Exception):
    """Nothing came back; holds the reason as the end of a sentence."""


@dataclass(frozen=True)
class World:
    """How the probes reach out, and what they may use.

    `secrets` by their names; `pages` are the customer's pages to read, else the sites'
    front pages; `message` is sent once to the backend, "" for none.
    """

    client: httpx.Client
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    pages: tuple[str, ...] = ()
    message: str = ""
    openai: str = "https://api.openai.com/v1"
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    resolve: Callable[[str], object] = lambda host: socket.getaddrinfo(host, 443)

    def ask(self, method: str, url: str, **more: Any) -> Answer:
        """One request, with limits on its answer's size and time; raises NoAnswer."""
        import httpx

        try:
            with self.client.stream(method, url, **more) as response:
                body = _read(response)
                return Answer(url, response.status_code, response.headers, body)
        except httpx.TimeoutException as error:
            raise NoAnswer("took too long to answer") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoAnswer(f"cannot be reached ({_reason(error)})") from error

    def visit(self, url: str) -> Answer:
        """A page as a browser gets it, redirects followed; raises NoAnswer."""
        for _ in range(_REDIRECTS + 1):
            answer = self.ask("GET", url)
            place = answer.headers.get("location")
            if answer.status not in (301, 302, 303, 307, 308) or not place:
                return answer
            try:
                url = urljoin(url, place)
            except ValueError as error:
                raise NoAnswer("redirects to what is no address") from error
        raise NoAnswer("redirects without end")


def new_client() -> httpx.Client:
    """A client with limits on time; close it after use."""
    import httpx

    return httpx.Client(
        timeout=httpx.Timeout(_SECONDS, connect=_CONNECT_SECONDS),
        headers={"User-Agent": _AGENT},
        follow_redirects=False,
        trust_env=True,
    )


def _read(response: httpx.Response) -> bytes:
    data, end = bytearray(), time.monotonic() + WHOLE_SECONDS
    for part in response.iter_bytes():
        data += part
        if len(data) > MOST_BYTES:
            break
        if time.monotonic() > end:
            raise NoAnswer("took too long to answer")
    return bytes(data[:MOST_BYTES])


def _reason(error: Exception) -> str:
    words = str(error).rstrip(".").strip()
    return words[:120] or type(error).__name__
