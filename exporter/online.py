"""The check before delivery, with a network: does what the widget names answer?

Nothing is changed anywhere: a session that was opened is cancelled, and a workflow is
started only where a message to send is given. Each rule is a module of
`exporter.probes` with one function `probe(subject, world)`; what a backend has to
answer is in `probe.py` of its provider's folder.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from exporter import probes as _folder
from exporter.audit import Subject
from exporter.contract.advice import LEVELS, AuditFinding

if TYPE_CHECKING:
    from collections.abc import Callable

    from exporter.contract.widget import Widget
    from exporter.world import World


def check_online(
    widget: Widget, world: World, *, host: str = ""
) -> tuple[AuditFinding, ...]:
    """Every finding, errors first; `host` is the server's address, "" if not known."""
    subject = Subject(widget, host)
    found = [finding for rule in _rules() for finding in rule(subject, world)]
    return tuple(sorted(found, key=lambda finding: LEVELS.index(finding.level)))


@cache
def _rules() -> tuple[Callable[[Subject, World], Any], ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(_folder.__path__))
    return tuple(import_module(f"{_folder.__name__}.{name}").probe for name in names)
