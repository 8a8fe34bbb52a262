"""What `make run` does where there is no display: pictures and code of the samples."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.export.where import file_name
from desktop.picturing import offscreen_qt, serving, take
from desktop.shot import png
from exporter.devices import device
from exporter.providers.registry import providers
from exporter.saving import save
from exporter.snippets import snippet

if TYPE_CHECKING:
    from exporter.contract.widget import Widget

DEVICES = ("iPhone 15", "iPad (10th gen / A16)", "MacBook Air 13 (M-series)")
HOST = "https://chat.example.com"
_FOLDER = Path("out")


def run(folder: Path = _FOLDER) -> int:
    """Take three pictures of each provider's first sample and print its code."""
    widgets = [each.samples()[0] for each in providers()]
    folder.mkdir(parents=True, exist_ok=True)
    offscreen_qt()
    _take_pictures(widgets, folder)
    for widget in widgets:
        made = snippet(widget, HOST)
        print(f"\n# {widget.name}: {made.place}\n{made.code}", end="")
    return 0


def _take_pictures(widgets: list[Widget], folder: Path) -> None:
    from desktop.canvas.screen import Pose
    from desktop.canvas.shot import Order, address_of

    with serving(widgets) as base:
        pairs = [(widget, device(name)) for widget in widgets for name in DEVICES]
        orders = [
            Order(
                address_of(base, widget.key, mode="", open_=True),
                Pose(shown_on, reduced_motion=True),
                frame=True,
                title=widget.name,
            )
            for widget, shown_on in pairs
        ]
        for (widget, shown_on), image in zip(pairs, take(orders), strict=True):
            path = folder / file_name(f"{widget.name} {shown_on.name}", ".png")
            save(path, png(image))
            print(path)
