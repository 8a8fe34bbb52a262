"""A process of its own that uses up a limit; prints how often it was let through.

python -m tests.unit.server.guard.counting URL LIMIT TRIES
"""

from __future__ import annotations

import asyncio
import sys

from limits import parse

from server.guard.shared import SharedState


async def main(url: str, limit: str, tries: int) -> None:
    state, item = SharedState(url), parse(limit)
    sys.stdin.readline()  # all begin together
    waits = [await state.hit(item, "shared", "test") for _ in range(tries)]
    print(waits.count(0.0), int(await state.spend("one nonce", 60)), flush=True)
    await state.close()


asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
