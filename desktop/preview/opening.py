"""Puts the preview's parts together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.preview.host import PreviewHost
from desktop.preview.widgets import PreviewWidgets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.preview.widgets import Remembered
    from exporter.contract.widget import Widget
    from server.messages import ASGI
    from server.parts import Secrets


def open_preview(
    current: Callable[[str], Widget | None],
    secrets: Secrets,
    *,
    simulated: Callable[[str], str],
    folder: Path | None = None,
    remembered: Remembered | None = None,
    on_failure: Callable[[BaseException], None] = lambda failure: None,
) -> PreviewHost:
    """A host that shows what `current(key)` says; nothing runs before `start()`.

    `current` and `simulated` are called in the host's thread: they must answer at
    once, from values. `simulated(key)` is why nothing live answers ("" if it does).
    `folder` is where the port is kept.
    """

    def make_app(base: str) -> ASGI:
        from desktop.preview.app import PreviewApp
        from desktop.preview.policy import PreviewPolicy
        from exporter.bundle import runtime_bundles
        from server.outside import Outside

        policy = PreviewPolicy(
            base,
            "preview",
            private_upstreams=True,
            check_origin=False,
            compress=False,
            script_cache="no-store",
            simulated=simulated,
        )
        widgets = PreviewWidgets(current, remembered)
        outside = Outside(private=True)
        return PreviewApp(widgets, secrets, policy, runtime_bundles(), outside)

    port_file = folder / "preview-port" if folder else None
    return PreviewHost(make_app, port_file, on_failure)
