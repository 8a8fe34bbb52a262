"""A model by Responses: 20 pieces, 100 ms apart, each the moment that it was sent."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time

PIECES, APART = 20, 0.1
HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
    b"transfer-encoding: chunked\r\n\r\n"
)


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Every request of a connection."""
    with contextlib.suppress(OSError, asyncio.IncompleteReadError):
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            size = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(size)
            writer.write(HEAD)
            for number in range(PIECES):
                delta = f"{time.monotonic()} "
                event = {"type": "response.output_text.delta", "delta": delta}
                send(writer, {**event, "item_id": "msg_1"})
                await writer.drain()
                await asyncio.sleep(APART if number else 0.02)
            send(writer, {"type": "response.completed"})
            writer.write(b"0\r\n\r\n")
            await writer.drain()
    writer.close()


def send(writer: asyncio.StreamWriter, event: dict[str, str]) -> None:
    """One event as a chunk."""
    data = f"data: {json.dumps(event)}\n\n".encode()
    writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")


async def main() -> None:
    """Say the port, and serve for ever."""
    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=2048)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
