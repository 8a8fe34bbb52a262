"""Puts the preview's parts together."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from desktop.backdrops.shelf import Shelf
from desktop.preview.host import PreviewHost
from desktop.preview.widgets import PreviewWidgets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.preview.app import PreviewApp
    from desktop.preview.widgets import Remembered
    from exporter.contract.widget import Widget
    from server.parts import Secrets
    from server.sessions import Attempt

_WARM_AFTER = 3.0
"""Seconds after the first page: FastAPI's import would make the window stutter."""


def open_preview(
    current: Callable[[str], Widget | None],
    secrets: Secrets,
    *,
    simulated: Callable[[str], str],
    record: Callable[[Attempt], None] | None = None,
    folder: Path | None = None,
    shelf: Shelf | None = None,
    remembered: Remembered | None = None,
    on_failure: Callable[[BaseException], None] = lambda failure: None,
    now: Callable[[], float] = time.time,
) -> PreviewHost:
    """A host that shows what `current(key)` says; nothing runs before `start()`.

    `current` and `simulated` are called in the host's thread: they must answer at
    once, from values. `simulated(key)` is why nothing live answers ("" if it does).
    `record` is told of every request for a session, in that thread too. `folder` is
    where the port and the visitor's id are kept; `shelf` has the pages of one's own,
    else they lie there too.
    """

    pages = shelf or (Shelf(folder) if folder else None)

    def make_app(base: str) -> PreviewApp:
        from desktop.preview.app import PreviewApp, PreviewOutside
        from desktop.preview.policy import PreviewPolicy
        from desktop.preview.visitor import visitor_of
        from exporter.bundle import runtime_bundles

        policy = PreviewPolicy(
            base,
            "preview",
            private_upstreams=True,
            check_origin=False,
            compress=False,
            warm_after=_WARM_AFTER,
            script_cache="no-store",
            simulated=simulated,
            visitor_of=visitor_of(folder),
        )
        widgets = PreviewWidgets(current, remembered)
        bundles = runtime_bundles()
        outside = PreviewOutside(record, now)
        return PreviewApp(widgets, secrets, policy, bundles, outside, pages)

    port_file = folder / "preview-port" if folder else None
    return PreviewHost(make_app, port_file, on_failure)
