"""The whole server as the preview runs it; imported only once it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    from server.messages import ASGI


def server_of(
    app: ASGI, *, lifespan: bool, most_at_once: int | None = None
) -> uvicorn.Server:
    """A server for one loop; `most_at_once` connections, then 503."""
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http="h11",
        ws="websockets-sansio",
        lifespan="on" if lifespan else "off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        limit_concurrency=most_at_once,
        timeout_keep_alive=60,
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)
