"""A provider: a value that announces what it can do.

Each lives in its own folder of `exporter.providers`, with the same file names; its
`provider.py` holds one `PROVIDER`. Nothing else in the house knows it by name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from exporter.contract.widget import Widget


@dataclass(frozen=True)
class SecretSpec:
    """A secret the owner keeps for this provider: never in a file, never in a page.

    `help` says where to get one; `starts_with` is the usual beginning, for a
    friendly warning only.
    """

    name: str
    title: str
    help: str = ""
    placeholder: str = ""
    starts_with: str = ""
    shown_when: tuple[str, tuple[Any, ...]] | None = None


@dataclass(frozen=True)
class Provider:
    """What one provider can do.

    `runtime_config(widget)` gives what the page may know beyond the shared
    sections (its `connection`, public parts only). `samples` are whole widgets.
    `opens_sessions` says whether a client secret has to be minted for a page.
    `faults` lists what keeps a valid widget from working, as (path, sentence).
    """

    name: str
    title: str
    tagline: str
    widget: type[Widget]
    runtime_connection: Callable[[Widget], dict[str, Any]]
    samples: Callable[[], tuple[Widget, ...]]
    faults: Callable[[Widget], tuple[tuple[str, str], ...]]
    secrets: tuple[SecretSpec, ...] = field(default=())
    opens_sessions: Callable[[Widget], bool] = lambda widget: False
