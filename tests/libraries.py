"""Libraries to test with: a clock to turn by hand, samples, and very many widgets."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from exporter.contract.widget import new_key
from exporter.providers.registry import providers

if TYPE_CHECKING:
    from desktop.store.repository import Library
    from exporter.contract.widget import Widget

START = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
_WORDS = (
    *("Fjord", "Lumen", "Acme", "Harbour", "Nordlys", "Atlas", "Juniper", "Kestrel"),
    *("Marble", "Quartz", "Saffron", "Tundra", "Velvet", "Willow", "Zephyr", "Bistro"),
)
_TRADES = ("support", "bookings", "returns", "sales", "intake", "helpdesk", "concierge")


class Clock:
    """Time that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        """Let so much time pass, in timedelta's own words."""
        self.now += timedelta(**by)


def samples() -> list[Widget]:
    """Every provider's samples."""
    return [widget for provider in providers() for widget in provider.samples()]


def renamed(widget: Widget, name: str) -> Widget:
    """The widget under another name."""
    return widget.model_copy(update={"name": name})


def make_library(library: Library, count: int) -> None:
    """Fill a library with `count` different widgets of all providers.

    Straight into the table, since 100,000 validated widgets take a minute.
    """
    models = [(json.dumps(one.plain()), one.key, one.name) for one in samples()]

    def row(number: int) -> tuple[str, int, int, int]:
        config, key, name = models[number % len(models)]
        config = config.replace(f'"{key}"', f'"{new_key()}"', 1)
        config = config.replace(f'"{name}"', f'"{_name(number)}"', 1)
        at = round((START + timedelta(seconds=number)).timestamp() * 1_000_000)
        return config, at, at, at

    with library.database.connection() as connection:
        connection.exec_driver_sql(
            "INSERT INTO widgets (config, created_at, updated_at, revision_at, "
            "revision) VALUES (?, ?, ?, ?, 1)",
            [row(number) for number in range(count)],
        )


def _name(number: int) -> str:
    first = _WORDS[number % len(_WORDS)]
    second = _WORDS[number // len(_WORDS) % len(_WORDS)]
    return f"{first} {second} {_TRADES[number % len(_TRADES)]} {number}"
