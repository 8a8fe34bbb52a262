"""The loopback host's sockets: bound early, on the port of last time.

The page's storage belongs to its origin, port included, so a port is kept from run
to run; where another program has it by now, a free one takes its place.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_BACKLOG = 128


def loopback_sockets(port_file: Path | None) -> list[socket.socket]:
    """Listening sockets for `localhost`, IPv4 first; remembers the port."""
    wanted = _remembered(port_file)
    try:
        first = listening(socket.AF_INET, "127.0.0.1", wanted)
    except OSError:
        first = listening(socket.AF_INET, "127.0.0.1", 0)
    port = first.getsockname()[1]
    if port != wanted and port_file is not None:
        with suppress(OSError):  # only comfort is lost
            port_file.parent.mkdir(parents=True, exist_ok=True)
            port_file.write_text(str(port), "ascii")
    sockets = [first]
    with suppress(OSError):  # no IPv6 here, or the port is taken there
        sockets.append(listening(socket.AF_INET6, "::1", port))
    return sockets


def _remembered(port_file: Path | None) -> int:
    try:
        port = int(port_file.read_text("ascii")) if port_file else 0
    except (OSError, ValueError):
        return 0
    return port if 1024 <= port <= 65535 else 0


def listening(family: int, address: str, port: int) -> socket.socket:
    """A socket that listens there, port 0 for any; raises OSError."""
    one = socket.socket(family, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows: else two could listen
            one.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        one.bind((address, port))
        one.listen(_BACKLOG)
        one.setblocking(False)
    except OSError:
        one.close()
        raise
    return one
