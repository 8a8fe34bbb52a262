"""The server's app on a real socket, in a thread: what only uvicorn can tell."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING, Any, Self

import uvicorn

if TYPE_CHECKING:
    from collections.abc import Callable


class Running:
    """A context manager; `make(base)` is called in the server's thread."""

    def __init__(self, make: Callable[[str], Any]) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._make = make
        self._server: uvicorn.Server | None = None
        self._begun = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._begun.wait(20)
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.should_exit = True
        self._thread.join(10)
        self._socket.close()
        assert not self._thread.is_alive()

    def _run(self) -> None:
        config = uvicorn.Config(
            self._make(self.base),
            ws="websockets-sansio",
            log_config=None,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._begun.set()
        self._server.run(sockets=[self._socket])
