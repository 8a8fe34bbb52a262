"""What is otherwise on a device than the widget and its visitor usually have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.canvas.network import NETWORKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.canvas.spot import Spot

CONTRASTS = {
    "": "As usual",
    "more": "More contrast",
    "less": "Less contrast",
    "forced": "Forced colours",
}
"""What a visitor's system can ask for, in words."""


def note_of(spot: Spot) -> str:
    """For a card's label: "Inline · Deutsch · 150 % text"."""
    return " · ".join((*_widget_words(spot), *_visitor_words(spot)))


def _widget_words(spot: Spot) -> Iterator[str]:
    if not spot.mode and not spot.locale:
        return
    from exporter.contract.layout import MODES  # brings pydantic
    from exporter.contract.locales import LOCALES

    yield from (title for name, title in MODES.items() if name == spot.mode)
    if spot.locale:
        yield LOCALES.get(spot.locale, spot.locale)


def _visitor_words(spot: Spot) -> Iterator[str]:
    if spot.contrast:
        yield CONTRASTS[spot.contrast]
    if spot.text_size != 1:
        yield f"{percent(spot.text_size)} text"
    if spot.less_motion:
        yield "Less motion"
    if spot.network:
        yield NETWORKS[spot.network].title


def percent(factor: float) -> str:
    """A factor as people read it."""
    return f"{round(factor * 100)} %"
