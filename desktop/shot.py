"""Take pictures of a widget on devices, without a window."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from desktop.canvas.note import CONTRASTS
from desktop.canvas.sets import SETS
from desktop.canvas.spot import TEXT_SIZES, Spot
from desktop.canvas.states import MOMENTS
from desktop.preview.sites import SITES, is_address
from desktop.store.folder import data_folder
from exporter.cli.values import add_file, add_output, put, read_file
from exporter.contract.errors import InputError
from exporter.contract.layout import MODES
from exporter.contract.locales import LOCALES
from exporter.devices import UnknownDevice, device, set_own
from exporter.editing import with_values
from exporter.own_devices import FILE, load_own

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtGui import QImage

    from desktop.backdrops.shelf import Shelf
    from desktop.canvas.plan import Planned
    from desktop.canvas.shot import Order
    from exporter.cli.runner import Parser
    from exporter.contract.widget import Widget

DEVICE = "iPhone 15"
MOST = 200
"""How many pictures one command takes."""


def add_arguments(parser: Parser) -> None:
    """The file, what it is looked at on, and where the pictures go."""
    add_file(parser)
    add = parser.add_argument
    add("--device", action="append", default=[], help=f'as in "{DEVICE}"; repeatable')
    add("--set", choices=[one.name for one in SETS], help="a whole set of devices")
    add("--landscape", action="store_true", help="hold it sideways")
    add("--mode", default="", choices=["", *MODES], metavar="MODE")
    add("--locale", default="", choices=["", *LOCALES], metavar="TAG", help="as de-DE")
    add(
        "--scheme",
        action="append",
        default=[],
        choices=["light", "dark"],
        help="else the widget's own, or light; repeatable",
    )
    add(
        "--state",
        action="append",
        default=[],
        choices=list(MOMENTS),
        help="a moment of the conversation; repeatable",
    )
    add("--open", action="store_true", help="as --state open")
    add("--bars", action="store_true", help="with the browser's bars")
    add(
        "--site",
        default="blank",
        metavar="SITE",
        help=f"the page behind: {', '.join(SITES)}, an image or saved page's file, "
        "or a live page's address, which is taken as deployed",
    )
    add("--force", action="store_true", help="lift the live page's policy")
    add("--contrast", default="", choices=[each for each in CONTRASTS if each])
    add("--text-size", type=float, default=1.0, metavar="FACTOR", help="as 1.5")
    add("--frame", action="store_true", help="in the device's body")
    add("--sheet", action="store_true", help="all on one picture, in their bodies")
    add("--pdf", action="store_true", help="all in a PDF for sign-off")
    add_output(parser, "OUT.png; a folder for several; OUT.pdf")


def run(arguments: argparse.Namespace) -> int:
    """Write the pictures; answers 0."""
    widget = read_file(arguments.file)
    set_own(load_own(data_folder().path / FILE) or ())
    if arguments.scheme:
        # The simulated visitor's system says it then.
        widget = with_values(widget, {"theme.color_scheme": "auto"})
    spots, moments = _spots(arguments), _moments(arguments, widget)
    many = len(spots) * len(moments) * max(1, len(set(arguments.scheme)))
    _check_output(arguments, many)
    from desktop.picturing import hosting, offscreen_qt

    offscreen_qt()
    from desktop.canvas.plan import planned

    shots = planned(spots, list(dict.fromkeys(arguments.scheme)), moments)
    frame = arguments.frame or arguments.sheet or arguments.pdf
    with _behind(arguments.site) as (site, shelf), hosting([widget], shelf) as host:
        orders = [
            shot.order(
                host.base,
                widget.key,
                site=site,
                frame=frame,
                title=widget.name,
                forced=arguments.force,
            )
            for shot in shots
        ]
        _deliver(arguments, widget, shots, _taken(orders, host.welcome))
    return 0


def _spots(arguments: argparse.Namespace) -> list[Spot]:
    chosen = [one.spots for one in SETS if one.name == arguments.set]
    names = arguments.device or ([] if chosen else [DEVICE])
    try:
        named = [Spot(device(name).id) for name in names]
    except UnknownDevice as error:
        raise InputError(str(error)) from error
    return [
        spot._replace(
            orientation="landscape" if arguments.landscape else spot.orientation,
            mode=arguments.mode or spot.mode,
            locale=arguments.locale,
            bars=arguments.bars,
            contrast=arguments.contrast,
            text_size=_text_size(arguments.text_size),
        )
        for spot in (*named, *(spot for spots in chosen for spot in spots))
    ]


def _text_size(factor: float) -> float:
    low, high = TEXT_SIZES[0], TEXT_SIZES[-1]
    if not low <= factor <= high:
        raise InputError(
            f"Text cannot be {factor:g} times as large here.",
            f"Give a factor from {low:g} to {high:g}.",
        )
    return factor


@contextmanager
def _behind(site: str) -> Iterator[tuple[str, Shelf | None]]:
    """What a preview's address calls the page behind, and where it lies."""
    if site in SITES or is_address(site):
        yield site, None
        return
    if not Path(site).exists():
        raise InputError(
            f"There is no page behind called {site!r}, and no such file.",
            f"Name one of {', '.join(SITES)}, an image, a saved page or an address.",
        )
    from desktop.backdrops.shelf import Shelf
    from desktop.backdrops.taking_in import take_in

    with TemporaryDirectory(prefix="vitrine-") as folder:
        shelf = Shelf(Path(folder))
        taken = take_in(Path(site), shelf)
        if taken.words:
            print(taken.words, file=sys.stderr)
        yield taken.backdrop.id, shelf


