"""A bare ASGI "hello" as our server would be run: the floor of every answer."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import uvicorn

from server.serving import server_config

if TYPE_CHECKING:
    from server.messages import Receive, Scope, Send

HEADERS = [(b"content-type", b"text/plain"), (b"content-length", b"6")]


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    """Say hello to whoever asks."""
    if scope["type"] == "lifespan":
        for word in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{word}.complete"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": b"hello\n"})


def main() -> None:
    """Print the port, then serve until killed."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=2048)
    print(listening.getsockname()[1], flush=True)
    config = server_config(hello)
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(uvicorn.Server(config).serve(sockets=[listening]))


if __name__ == "__main__":
    main()
