"""The preview's host: owns socket, thread and loop of the server's app.

The address is final from the first moment, so a page may be asked for before the
thread runs: the request waits in the socket.
"""

from __future__ import annotations

import secrets
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from desktop.preview.address import View
from desktop.preview.socket import loopback_sockets

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine
    from concurrent.futures import Future
    from pathlib import Path

    import uvicorn

    from server.messages import ASGI

T = TypeVar("T")
_STOP_SECONDS = 3


class PreviewHost:
    """Serves one person's pages on the loopback.

    `make_app(base)` is called in the host's own thread and answers the app that
    stands behind the guard; `base` is the address of everything, secret token
    included. `on_failure` is called in that thread when the app cannot be made or
    stops by itself; pages are then refused at once instead of waiting for ever.
    """

    def __init__(
        self,
        make_app: Callable[[str], ASGI],
        port_file: Path | None = None,
        on_failure: Callable[[BaseException], None] = lambda failure: None,
    ) -> None:
        self._make_app = make_app
        self._on_failure = on_failure
        self._sockets = loopback_sockets(port_file)
        self.port = int(self._sockets[0].getsockname()[1])
        self._token = secrets.token_urlsafe(24)
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._server: uvicorn.Server | None = None
        self._failure: BaseException | None = None

    @property
    def origin(self) -> str:
        """The pages' origin; `localhost`, since ChatKit's domain list spares it."""
        return f"http://localhost:{self.port}"

    @property
    def base(self) -> str:
        """The address that every path of the app follows."""
        return f"{self.origin}/{self._token}"

    def address(self, key: str, view: View | None = None) -> str:
        """The preview page of a widget."""
        query = (view or View()).query()
        return f"{self.base}/preview/{key}" + (f"?{query}" if query else "")

    def start(self) -> None:
        """Begin to answer, in a thread; returns at once, a second call is nothing."""
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._run, name="preview host", daemon=True
            )
            self._thread.start()

    def submit(self, work: Callable[[], Coroutine[Any, Any, T]]) -> Future[T]:
        """Run a coroutine on the host's loop; raises RuntimeError where it stands."""
        import asyncio  # with the window's first pixel it would come too early

        self.start()
        self._ready.wait()
        if self._loop is None:
            raise RuntimeError("the preview's host does not run") from self._failure
        return asyncio.run_coroutine_threadsafe(work(), self._loop)

    def shutdown(self) -> None:
        """Stop answering and give the port back; may be called twice."""
        if self._thread is not None:
            self._ready.wait(_STOP_SECONDS)
            if self._server is not None:
                self._server.should_exit = True
            self._thread.join(_STOP_SECONDS)
        self._close()

    def _run(self) -> None:
        try:
            server = self._make_server()
            import asyncio

            asyncio.run(self._serve(server))
        except Exception as failure:
            self._failure = failure
            self._close()
            self._on_failure(failure)
        finally:
            self._loop = None
            self._ready.set()

    def _close(self) -> None:
        for one in self._sockets:
            one.close()

    async def _serve(self, server: uvicorn.Server) -> None:
        import asyncio

        self._loop, self._server = asyncio.get_running_loop(), server
        self._ready.set()
        await server.serve(sockets=self._sockets)

    def _make_server(self) -> uvicorn.Server:
        import uvicorn

        from desktop.preview.guard import Guard

        app = Guard(self._make_app(self.base), f"localhost:{self.port}", self._token)
        config = uvicorn.Config(
            app,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=60,
            timeout_graceful_shutdown=1,
        )
        return uvicorn.Server(config)
