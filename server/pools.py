"""Many calls to one host at once, over several small pools instead of a large one.

httpcore looks at every connection of its pool for every request, twice, and asks the
system about each idle one: with a hundred of them that costs more than the requests.
"""

from __future__ import annotations

from itertools import cycle

import httpx

_POOLS = 16
_CONNECTIONS = 32
_KEEP_SECONDS = 30.0


class Pools(httpx.AsyncBaseTransport):
    """Takes the pools in turn; connections stay open for the next caller."""

    def __init__(self) -> None:
        context = httpx.create_ssl_context()
        limits = httpx.Limits(
            max_connections=_CONNECTIONS,
            max_keepalive_connections=_CONNECTIONS,
            keepalive_expiry=_KEEP_SECONDS,
        )
        self._pools = [
            httpx.AsyncHTTPTransport(verify=context, limits=limits)
            for _ in range(_POOLS)
        ]
        self._turn = cycle(self._pools)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send by the next pool."""
        return await next(self._turn).handle_async_request(request)

    async def aclose(self) -> None:
        """Close all of them."""
        for pool in self._pools:
            await pool.aclose()
