"""A page of its own that people link to, whatever the widget's own mode is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.editing import with_values
from exporter.packages import Package, website

if TYPE_CHECKING:
    from exporter.contract.widget import Widget


def make(widget: Widget, host: str) -> Package:
    """The website with the portal on its page."""
    return website(with_values(widget, {"layout.mode": "portal"}))
