"""ChatKit sessions: asks OpenAI for a client secret, with the owner's key.

Facts (November 2026): no refresh, a session is minted anew for the same `user`;
408, 409, 429 and 5xx are worth another try; 3 s to connect, 10 s in all.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from server.answers import Answer, read_answer, refusal, session_of
from server.errors import (
    KeyRefused,
    NoNetwork,
    NotSecure,
    ServerError,
    SessionError,
    TooSlow,
    Unreadable,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from server.answers import Session

OPENAI_BASE = "https://api.openai.com/v1"
BASE_VARIABLE = "VITRINE_OPENAI_BASE"
CONNECT_SECONDS, ALL_SECONDS = 3.0, 10.0
_SESSIONS = "/chatkit/sessions"
_TRIES = 3
_KEY = re.compile(r"[\x21-\x7e]{1,500}")
_HEADERS = (
    (b"openai-beta", b"chatkit_beta=v1"),
    (b"content-type", b"application/json"),
    (b"accept", b"application/json"),
    (b"user-agent", b"vitrine"),
)


@dataclass(frozen=True)
class Attempt:
    """One request as the session log shows it; never the key, never the secret.

    `at` in seconds since 1970; `status` 0 where nothing was answered.
    """

    at: float
    milliseconds: int
    method: str
    address: str
    status: int
    outcome: str
    sent: dict[str, Any] = field(default_factory=dict)
    request_id: str = ""


class Sessions:
    """Mints and cancels sessions over an injected client."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        base: str = OPENAI_BASE,
        *,
        seconds: float = ALL_SECONDS,
        record: Callable[[Attempt], None] = lambda attempt: None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._client = client
        self._base = base.rstrip("/")
        self._minting = httpx.URL(self._base + _SESSIONS)  # read once
        self._seconds = seconds
        self._timeout = httpx.Timeout(seconds, connect=CONNECT_SECONDS).as_dict()
        self.record = record
        self._sleep = sleep
        self._now = now

    async def mint(self, key: str, body: dict[str, Any]) -> Session:
        """Open a session with `body`; raises a kind of SessionError."""
        workflow = str(body.get("workflow", {}).get("id", "the workflow"))
        answer = await self._ask(_SESSIONS, key, body, workflow)
        return session_of(answer, self._now())

    async def cancel(self, key: str, session_id: str) -> None:
        """End a session before its time; raises a kind of SessionError."""
        if not re.fullmatch(r"[\w-]{1,200}", session_id):
            raise ValueError("this is no session's id")
        path = f"{_SESSIONS}/{session_id}/cancel"
        await self._ask(path, key, {}, f"session {session_id}")

    async def _ask(
        self, path: str, key: str, body: dict[str, Any], subject: str
    ) -> Answer:
        if not _KEY.fullmatch(key):
            raise KeyRefused("The API key holds characters that no key has.")
        try:
            async with asyncio.timeout(self._seconds):
                return await self._tries(path, key, body, subject)
        except TimeoutError:
            raise TooSlow(self._seconds) from None

    async def _tries(
        self, path: str, key: str, body: dict[str, Any], subject: str
    ) -> Answer:
        loop = asyncio.get_running_loop()
        end = loop.time() + self._seconds
        for number in range(_TRIES):
            try:
                return await self._once(path, key, body, subject)
            except SessionError as error:
                wait = error.wait or 0.3 * 2**number * random.uniform(0.8, 1.2)
                last = number == _TRIES - 1
                if last or not error.retry or loop.time() + wait >= end:
                    raise
                await self._sleep(wait)
        raise AssertionError("the last try returns or raises")

    async def _once(
        self, path: str, key: str, body: dict[str, Any], subject: str
    ) -> Answer:
        started, clock = self._now(), time.perf_counter()
        status, request_id, outcome = 0, "", "not finished"
        try:
            answer = await self._send(path, key, body)
            status, request_id = answer.status, answer.request_id
            error = refusal(answer, subject)
            if error is not None:
                raise error
            outcome = "ok"
            return answer
        except ServerError as error:
            outcome = error.code
            raise
        finally:
            took = round((time.perf_counter() - clock) * 1000)
            address = self._base + path
            self.record(
                Attempt(
                    started, took, "POST", address, status, outcome, body, request_id
                )
            )

    async def _send(self, path: str, key: str, body: dict[str, Any]) -> Answer:
        # Not the client's `build_request`: its own defaults cost as much as sending.
        request = httpx.Request(
            "POST",
            self._minting if path == _SESSIONS else self._base + path,
            content=json.dumps(body).encode(),
            headers=[*_HEADERS, (b"authorization", b"Bearer " + key.encode("ascii"))],
            extensions={"timeout": self._timeout},
        )
        try:
            return await read_answer(await self._client.send(request, stream=True))
        except httpx.ConnectError as error:
            # The one cause of many that a person can see and mend.
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                raise NotSecure from None
            raise NoNetwork from None
        except (httpx.ReadTimeout, httpx.WriteTimeout):
            raise TooSlow(self._seconds) from None
        except httpx.DecodingError:
            raise Unreadable from None
        except httpx.TransportError:
            raise NoNetwork from None