def _moments(arguments: argparse.Namespace, widget: Widget) -> list[str]:
    """Which moments, in the order they were named; raises InputError."""
    usual = ["open"] if arguments.open else []
    moments = list(dict.fromkeys([*arguments.state, *usual])) or ["closed"]
    teaser = widget.launcher.teaser
    if "teaser" in moments and not (teaser.enabled and teaser.text):
        raise InputError(
            "This widget has no teaser to take a picture of.",
            "Set launcher.teaser.enabled and launcher.teaser.text first.",
        )
    return moments


def _check_output(arguments: argparse.Namespace, many: int) -> None:
    if many > MOST:
        raise InputError(
            f"That would be {many} pictures; {MOST} is the most at once.",
            "Name fewer devices, schemes or states.",
        )
    single = many == 1 or arguments.sheet or arguments.pdf
    if arguments.sheet and arguments.pdf:
        raise InputError("A sheet is one file and a PDF another.", "Ask for one.")
    if not single and (arguments.output == "-" or Path(arguments.output).suffix):
        raise InputError(
            f"{many} pictures do not go into one file.",
            "Give -o a folder, or add --sheet or --pdf.",
        )


def _taken(orders: Sequence[Order], welcome: Callable[[str], None]) -> Iterator[QImage]:
    """The pictures, telling a waiting person how far it is."""
    from desktop.picturing import take

    for number, image in enumerate(take(orders, welcome), 1):
        if len(orders) > 1 and sys.stderr.isatty():
            print(f"\r{number} of {len(orders)}", end="", file=sys.stderr, flush=True)
        yield image


def _deliver(
    arguments: argparse.Namespace,
    widget: Widget,
    shots: Sequence[Planned],
    images: Iterator[QImage],
) -> None:
    from desktop.canvas.sheet import contact_sheet, pictured, sign_off

    if arguments.pdf:
        pictures = list(map(pictured, shots, images))
        put(arguments.output, sign_off(widget.name, f"Key {widget.key}", pictures))
    elif arguments.sheet:
        sheet = contact_sheet(widget.name, list(map(pictured, shots, images)))
        put(arguments.output, png(sheet))
    elif len(shots) == 1:
        put(arguments.output, png(next(images)))
        # The photographer closes only once it is asked for no more.
        assert next(images, None) is None
    else:
        _write_all(Path(arguments.output), shots, images)


def _write_all(
    folder: Path, shots: Sequence[Planned], images: Iterator[QImage]
) -> None:
    from desktop.export.where import file_name

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{folder} cannot be a folder: {error.strerror}.", "Choose another."
        ) from error
    for number, (shot, image) in enumerate(zip(shots, images, strict=True), 1):
        put(str(folder / file_name(f"{number:02} {shot.caption}", ".png")), png(image))


def png(image: QImage) -> bytes:
    """A picture as the bytes of a PNG file."""
    from PySide6.QtCore import QBuffer, QIODevice

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # str is fine
    return bytes(buffer.data().data())
