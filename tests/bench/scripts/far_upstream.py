"""Somebody else's servers, as fast as they can be: OpenAI's sessions and a workflow.

`sys.argv[1]` is how long each thinks before it answers, in seconds. Sessions come as
JSON; a workflow streams two pieces, the second as long after the first.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_SECONDS = float(sys.argv[1])
_CHUNKED = (
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\n"
    b"transfer-encoding: chunked\r\n\r\n"
)


class Upstream(asyncio.Protocol):
    """One connection; answers one request at a time."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._data = b""

    def data_received(self, data: bytes) -> None:
        """Answer once a request is whole."""
        self._data += data
        end = self._data.find(b"\r\n\r\n")
        match = _LENGTH.search(self._data, 0, end) if end >= 0 else None
        if end < 0 or len(self._data) < end + 4 + int(match[1] if match else 0):
            return
        path = self._data.split(b" ", 2)[1]
        self._data = b""
        loop = asyncio.get_running_loop()
        if path.endswith(b"/chatkit/sessions"):
            loop.call_later(_SECONDS, self._give_session)
        else:
            loop.call_later(_SECONDS, self._begin)

    def _give_session(self) -> None:
        ends = int(time.time()) + 600
        said = {"id": "cksess_1", "client_secret": "ek_" + "x" * 40, "expires_at": ends}
        body = json.dumps(said).encode()
        self._transport.write(
            b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
            b"content-length: %d\r\n\r\n" % len(body) + body
        )

    def _begin(self) -> None:
        self._transport.write(_CHUNKED + _chunk(b'{"type":"begin"}\n'))
        asyncio.get_running_loop().call_later(_SECONDS, self._end)

    def _end(self) -> None:
        piece = _chunk(b'{"type":"item","content":"Hi"}\n')
        self._transport.write(piece + b"0\r\n\r\n")


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n" % len(data) + data + b"\r\n"


async def main() -> None:
    """Print the port, then serve until killed."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Upstream, "127.0.0.1", 0, backlog=2048)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
