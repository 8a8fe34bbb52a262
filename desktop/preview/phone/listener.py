"""The second listener: on one address of the network, only while it is on."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from desktop.preview.phone.door import Door
from desktop.preview.phone.feed import PhoneFeed
from desktop.preview.socket import listening
from exporter.contract.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    import uvicorn

    from desktop.preview.app import PreviewApp
    from desktop.preview.host import PreviewHost

_MOST_AT_ONCE = 64
_STOP_SECONDS = 3


class PhoneListener:
    """Opens once, closes once. `on_count(phones)` is called on the host's loop;
    `on_end(failure)` there too, with None after `close`."""

    def __init__(
        self,
        host: PreviewHost,
        on_count: Callable[[int], None] = lambda count: None,
        on_end: Callable[[BaseException | None], None] = lambda failure: None,
    ) -> None:
        self._host = host
        self._on_end = on_end
        self.door = Door()
        self.feed = PhoneFeed(on_count)
        self.base = ""
        self._socket: socket.socket | None = None
        self._server: uvicorn.Server | None = None
        self._served: Future[None] | None = None
        self._is_closing = False

    def open(self, address: str) -> None:
        """Listen there; raises WorldError where that cannot be."""
        self._socket = _listening(address, self._host.port)
        port = int(self._socket.getsockname()[1])
        self.base = f"http://{address}:{port}"
        self._served = self._host.submit(self._serve)
        self._served.add_done_callback(self._on_served)

    def invitation(self) -> str:
        """An address that opens the preview on one phone, once.

        Its secret is a fragment, which no request carries.
        """
        return f"{self.base}/#{self.door.invite()}"

    def close(self) -> None:
        """Shut everybody out at once and give the address back; may be called twice."""
        self._is_closing = True
        self.door.shut()
        self.feed.close()
        if self._server is not None:
            self._server.should_exit = True
        if self._served is not None:
            # The end of whatever went wrong was told to `on_end` already.
            with suppress(Exception):
                self._served.result(_STOP_SECONDS)
        if self._socket is not None:
            self._socket.close()

    async def _serve(self, app: PreviewApp) -> None:
        from desktop.preview.asgi import server_of
        from desktop.preview.phone.gate import OnlyShown, PhoneGate

        assert self._socket is not None
        widgets = OnlyShown(app.widgets, self.feed)
        inner = app.at(self.base, widgets).server
        gate = PhoneGate(inner, widgets, self.base, self.door, self.feed, app.shelf)
        self._server = server_of(gate, lifespan=False, most_at_once=_MOST_AT_ONCE)
        if self._is_closing:
            return
        await self._server.serve(sockets=[self._socket])

    def _on_served(self, served: Future[None]) -> None:
        failure = None if served.cancelled() else served.exception()
        self._on_end(failure)


def _listening(address: str, port: int) -> socket.socket:
    """On the preview's own port if it is free there, lest a firewall asks anew."""
    for wanted in (port, 0):
        try:
            return listening(socket.AF_INET, address, wanted)
        except OSError as failure:
            last = failure
    if last.errno == errno.EADDRNOTAVAIL:
        raise WorldError(
            f"This computer is no longer {address} in its network.",
            "Turn the preview on again.",
        ) from last
    raise WorldError(
        f"The system lets nothing listen on {address} ({last.strerror}).",
        "Allow Vitrine to receive connections in the firewall's settings.",
    ) from last
