"""An httpx client without what costs most: its requests go to the wire as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from server.wire.transport import NoCookies

if TYPE_CHECKING:
    from server.wire.transport import Wire


class Direct(httpx.AsyncClient):
    """No redirects, no cookies, no hooks, no log line: they cost more than sending.

    httpx logs every address, too; these hold owners' secrets.
    """

    def __init__(self, wire: Wire) -> None:
        super().__init__(
            transport=wire,
            cookies=NoCookies(),
            follow_redirects=False,
            trust_env=False,
        )
        self._wire = wire

    async def send(
        self, request: httpx.Request, *, stream: bool = False, **_: Any
    ) -> httpx.Response:
        """Send the request; raises httpx.TransportError."""
        if self.is_closed:
            raise RuntimeError("this client is closed")
        response = await self._wire.handle_async_request(request)
        response.request = request
        if not stream:
            try:
                await response.aread()
            except BaseException:
                await response.aclose()
                raise
        return response
