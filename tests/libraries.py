"""Libraries to test with: a clock to turn by hand, samples, and very many widgets."""

from __future__ import annotations

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
    """Fill a library with `count` different widgets of all providers, quickly."""
    from desktop.store.repository import config_of
    from desktop.store.tables import WidgetRecord

    models = samples()
    with library.database.writing() as session:
        for number in range(count):
            widget = models[number % len(models)].model_copy(
                update={"name": _name(number), "key": new_key()}
            )
            at = START + timedelta(seconds=number)
            session.add(
                WidgetRecord(
                    config=config_of(widget),
                    created_at=at,
                    updated_at=at,
                    revision_at=at,
                )
            )
            if number % 2000 == 1999:
                session.flush()
                session.expunge_all()


def _name(number: int) -> str:
    first = _WORDS[number % len(_WORDS)]
    second = _WORDS[number // len(_WORDS) % len(_WORDS)]
    return f"{first} {second} {_TRADES[number % len(_TRADES)]} {number}"
