"""A folder for any static host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.packages import Package, website

if TYPE_CHECKING:
    from exporter.contract.widget import Widget


def make(widget: Widget, host: str) -> Package:
    """The widget as it is, with a page around it; no server is named in it."""
    return website(widget)
