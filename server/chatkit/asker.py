"""Who asks, and what answers them: made by the route for one request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from server.chatkit.records import now

if TYPE_CHECKING:
    from exporter.contract.brain import Brain
    from server.chatkit.backends.backend import Backend


@dataclass(frozen=True)
class Asker:
    """A visitor of a widget; `place` is the address of the widget's ChatKit routes."""

    owner: str
    widget_key: str
    place: str
    brain: Brain
    backend: Backend

    @property
    def ends(self) -> datetime:
        """When a conversation goes that is spoken in now."""
        return now() + timedelta(days=self.brain.keep_days)
