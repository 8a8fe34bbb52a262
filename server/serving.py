"""How uvicorn runs an app of ours: the one place, for `serve` and for its measure.

httptools and uvloop where they are installed: they read requests and turn the loop in
C, at half the cost of h11 and asyncio.
"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

import uvicorn

from server.listening import ImpatientProtocol

if TYPE_CHECKING:
    from server.messages import ASGI

GRACE_SECONDS = 10
"""How long requests under way may go on after a signal."""

_KEEP_ALIVE_SECONDS = 65
"""Longer than balancers keep theirs, so that no request meets a closing socket."""

_COLLECT_AFTER = (20_000, 20, 20)
_MOST_FRAME = 16 * 1024 * 1024


_SWITCH_SECONDS = 0.0002
"""How long a thread may hold the interpreter while the loop waits for it; Python's own
5 ms, once for every socket that has something, are what a visitor would wait."""


def settle() -> None:
    """Spare the collector what was made at the start and stays: it is most of it."""
    sys.setswitchinterval(_SWITCH_SECONDS)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)


def server_config(app: ASGI) -> uvicorn.Config:
    """The settings; `get_loop_factory` of them has the loop."""
    return uvicorn.Config(
        app,
        loop="auto",
        http=ImpatientProtocol,
        ws="websockets-sansio",
        ws_max_size=_MOST_FRAME,
        lifespan="on",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
