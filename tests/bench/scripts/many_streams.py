"""Many pages that listen at once: how late each piece is, by its model's own clock.

Arguments: port, path, visitors, seconds over which they come. The request's body comes
on standard input; JSON goes out. It reads no more of an answer than the moments in it,
so that who is measured is the other side.
"""

from __future__ import annotations

import asyncio
import gc
import json
import re
import sys
import time
from dataclasses import dataclass, field
from typing import cast

import uvloop

MOMENTS = re.compile(rb'"delta":"([\d. ]+)"')
SECONDS = 120.0


@dataclass
class Heard:
    """What came of all of them."""

    many: int
    ended: int = 0
    broken: int = 0
    late: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    writes: int = 0
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def end(self, *, well: bool) -> None:
        """One has come to its end."""
        self.ended += 1
        self.broken += not well
        if self.ended == self.many:
            self.done.set()


class Page(asyncio.Protocol):
    """One visitor, who asks once."""

    def __init__(self, request: bytes, heard: Heard) -> None:
        self._request, self._heard = request, heard
        self._rest, self._is_over, self._asked = b"", False, 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask."""
        self._transport = cast("asyncio.Transport", transport)
        self._asked = time.monotonic()
        self._transport.write(self._request)

    def connection_lost(self, error: Exception | None) -> None:
        """Over, well or not."""
        if not self._is_over:
            self._heard.end(well=False)

    def data_received(self, data: bytes) -> None:
        """Take down how old every piece is."""
        now = time.monotonic()
        whole, _, self._rest = (self._rest + data).rpartition(b"\n")
        self._heard.writes += 1
        for found in MOMENTS.findall(whole):
            if self._asked:
                self._heard.first.append(now - self._asked)
                self._asked = 0.0
            self._heard.late += [now - float(moment) for moment in found.split()]
        if data.endswith(b"0\r\n\r\n"):
            self._is_over = True
            self._transport.close()
            self._heard.end(well=True)


async def main(port: int, path: str, many: int, over: float) -> None:
    """Let them come, wait until all have heard their last word, and say how it was."""
    body = sys.stdin.buffer.read()
    head = (
        f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\norigin: https://shop.example\r\n"
        f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    heard = Heard(many)
    loop = asyncio.get_running_loop()
    began, used = loop.time(), time.process_time()

    async def come(number: int) -> None:
        await asyncio.sleep(began + over * number / many - loop.time())
        await loop.create_connection(
            lambda: Page(head.encode() + body, heard), "127.0.0.1", port
        )

    await asyncio.gather(*map(come, range(many)))
    async with asyncio.timeout(SECONDS):
        await heard.done.wait()
    said = {
        "late": heard.late,
        "first": heard.first,
        "broken": heard.broken,
        "writes": heard.writes,
        "busy": (time.process_time() - used) / (loop.time() - began),
    }
    print(json.dumps(said))


gc.disable()
uvloop.run(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4])))
