"""A model by Responses: pieces at fixed moments, each the moment that it was sent.

Arguments: how many pieces, seconds between them, seconds until the first. It is made to
cost little, as it stands on the same machine as what is measured.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from typing import cast

import uvloop

HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
    b"transfer-encoding: chunked\r\n\r\n"
)
PIECE = (
    b'data: {"type":"response.output_text.delta","sequence_number":12,'
    b'"item_id":"msg_68f1a7c2d0b8819","output_index":0,"content_index":0,'
    b'"delta":"%.6f ","logprobs":[],"obfuscation":"a1b2c3d4e5"}\n\n'
)
END = b'data: {"type":"response.completed"}\n\n'


class Answer(asyncio.Protocol):
    """Every request of a connection, one after the other."""

    def __init__(self, pieces: int, apart: float, thinks: float) -> None:
        self._pieces, self._apart, self._thinks = pieces, apart, thinks
        self._loop = asyncio.get_running_loop()
        self._asked = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody connects."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """A request, or a part of it."""
        self._asked += data
        head, found, body = self._asked.partition(b"\r\n\r\n")
        if not found:
            return
        size = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        if len(body) < size:
            return
        self._asked = b""
        self._left, self._next = self._pieces, self._loop.time() + self._thinks
        self._loop.call_at(self._next, self._say, HEAD)

    def _say(self, head: bytes) -> None:
        if self._transport.is_closing():
            return
        self._left -= 1
        piece = chunk(PIECE % time.monotonic())
        if self._left:
            self._transport.write(head + piece)
            self._next += self._apart
            self._loop.call_at(self._next, self._say, b"")
        else:
            self._transport.write(head + piece + chunk(END) + b"0\r\n\r\n")


def chunk(data: bytes) -> bytes:
    """A piece of the body as it travels."""
    return b"%x\r\n%b\r\n" % (len(data), data)


async def main(pieces: int, apart: float, thinks: float) -> None:
    """Say the port, and serve for ever."""
    server = await asyncio.get_running_loop().create_server(
        lambda: Answer(pieces, apart, thinks), "127.0.0.1", 0, backlog=2048
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


gc.disable()
uvloop.run(main(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])))
