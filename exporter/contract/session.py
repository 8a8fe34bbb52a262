"""How a server opens a session for a visitor of a provider's widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from exporter.contract.widget import Widget


@dataclass(frozen=True)
class SessionSpec:
    """`secret` names the owner's key; `request(widget, user)` makes the body.

    `fault(widget)` says in a sentence what keeps a session from being asked for,
    "" for nothing.
    """

    secret: str
    request: Callable[[Widget, str], dict[str, Any]]
    fault: Callable[[Widget], str]
