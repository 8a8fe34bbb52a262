"""A provider: a value that announces what it can do.

Each lives in its own folder of `exporter.providers`, with the same file names; its
`provider.py` holds one `PROVIDER`. Nothing else in the house knows it by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from exporter.contract.advice import AuditFinding
from exporter.contract.brain import Brain
from exporter.contract.ending import Ending, LiveAnswer
from exporter.contract.errors import NeedsServer
from exporter.contract.relay import RelayTarget
from exporter.contract.session import SessionSpec
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
class Standalone:
    """A widget as it works from a folder of files, without any server of ours.

    `notes` are sentences on what that changed for the owner.
    """

    widget: Widget
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class PageNeeds:
    """Addresses that a page's Content-Security-Policy has to let the widget use.

    `sockets`: the server's own WebSockets too, which a policy's https: does not cover.
    """

    scripts: tuple[str, ...] = ()
    connections: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    sockets: bool = False


@dataclass(frozen=True)
class Native:
    """A widget as the vendor's own embed code takes it.

    `values` are what the vendor's templates name, `notes` sentences on what the
    vendor's widget cannot express.
    """

    values: Mapping[str, Any]
    notes: tuple[str, ...] = ()


def needs_server(widget: Widget) -> Standalone:
    """Refuse: a provider that says nothing else works only behind a server."""
    raise NeedsServer(
        f"{widget.name} needs a server between the page and {widget.provider}.",
        "Publish it, and use the embed code instead of a folder of files.",
    )


@dataclass(frozen=True)
class Provider:
    """What one provider can do.

    `runtime_config(widget)` gives what the page may know beyond the shared
    sections (its `connection`, public parts only). `samples` are whole widgets.
    `opens_sessions` says whether a client secret has to be minted for a page.
    `faults` lists what keeps a valid widget from working, as (path, sentence).
    `standalone` says how it works from a folder of files, or raises NeedsServer;
    `page_needs` what its page loads from elsewhere, `advice` what else its owner
    should hear before delivery. `session` says how one is opened for a visitor,
    `relay_target(widget, secrets)` where messages go that pass a server,
    `brain(widget, secrets)` what answers where our server keeps conversations. `native`
    gives what the vendor's own embed code needs, or raises InputError.
    `ending(widget, today, live)` says what the widget stands on and will lose.
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
    standalone: Callable[[Widget], Standalone] = needs_server
    page_needs: Callable[[Widget], PageNeeds] = lambda widget: PageNeeds()
    advice: Callable[[Widget], tuple[AuditFinding, ...]] = lambda widget: ()
    ending: Callable[[Widget, date, LiveAnswer], Ending | None] = (
        lambda widget, today, live: None
    )
    session: SessionSpec | None = None
    native: Callable[[Widget], Native] | None = None
    relay_target: Callable[[Widget, Mapping[str, str]], RelayTarget | None] | None = (
        None
    )
    brain: Callable[[Widget, Mapping[str, str]], Brain | None] = (
        lambda widget, secrets: None
    )
