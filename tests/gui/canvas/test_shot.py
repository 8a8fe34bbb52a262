"""Pictures: the device's own pixels, the same every time, with or without frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QImage

from desktop.canvas import burial
from desktop.canvas.capture import capture
from desktop.canvas.screen import Pose, screen_of
from desktop.canvas.shot import Order, Photographer, ShotFailed, shoot
from desktop.canvas.stillness import Stillness
from desktop.canvas.studio_view import StudioView
from exporter.devices import UnknownDevice, device, responsive
from exporter.providers.registry import provider
from tests.gui.canvas.conftest import answer, bury, wait_ready

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWebEngineCore import QWebEngineProfile
    from pytestqt.qtbot import QtBot

    from desktop.canvas.hub import Hub
    from exporter.contract.widget import Widget
    from tests.gui.canvas.conftest import Server


_LONG_PAGE = "<body style='height:3000px;background:white'>"


@pytest.fixture
def widget() -> Widget:
    return provider("n8n").widget(provider="n8n")


@pytest.fixture
def photographer(qapp: object) -> Iterator[Photographer]:
    found = Photographer()
    yield found
    found.shutdown()


def _shoot(widget: Widget, server: Server, out: Path, **more: object) -> QImage:
    return shoot(
        widget,
        out=out,
        host_url_factory=lambda _: server.url("").toString(),
        **more,  # type: ignore[arg-type]  # each test says its own
    )


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("iPhone 15", (1179, 2556)),
        ("Pixel 10", (1082, 2426)),
        ("Desktop 1280×800", (1280, 800)),
        ("300x200", (300, 200)),
    ],
)
def test_a_picture_has_the_devices_pixels(
    qapp: object,
    widget: Widget,
    server: Server,
    tmp_path: Path,
    name: str,
    size: tuple[int, int],
) -> None:
    out = tmp_path / "shot.png"
    image = _shoot(widget, server, out, device=name, open_=True, mode="inline")
    kept = QImage(str(out))
    assert (kept.width(), kept.height()) == size
    assert kept.pixelColor(size[0] // 2, size[1] // 2) == QColor(250, 250, 250)
    assert image.size() == kept.size()
    query = server.paths[0].partition("?")[2].split("&")
    assert set(query) == {"state=open", "instant=1", "mode=inline"}


def test_the_scheme_is_seen(
    qapp: object, widget: Widget, server: Server, tmp_path: Path
) -> None:
    image = _shoot(widget, server, tmp_path / "a.png", device="300x200", scheme="dark")
    assert image.pixelColor(150, 100) == QColor(20, 20, 20)


def test_a_mark_of_ten_px_is_thirty_on_a_dpr_of_three(
    qapp: object, widget: Widget, server: Server, tmp_path: Path
) -> None:
    image = _shoot(widget, server, tmp_path / "a.png", device="iPhone 15")
    red = QColor(255, 0, 0)
    assert image.pixelColor(29, 29) == red
    assert image.pixelColor(30, 30) != red


def test_the_same_picture_twice_is_the_same_file(
    qapp: object, widget: Widget, server: Server, tmp_path: Path
) -> None:
    for name in ("a.png", "b.png"):
        _shoot(widget, server, tmp_path / name, device="iPhone 15", frame=True)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_a_frame_goes_around_and_leaves_the_pixels(
    qapp: object, widget: Widget, server: Server, tmp_path: Path
) -> None:
    framed = _shoot(widget, server, tmp_path / "a.png", device="iPhone 15", frame=True)
    # 393 × 852 with 12 px of body and 8 px of air on each side, times three.
    assert (framed.width(), framed.height()) == ((393 + 40) * 3, (852 + 40) * 3)
    assert framed.pixelColor(0, 0).alpha() == 0
    assert framed.pixelColor(framed.width() // 2, framed.height() // 2) == QColor(
        250, 250, 250
    )
    assert framed.pixelColor(framed.width() // 2, 20 * 3 + 60).lightness() < 40


def test_one_after_the_other_in_their_order(
    qtbot: QtBot, photographer: Photographer, server: Server
) -> None:
    sizes: list[tuple[int, int]] = []
    for name in ("300x200", "200x300", "250x250"):
        order = Order(server.url().toString(), Pose(device(name)))
        photographer.take(
            order, lambda image: sizes.append((image.width(), image.height()))
        )
    qtbot.waitUntil(lambda: len(sizes) == 3, timeout=30_000)
    assert sizes == [(300, 200), (200, 300), (250, 250)]


def test_a_host_that_is_gone_is_said_and_later_orders_go_on(
    qtbot: QtBot, photographer: Photographer, server: Server
) -> None:
    got: list[QImage | None] = []
    pose = Pose(device("300x200"))
    photographer.take(Order("http://127.0.0.1:9/", pose), got.append)
    photographer.take(Order(server.url().toString(), pose), got.append)
    qtbot.waitUntil(lambda: len(got) == 2, timeout=30_000)
    assert got[0] is None
    assert got[1] is not None


def test_what_goes_wrong_has_a_sentence(
    qapp: object, widget: Widget, server: Server, tmp_path: Path
) -> None:
    with pytest.raises(UnknownDevice, match="There is no device “Nokia”"):
        _shoot(widget, server, tmp_path / "a.png", device="Nokia")
    with pytest.raises(ShotFailed, match="could not be written"):
        _shoot(widget, server, tmp_path / "no" / "a.png", device="300x200")
    server.status = 500
    with pytest.raises(ShotFailed, match="did not show"):
        _shoot(widget, server, tmp_path / "a.png", device="300x200")


@pytest.mark.parametrize("name", ["iPhone 15", "Desktop 1280×800"])
def test_without_the_protocol_the_pixels_are_as_many(
    qtbot: QtBot, profile: QWebEngineProfile, no_hub: Hub, server: Server, name: str
) -> None:
    screen = screen_of(Pose(device(name)))
    view = StudioView(profile, no_hub)
    view.stand(screen)
    view.open(QUrl(server.url()))
    wait_ready(qtbot, view)
    got: list[QImage | None] = []
    red = QColor(255, 0, 0)

    def painted() -> bool:
        got.clear()
        capture(view, got.append)
        return got[0] is not None and got[0].pixelColor(5, 5) == red

    qtbot.waitUntil(painted, timeout=10_000)
    assert got[0] is not None
    wanted = round(screen.width * screen.dpr), round(screen.height * screen.dpr)
    assert (got[0].width(), got[0].height()) == wanted
    view.shutdown()
    view.deleteLater()


def _pixels(image: QImage) -> bytes:
    """Its colours alone: what a file says beside them is not what is seen."""
    # Named, since its bytes go with it: else they are read when they are freed.
    flat = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return bytes(flat.constBits())


@pytest.mark.parametrize("name", ["iPhone 15", "Galaxy S25", "Desktop 1280×800"])
def test_grabbed_it_is_what_the_protocol_takes(
    qtbot: QtBot, hub: Hub, profile: QWebEngineProfile, server: Server, name: str
) -> None:
    view = StudioView(profile, hub)
    view.stand(screen_of(Pose(device(name))))
    view.open(server.url())
    wait_ready(qtbot, view)
    still = Stillness(view)
    with qtbot.waitSignal(still.reached, timeout=20_000) as reached:
        still.start()
    taken: list[QImage | None] = []
    capture(view, taken.append)
    qtbot.waitUntil(lambda: bool(taken), timeout=20_000)
    (grabbed,) = reached.args
    assert taken[0] is not None
    assert grabbed.size() == taken[0].size()
    assert _pixels(grabbed) == _pixels(taken[0])
    assert answer(qtbot, view, "document.getElementById('vitrine-mark')") is None
    view.shutdown()
    view.deleteLater()
    bury()


def test_two_pages_at_once_still_come_in_their_order(
    qtbot: QtBot, photographer: Photographer, server: Server
) -> None:
    taken: list[QImage | None] = []
    pose = Pose(device("300x200"))
    for path in ("/one", "/two", "/three"):
        address = server.url(path).toString()
        photographer.take(Order(address, pose), taken.append)
    qtbot.waitUntil(lambda: len(taken) == 3, timeout=40_000)
    assert all(image is not None and image.width() == 300 for image in taken)
    assert sorted(server.paths) == ["/one", "/three", "/two"]


def test_the_other_scheme_of_a_page_is_taken_from_it_and_as_from_a_fresh_one(
    qtbot: QtBot, photographer: Photographer, server: Server
) -> None:
    poses = [
        Pose(device(name), scheme=scheme)
        for scheme in ("light", "dark")
        for name in ("300x200", "200x300")
    ]
    taken: list[QImage] = []
    for pose in poses:
        photographer.take(Order(server.url("/one").toString(), pose), taken.append)
    qtbot.waitUntil(lambda: len(taken) == 4, timeout=40_000)
    assert [(each.width(), each.height()) for each in taken] == 2 * [
        (300, 200),
        (200, 300),
    ]
    assert [each.pixelColor(99, 99).value() for each in taken] == [250, 250, 20, 20]
    assert server.paths == ["/one", "/one"]
    photographer.take(Order(server.url("/two").toString(), poses[2]), taken.append)
    qtbot.waitUntil(lambda: len(taken) == 5, timeout=20_000)
    assert _pixels(taken[4]) == _pixels(taken[2])


def test_what_was_dropped_is_not_begun(
    qtbot: QtBot, photographer: Photographer, server: Server
) -> None:
    taken: list[QImage | None] = []

    def first(image: QImage | None) -> None:
        taken.append(image)
        photographer.drop()

    pose = Pose(device("300x200"))
    for number in range(6):
        address = server.url(f"/{number}").toString()
        photographer.take(Order(address, pose), first if not number else taken.append)
    with qtbot.waitSignal(photographer.destroyed, timeout=30_000):
        pass
    assert "/5" not in server.paths


def test_a_picture_may_leave_the_scrollbar_out(
    qtbot: QtBot, photographer: Photographer
) -> None:
    taken: list[QImage | None] = []
    pose, address = Pose(responsive(300, 120)), f"data:text/html,{_LONG_PAGE}"
    for bars in (True, False):
        photographer.take(Order(address, pose, scrollbars=bars), taken.append)
    qtbot.waitUntil(lambda: len(taken) == 2, timeout=60_000)
    edges = [
        {image.pixelColor(296, y).name() for y in range(10, 110, 10)}
        for image in taken
        if image is not None
    ]
    assert edges[0] != {"#ffffff"}
    assert edges[1] == {"#ffffff"}


def test_who_is_gone_is_told_no_picture(profile: QWebEngineProfile, hub: Hub) -> None:
    view = StudioView(profile, hub)
    stillness = Stillness(view)
    told: list[object] = []
    stillness.reached.connect(told.append)
    burial.bury(view)
    stillness._on_captured(None)  # noqa: SLF001  # as a wire that is cut does
    assert told == []
