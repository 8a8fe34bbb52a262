"""Does the backend answer? Its provider knows how to ask."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.audit import Subject
    from exporter.contract.advice import AuditFinding
    from exporter.world import World


def probe(subject: Subject, world: World) -> Iterator[AuditFinding]:
    """The findings of `probe.py` in the provider's folder, where there is one."""
    name = f"exporter.providers.{subject.widget.provider}.probe"
    if find_spec(name) is not None and not subject.provider.faults(subject.widget):
        yield from import_module(name).probe(subject.widget, world)
