"""The networks a device can be on: named as browsers' own tools name them.

The numbers are those of Chromium's developer tools (Lighthouse takes the same):
latency in ms a request, throughput in bytes a second.
"""

from __future__ import annotations

from typing import Any, NamedTuple

OFFLINE = "offline"


class Network(NamedTuple):
    """`latency` in ms; `down` and `up` in bytes a second, -1 for no limit."""

    title: str
    latency: float = 0
    down: float = -1
    up: float = -1
    kind: str = ""

    def conditions(self, *, offline: bool) -> dict[str, Any]:
        """What `Network.emulateNetworkConditions` wants to know."""
        said = {
            "offline": offline,
            "latency": self.latency,
            "downloadThroughput": self.down,
            "uploadThroughput": self.up,
        }
        return said | ({"connectionType": self.kind} if self.kind else {})

    @property
    def words(self) -> str:
        """The title with its numbers, as a menu shows it."""
        if self.down < 0:
            return self.title
        return f"{self.title}  {_speed(self.down)}, {_delay(self.latency)}"


NETWORKS = {
    "": Network("As this computer"),
    "4g": Network("Fast 4G", 165, 1_012_500, 168_750, "cellular4g"),
    "slow-4g": Network("Slow 4G", 562.5, 180_000, 84_375, "cellular4g"),
    "3g": Network("Slow 3G", 2_000, 50_000, 50_000, "cellular3g"),
    OFFLINE: Network("Offline", kind="none"),
}
"""By the name that is kept; "" is no emulation."""


def _speed(bytes_a_second: float) -> str:
    bits = bytes_a_second * 8
    if bits >= 1_000_000:
        return f"{bits / 1_000_000:.1f} Mbit/s"
    return f"{bits / 1_000:.0f} kbit/s"


def _delay(milliseconds: float) -> str:
    if milliseconds >= 1_000:
        return f"{milliseconds / 1_000:g} s"
    return f"{milliseconds:.0f} ms"
