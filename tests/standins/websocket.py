"""The server's end of a WebSocket (RFC 6455), as little of it as a stand-in needs."""

from __future__ import annotations

import base64
import hashlib
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class ServerSocket:
    """An upgraded connection: `send` and `receive` whole text frames."""

    def __init__(self, handler: BaseHTTPRequestHandler) -> None:
        key = handler.headers.get("Sec-WebSocket-Key", "")
        accept = hashlib.sha1((key + _GUID).encode()).digest()
        self._read, self._write = handler.rfile, handler.wfile
        handler.send_response(101)
        handler.send_header("Upgrade", "websocket")
        handler.send_header("Connection", "Upgrade")
        handler.send_header("Sec-WebSocket-Accept", base64.b64encode(accept).decode())
        handler.end_headers()
        handler.wfile.flush()
        handler.close_connection = True

    def send(self, text: str) -> None:
        """Send one text frame."""
        self._frame(1, text.encode())

    def close(self) -> None:
        """Close without a code, which the browser reports as 1005."""
        self._frame(8, b"")

    def receive(self) -> str | None:
        """The next text frame; None once the other end has closed."""
        while True:
            head = self._read.read(2)
            if len(head) < 2 or head[0] & 15 == 8:
                return None
            size = head[1] & 127
            if size > 125:
                form = ">H" if size == 126 else ">Q"
                size = struct.unpack(form, self._read.read(struct.calcsize(form)))[0]
            mask = self._read.read(4)
            body = self._read.read(size)
            if head[0] & 15 == 1:
                return bytes(b ^ mask[i % 4] for i, b in enumerate(body)).decode()

    def _frame(self, kind: int, body: bytes) -> None:
        size = len(body)
        head = (
            bytes([size])
            if size < 126
            else b"\x7e" + struct.pack(">H", size)
            if size < 1 << 16
            else b"\x7f" + struct.pack(">Q", size)
        )
        self._write.write(bytes([128 | kind]) + head + body)
        self._write.flush()
