"""A file for the hosted server, for those who cannot publish from here.

`python main.py upload` takes a zip with exactly one file that ends in .widget.json.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.files import write_widget
from exporter.packages import Package, rendered

if TYPE_CHECKING:
    from exporter.contract.widget import Widget

_SECRETS = (
    "No key or password is in it: the server's owner sets them there.",
    "It replaces the widget of the same key, as its newest version.",
)


def make(widget: Widget, host: str) -> Package:
    """The widget's own file, with a line on what to do with it."""
    name = f"{widget.key}.widget.json"
    context = {"name": widget.name, "key": widget.key, "file": name, "notes": _SECRETS}
    return Package(
        {
            name: write_widget(widget),
            "README.txt": rendered("upload/README.txt.j2", context),
        },
        _SECRETS,
    )
