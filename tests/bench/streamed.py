"""When the pieces of a streamed answer come."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Pieces:
    """Seconds: `first` to the body's first byte, `gap` from there to the end.

    Both are medians; `first_late` is the 95th of a hundred.
    """

    first: float
    first_late: float
    gap: float


def first_and_last(port: int, request: bytes, times: int) -> Pieces:
    """Ask that often, one after the other on one connection."""
    firsts, gaps = [], []
    with socket.create_connection(("127.0.0.1", port), 10) as one:
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(times):
            first, gap = _ask(one, request)
            firsts.append(first)
            gaps.append(gap)
    late = sorted(firsts)[int(len(firsts) * 0.95)]
    return Pieces(median(firsts), late, median(gaps))


def _ask(one: socket.socket, request: bytes) -> tuple[float, float]:
    data, first = b"", 0.0
    started = time.perf_counter()
    one.sendall(request)
    while not data.endswith(b"0\r\n\r\n"):
        piece = one.recv(65536)
        if not piece:
            raise RuntimeError("the answer broke off")
        data += piece
        if not first and b'"begin"' in data:
            first = time.perf_counter()
    if not data.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(data[:200].decode("latin-1"))
    return first - started, time.perf_counter() - first
