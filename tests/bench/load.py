"""Load on the loopback: a bounded number of requests over a few open connections."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_BODILESS = (204, 304)
_SECONDS, _LEAST_A_SECOND = 120.0, 200


@dataclass(frozen=True)
class Load:
    """What came of it: `latencies` in seconds, sorted; `statuses` by their number."""

    seconds: float
    latencies: tuple[float, ...]
    statuses: dict[int, int]

    def percentile(self, share: float) -> float:
        """The latency that this share of the requests kept under."""
        place = min(len(self.latencies) - 1, int(len(self.latencies) * share))
        return self.latencies[place]


def get(path: str, **headers: str) -> bytes:
    """A GET as bytes; header names with "_" for "-"."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name.replace('_', '-')}: {text}" for name, text in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def post(path: str, body: bytes, **headers: str) -> bytes:
    """A POST of JSON as bytes."""
    head = get(path, content_type="application/json", **headers)
    head = head.replace(b"GET", b"POST", 1)[:-2]
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def load(
    port: int, requests: Sequence[bytes], count: int, connections: int = 16
) -> Load:
    """Send `count` requests, in turns of `requests`; each connection waits for its
    answer before it asks again."""
    return asyncio.run(_load(port, requests, count, connections))


def processor_seconds(pid: int) -> float:
    """The processor time that a process has used, in user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def resident_bytes(pid: int) -> int:
    """The memory that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096


async def _load(
    port: int, requests: Sequence[bytes], count: int, connections: int
) -> Load:
    run = _Run(requests, count)
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(lambda: _Connection(run), "127.0.0.1", port)
        for _ in range(connections)
    ]
    started = time.perf_counter()
    for _, one in made:
        one.ask()
    async with asyncio.timeout(_SECONDS + count / _LEAST_A_SECOND):
        await run.done.wait()
    took = time.perf_counter() - started
    for transport, _ in made:
        transport.close()
    if run.failure:
        raise RuntimeError(run.failure)
    return Load(took, tuple(sorted(run.latencies)), run.statuses)


class _Run:
    def __init__(self, requests: Sequence[bytes], count: int) -> None:
        self.requests, self.count = requests, count
        self.sent = 0
        self.latencies: list[float] = []
        self.statuses: dict[int, int] = {}
        self.failure = ""
        self.done = asyncio.Event()

    def next(self) -> bytes | None:
        if self.sent == self.count:
            return None
        self.sent += 1
        return self.requests[self.sent % len(self.requests)]

    def heard(self, status: int, seconds: float) -> None:
        self.latencies.append(seconds)
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if len(self.latencies) == self.count:
            self.done.set()


class _Connection(asyncio.Protocol):
    def __init__(self, run: _Run) -> None:
        self._run = run
        self._data = b""
        self._asked = 0.0
        self._write: Callable[[bytes], None]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._write = transport.write

    def connection_lost(self, error: Exception | None) -> None:
        if not self._run.done.is_set():
            self._run.failure = "the server closed a connection"
            self._run.done.set()

    def ask(self) -> None:
        request = self._run.next()
        if request is not None:
            self._asked = time.perf_counter()
            self._write(request)

    def data_received(self, data: bytes) -> None:
        self._data += data
        end = self._data.find(b"\r\n\r\n")
        if end < 0:
            return
        status = int(self._data[9:12])
        match = _LENGTH.search(self._data, 0, end)
        if match is None and status not in _BODILESS:
            raise ValueError("an answer without a length")
        if len(self._data) < end + 4 + (int(match[1]) if match else 0):
            return
        self._data = b""
        self._run.heard(status, time.perf_counter() - self._asked)
        self.ask()
