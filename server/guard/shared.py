"""What processes share through Redis, and what each does by itself without it.

Redis is an aid: when it is gone, nonces and limits are kept in this process, that is
said (`is_up`, the readiness and the metrics), and it is tried again a moment later.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Any, TypeVar

from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from exporter.contract.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from limits import RateLimitItem

T = TypeVar("T")
_log = logging.getLogger("vitrine.shared")
_ANSWER_SECONDS = 0.5
_AGAIN_SECONDS = 2.0
_MOST_NONCES = 100_000
_PREFIX = "vitrine"


class SharedState:
    """Nonces and limits; `url` is `redis://…`, or "" for this process alone."""

    def __init__(
        self, url: str = "", clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._down_until = 0.0
        self._memory = MemoryStorage()
        self._alone = SlidingWindowCounterRateLimiter(self._memory)
        self._spent: dict[str, float] = {}
        self._client: Any = None
        self._failures: tuple[type[Exception], ...] = (OSError, TimeoutError)
        self._together: SlidingWindowCounterRateLimiter | None = None
        self.is_up = True
        if url:
            self._connect(url)

    @property
    def has_redis(self) -> bool:
        """Whether there is a Redis to be up or down."""
        return self._client is not None

    async def hit(self, limit: RateLimitItem, *names: str) -> float:
        """Count one; 0, or the seconds to wait where the limit is reached."""
        together = self._together
        if together is not None:
            wait = await self._ask(lambda: _hit(together, limit, names))
            if wait is not None:
                return wait
        return await _hit(self._alone, limit, names)

    async def wait(self, limit: RateLimitItem, *names: str) -> float:
        """As `hit`, for one more that is not counted."""
        together = self._together
        if together is not None:
            wait = await self._ask(lambda: _wait(together, limit, names))
            if wait is not None:
                return wait
        return await _wait(self._alone, limit, names)

    async def spend(self, nonce: str, seconds: int) -> bool:
        """Use a nonce up for as long as it could be shown; whether it was unused."""
        fresh = self._spend_here(nonce, seconds)
        if fresh and self._client is not None:
            name = f"{_PREFIX}:nonce:{nonce}"
            first = await self._ask(
                lambda: _as_bool(self._client.set(name, b"1", nx=True, ex=seconds))
            )
            return first is not False
        return fresh

    async def ping(self) -> bool:
        """Whether Redis answers now; True where there is none."""
        if self._client is None:
            return True
        self._down_until = 0
        return await self._ask(lambda: _as_bool(self._client.ping())) is True

    async def close(self) -> None:
        """Let go of the connections."""
        if self._client is not None:
            await self._client.aclose()
            await self._client.connection_pool.disconnect()
        timer = self._memory.timer
        if timer is not None:
            timer.cancel()
            await asyncio.gather(timer, return_exceptions=True)

    def _connect(self, url: str) -> None:
        from limits.aio.storage import RedisStorage  # these bring redis
        from redis.asyncio import BlockingConnectionPool, Redis
        from redis.asyncio.retry import Retry
        from redis.backoff import NoBackoff
        from redis.exceptions import RedisError

        self._failures = (RedisError, *self._failures)
        try:
            pool = BlockingConnectionPool.from_url(
                url,
                max_connections=50,
                timeout=_ANSWER_SECONDS,
                socket_connect_timeout=_ANSWER_SECONDS,
                socket_timeout=_ANSWER_SECONDS,
                retry=Retry(NoBackoff(), 1),
            )
        except (ValueError, RedisError):
            raise InputError(
                "REDIS_URL is no redis:// address.", "Use redis://HOST:6379/0."
            ) from None
        self._client = Redis(connection_pool=pool)
        storage = RedisStorage(
            f"async+{url}",
            implementation="redispy",
            key_prefix=_PREFIX,
            connection_pool=pool,  # type: ignore[arg-type]  # handed on to redis
        )
        self._together = SlidingWindowCounterRateLimiter(storage)

    async def _ask(self, work: Callable[[], Awaitable[T]]) -> T | None:
        """What Redis says; None while it is gone."""
        if self._clock() < self._down_until:
            return None
        try:
            async with asyncio.timeout(2 * _ANSWER_SECONDS):
                said = await work()
        except self._failures as error:
            if self.is_up:
                _log.warning("Redis does not answer: %s", type(error).__name__)
            self.is_up = False
            self._down_until = self._clock() + _AGAIN_SECONDS
            return None
        if not self.is_up:
            _log.warning("Redis answers again")
        self.is_up = True
        return said

    def _spend_here(self, nonce: str, seconds: int) -> bool:
        now = self._clock()
        if self._spent.get(nonce, 0) > now:
            return False
        self._spent[nonce] = now + seconds
        if len(self._spent) > _MOST_NONCES:
            self._forget_nonces(now)
        return True

    def _forget_nonces(self, now: float) -> None:
        """The expired, then the oldest: they were the first to be put in."""
        self._spent = {one: end for one, end in self._spent.items() if end > now}
        for one in list(self._spent)[: len(self._spent) - _MOST_NONCES * 9 // 10]:
            del self._spent[one]


async def _hit(
    limiter: SlidingWindowCounterRateLimiter,
    limit: RateLimitItem,
    names: tuple[str, ...],
) -> float:
    if await limiter.hit(limit, *names):
        return 0.0
    return await _until_free(limiter, limit, names)


async def _wait(
    limiter: SlidingWindowCounterRateLimiter,
    limit: RateLimitItem,
    names: tuple[str, ...],
) -> float:
    if await limiter.test(limit, *names):
        return 0.0
    return await _until_free(limiter, limit, names)


async def _until_free(
    limiter: SlidingWindowCounterRateLimiter,
    limit: RateLimitItem,
    names: tuple[str, ...],
) -> float:
    stats = await limiter.get_window_stats(limit, *names)
    return max(1.0, stats.reset_time - time.time())


async def _as_bool(answer: Awaitable[Any]) -> bool:
    return bool(await answer)
