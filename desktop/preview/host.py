"""The preview's host: owns socket, thread and loop of the server's app.

The address is final from the first moment, so a page may be asked for before the
thread runs: the request waits in the socket.
"""

from __future__ import annotations

import secrets
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

from desktop.preview.address import View
from desktop.preview.first import FirstResponder
from desktop.preview.guard import Guard
from desktop.preview.socket import loopback_sockets
from exporter.contract.errors import WorldError

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    import uvicorn

    from desktop.preview.app import PreviewApp

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
        make_app: Callable[[str], PreviewApp],
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
        self._lock = threading.Lock()
        self._waiting: list[Callable[[], None]] = []
        self._app: PreviewApp | None = None
        self._first: FirstResponder | None = None
        self._is_wanted = self._is_stopping = False
        self._guests: set[str] = set()
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

    def welcome(self, origin: str) -> None:
        """Let the pages of one more origin load the widget; "" lets none but ours."""
        if origin:
            self._guests.add(origin)
        else:
            self._guests.clear()

    def submit(self, work: Callable[[PreviewApp], Coroutine[Any, Any, T]]) -> Future[T]:
        """Run work with the app on the host's loop; answers at once.

        The future has a WorldError where the host does not run.
        """
        self.start()
        self._want_whole()
        outcome: Future[T] = Future()
        with self._lock:
            if not self._ready.is_set():
                self._waiting.append(lambda: self._begin(work, outcome))
                return outcome
        self._begin(work, outcome)
        return outcome

    def _begin(
        self, work: Callable[[PreviewApp], Coroutine[Any, Any, T]], outcome: Future[T]
    ) -> None:
        import asyncio  # already there, once the host runs

        loop, app = self._loop, self._app
        if loop is None or app is None:
            if outcome.set_running_or_notify_cancel():
                outcome.set_exception(_not_running())
            return
        inner = asyncio.run_coroutine_threadsafe(work(app), loop)
        outcome.add_done_callback(lambda done: done.cancelled() and inner.cancel())
        inner.add_done_callback(lambda done: _pass_on(done, outcome))

    def shutdown(self) -> None:
        """Stop answering and give the port back; may be called twice."""
        self._is_stopping = True
        if self._thread is not None:
            self._want_whole()
            self._ready.wait(_STOP_SECONDS)
            if self._server is not None:
                self._server.should_exit = True
            self._thread.join(_STOP_SECONDS)
        self._close()

    def _run(self) -> None:
        try:
            self._app = self._make_app(self.base)
            own = f"localhost:{self.port}"
            guard = Guard(self._app, own, self._token, self._guests)
            first = self._serve_first(guard)
            if self._is_stopping:
                first.hang_up()
                return
            from desktop.preview.asgi import server_of

            server = server_of(guard, lifespan=True)
            import asyncio  # not before the first page is out

            asyncio.run(self._serve(server, guard, first))
        except Exception as failure:
            self._failure = failure
            self._close()
            self._on_failure(failure)
        finally:
            self._loop = None
            self._set_ready()

    def _set_ready(self) -> None:
        with self._lock:
            self._ready.set()
            waiting, self._waiting = self._waiting, []
        for begin in waiting:
            begin()

    def _close(self) -> None:
        for one in self._sockets:
            one.close()

    def _serve_first(self, guard: Guard) -> FirstResponder:
        """Answer the first page, unless somebody needs the whole server already."""
        first = FirstResponder(guard, self._sockets)
        with self._lock:
            self._first = first
            if self._is_wanted:
                first.stop()
        first.run()
        return first

    def _want_whole(self) -> None:
        with self._lock:
            self._is_wanted = True
            if self._first is not None:
                self._first.stop()

    async def _serve(
        self, server: uvicorn.Server, guard: Guard, first: FirstResponder
    ) -> None:
        import asyncio

        from desktop.preview.late import LateConnections

        self._loop, self._server = asyncio.get_running_loop(), server
        late = LateConnections(guard)
        await late.take(first.left)
        self._set_ready()
        await server.serve(sockets=self._sockets)
        late.close()


def _not_running() -> WorldError:
    return WorldError("The preview's host does not run.", "Start Vitrine again.")


def _pass_on(inner: Future[T], outcome: Future[T]) -> None:
    if inner.cancelled():
        outcome.cancel()
    if outcome.cancelled() or not outcome.set_running_or_notify_cancel():
        return
    error = inner.exception()
    if error is not None:
        outcome.set_exception(error)
    else:
        outcome.set_result(inner.result())
