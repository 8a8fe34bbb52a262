"""Take a picture of a widget on a device, without a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.cli.values import add_file, add_output, put, read_file
from exporter.contract.errors import InputError
from exporter.contract.layout import MODES
from exporter.devices import UnknownDevice, device
from exporter.editing import with_values

if TYPE_CHECKING:
    import argparse

    from PySide6.QtGui import QImage

    from exporter.cli.runner import Parser
    from exporter.contract.widget import Widget


def add_arguments(parser: Parser) -> None:
    """The file, what it is looked at on, and where the picture goes."""
    add_file(parser)
    parser.add_argument("--device", default="iPhone 15", help='as in "iPhone 15"')
    parser.add_argument("--landscape", action="store_true", help="hold it sideways")
    parser.add_argument("--mode", default="", choices=["", *MODES], metavar="MODE")
    parser.add_argument(
        "--scheme", choices=["light", "dark"], help="else the widget's own, or light"
    )
    parser.add_argument("--open", action="store_true", help="with the chat open")
    parser.add_argument("--frame", action="store_true", help="in the device's body")
    add_output(parser, "OUT.png")


def run(arguments: argparse.Namespace) -> int:
    """Write the picture as PNG; answers 0."""
    widget = in_scheme(read_file(arguments.file), arguments.scheme)
    try:
        shown_on = device(arguments.device)
    except UnknownDevice as error:
        raise InputError(str(error)) from error
    from desktop.picturing import offscreen_qt, serving, take

    offscreen_qt()
    from desktop.canvas.screen import Pose
    from desktop.canvas.shot import Order, address_of

    pose = Pose(
        shown_on,
        "landscape" if arguments.landscape else "portrait",
        scheme=arguments.scheme or "light",
        reduced_motion=True,
    )
    with serving([widget]) as base:
        address = address_of(
            base, widget.key, mode=arguments.mode, open_=arguments.open
        )
        order = Order(address, pose, frame=arguments.frame, title=widget.name)
        (image,) = take([order])
    put(arguments.output, png(image))
    return 0


def in_scheme(widget: Widget, scheme: str | None) -> Widget:
    """The widget as it looks in that scheme; None leaves it as it is."""
    if scheme is None or widget.theme.color_scheme == "auto":
        return widget
    return with_values(widget, {"theme.color_scheme": scheme})


def png(image: QImage) -> bytes:
    """A picture as the bytes of a PNG file."""
    from PySide6.QtCore import QBuffer, QIODevice

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # str is fine
    return bytes(buffer.data().data())
