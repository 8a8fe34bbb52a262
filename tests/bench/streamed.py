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


def in_turns(
    ours: tuple[int, bytes], floor: tuple[int, bytes], times: int
) -> tuple[Pieces, Pieces]:
    """Ask both that often, one after the other, so that noise hits both."""
    with _connected(ours[0]) as one, _connected(floor[0]) as other:
        pairs = [(_ask(one, ours[1]), _ask(other, floor[1])) for _ in range(times)]
    return _pieces([pair[0] for pair in pairs]), _pieces([pair[1] for pair in pairs])


def _connected(port: int) -> socket.socket:
    one = socket.create_connection(("127.0.0.1", port), 10)
    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return one


def _pieces(asked: list[tuple[float, float]]) -> Pieces:
    firsts = sorted(first for first, _ in asked)
    late = firsts[int(len(firsts) * 0.95)]
    return Pieces(median(firsts), late, median(gap for _, gap in asked))


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
