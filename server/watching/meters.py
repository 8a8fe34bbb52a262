"""What Prometheus reads: requests by route, refusals, events, what is up.

Labels come from short fixed lists, never from what a request says. Each process
counts its own; sum over them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

if TYPE_CHECKING:
    from collections.abc import Callable

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60)
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"))
_ROUTES = (
    ("script", r"/w/[^/]*\.js|/api/widget/[^/]*/chat-widget\.js"),
    ("runtime", r"/runtime/.*"),
    ("chat_page", r"/chat/[^/]*"),
    ("chatkit_frame", r"/widget/chatkit/[^/]*"),
    ("session", r"/api/chatkit/create-session"),
    ("relay", r"/api/chat-relay/[^/]*"),
    ("chatkit", r"/api/chatkit/[^/]*"),
    ("events", r"/api/events"),
    ("visitors", r"/api/visitors/[^/]*"),
    ("widgets", r"/api/widgets(?:/.*)?"),
    ("numbers", r"/api/numbers"),
    ("owner_page", r"/owner(?:/.*)?"),
    ("staged", r"/staged/.*"),
    ("forget", r"/forget/.*"),
    ("operators", r"/healthz|/readyz|/metrics"),
)
_ROUTE = re.compile("|".join(f"(?P<{name}>{path})" for name, path in _ROUTES))


class Meters:
    """The counters of one server, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "vitrine_requests",
            "Answered requests.",
            ("route", "method", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "vitrine_request_seconds",
            "Time to the first byte of the answer.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._refused = Counter(
            "vitrine_rate_limited",
            "Requests refused by a limit.",
            ("kind", "scope"),
            registry=self._registry,
        )
        self._events = Counter(
            "vitrine_events",
            "What pages told of.",
            ("event",),
            registry=self._registry,
        )
        self._known: dict[tuple[str, str, int], Counter] = {}
        self._scripts: dict[int, int] = {}

    def answered(self, path: str, method: str, status: int, seconds: float) -> None:
        """A request was answered; `status` 0 where the client left before."""
        route = route_of(path)
        method = method if method in _METHODS else "other"
        place = (route, method, status)
        counter = self._known.get(place)
        if counter is None:
            counter = self._requests.labels(route, method, str(status))
            self._known[place] = counter
        counter.inc()
        self._seconds.labels(route).observe(seconds)

    def gave_script(self, status: int) -> None:
        """A script was given that was ready: counted, not timed, in the event loop."""
        self._scripts[status] = self._scripts.get(status, 0) + 1

    def refused(self, kind: str, scope: str) -> None:
        """A limit refused a request."""
        self._refused.labels(kind, scope).inc()

    def heard(self, event: str, times: int) -> None:
        """A page told of something."""
        self._events.labels(event).inc(times)

    def watch(self, name: str, words: str, value: Callable[[], float]) -> None:
        """A number to be asked for whenever Prometheus reads."""
        Gauge(f"vitrine_{name}", words, registry=self._registry).set_function(value)

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        given, self._scripts = self._scripts, {}
        for status, times in given.items():
            self._requests.labels("script", "GET", str(status)).inc(times)
        return generate_latest(self._registry)


def route_of(path: str) -> str:
    """The name under which a path is counted."""
    match = _ROUTE.fullmatch(path)
    return match.lastgroup or "other" if match else "other"
