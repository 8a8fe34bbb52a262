"""The reporting page sees the truth on every device, held both ways."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, get_args

import pytest

from desktop.canvas.screen import Pose, Scheme, Screen, screen_of
from exporter.devices import Orientation, device, devices, responsive
from tests.gui.canvas.conftest import answer, wait_ready

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.canvas.hub import Hub
    from desktop.canvas.view import DeviceView
    from tests.gui.canvas.conftest import Server, Views

ALL = [each.id for each in devices()]
_SCALE = 0.4


def _fit(view: DeviceView, screen: Screen, scale: float = _SCALE) -> None:
    view.set_screen(screen, scale)
    view.resize(int(screen.width * scale), int(screen.height * scale))


def _sees(screen: Screen) -> dict[str, object]:
    side = "landscape" if screen.turned else "portrait"
    return {
        "viewport": [screen.width, screen.height],
        "dpr": screen.dpr,
        "screen": [screen.screen_width, screen.screen_height],
        "orientation": f"{side}-primary",
        "portrait": screen.height >= screen.width,
        "coarse": screen.touch,
        "hover": not screen.touch,
        "touchPoints": 5 if screen.touch else 0,
        "dark": screen.scheme == "dark",
        "still": screen.reduced_motion,
        "contrast": "custom" if screen.contrast == "forced" else screen.contrast,
        "forced": screen.contrast == "forced",
        "online": screen.network != "offline",
        "agent": screen.user_agent,
        "platform": screen.platform,
        "hints": _hints(screen),
        "model": screen.model if "Chrome/" in screen.user_agent else None,
        "resolution": True,
        "deviceWidth": True,
        "anyCoarse": screen.touch,
        "anyHover": not screen.touch,
        "connection": "4g",
        "insets": list(screen.insets),
    }


def _hints(screen: Screen) -> dict[str, object] | None:
    """What Chrome says of itself beside its user agent; Safari says nothing."""
    agent = screen.user_agent
    if "Chrome/" not in agent:
        return None
    systems = ("Android", "Windows", "Macintosh", "Linux")
    system = next(name for name in systems if name in agent)
    return {
        "brands": ["Chromium", "Google Chrome", "Not?A_Brand"],
        "mobile": " Mobile " in agent,
        "platform": "macOS" if system == "Macintosh" else system,
    }


def _wait_for(qtbot: QtBot, view: DeviceView, screen: Screen) -> None:
    wanted = _sees(screen)

    def sees() -> None:
        seen = answer(qtbot, view, "report()")
        seen["dpr"] = round(seen["dpr"], 4)
        assert {name: seen[name] for name in wanted} == wanted

    qtbot.waitUntil(sees, timeout=5_000)


def _open(qtbot: QtBot, server: Server, view: DeviceView, screen: Screen) -> DeviceView:
    _fit(view, screen)
    view.show()
    view.open(server.url())
    wait_ready(qtbot, view)
    return view


def test_the_first_inline_script_sees_the_right_screen(
    qtbot: QtBot, hub: Hub, make_view: Views, server: Server
) -> None:
    screen = screen_of(Pose(device("iPhone 15")))
    view = _open(qtbot, server, make_view(hub), screen)
    assert view.exact
    assert answer(qtbot, view, "first") == [393, 852, 3]
    _wait_for(qtbot, view, screen)


def test_every_device_is_true_both_ways_without_a_reload(
    qtbot: QtBot, hub: Hub, make_view: Views, server: Server
) -> None:
    view = make_view(hub)
    _open(qtbot, server, view, screen_of(Pose(device(ALL[0]))))
    for number, (name, orientation) in enumerate(product(ALL, get_args(Orientation))):
        # Either scheme and either motion with either way of holding it.
        scheme: Scheme = "dark" if number % 4 in (1, 2) else "light"
        still = number // 4 % 2 == 0
        pose = Pose(device(name), orientation, scheme=scheme, reduced_motion=still)
        _fit(view, screen_of(pose))
        _wait_for(qtbot, view, screen_of(pose))
    assert view.loads == 1
    assert server.paths == ["/preview/KEY"]


@pytest.mark.parametrize("scale", [0.1, 0.5, 1, 1.7])
def test_zooming_does_not_change_the_layout(
    qtbot: QtBot, hub: Hub, make_view: Views, server: Server, scale: float
) -> None:
    screen = screen_of(Pose(device("Pixel 10")))
    view = _open(qtbot, server, make_view(hub), screen)
    _fit(view, screen, scale)
    _wait_for(qtbot, view, screen)


@pytest.mark.parametrize(("width", "height"), [(100, 100), (7680, 4320)])
def test_screens_may_be_tiny_or_huge(
    qtbot: QtBot, hub: Hub, make_view: Views, server: Server, width: int, height: int
) -> None:
    screen = screen_of(Pose(responsive(width, height)))
    view = make_view(hub)
    _fit(view, screen, 0.1)
    view.show()
    view.open(server.url())
    wait_ready(qtbot, view)
    _wait_for(qtbot, view, screen)


def test_touch_survives_a_navigation(
    qtbot: QtBot, hub: Hub, make_view: Views, server: Server
) -> None:
    screen = screen_of(Pose(device("iPhone 15")))
    view = _open(qtbot, server, make_view(hub), screen)
    view.open(server.url("/preview/KEY?again"))
    qtbot.waitUntil(lambda: view.loads == 2, timeout=10_000)
    _wait_for(qtbot, view, screen)


def test_without_a_hub_the_width_is_right_and_marked_as_near(
    qtbot: QtBot, no_hub: Hub, make_view: Views, server: Server
) -> None:
    for name in ("iPhone 15", "iPad (10th gen / A16)", "Desktop 1280×800"):
        screen = screen_of(Pose(device(name)))
        view = _open(qtbot, server, make_view(no_hub), screen)
        assert not view.exact
        seen = answer(qtbot, view, "report()")
        assert seen["viewport"][0] == pytest.approx(screen.width, abs=2)
        assert seen["viewport"][1] == pytest.approx(screen.height, abs=4)


def test_a_hub_that_goes_away_leaves_the_page_running(
    qtbot: QtBot, hub: Hub, make_view: Views, server: Server
) -> None:
    screen = screen_of(Pose(device("iPhone 15")))
    view = _open(qtbot, server, make_view(hub), screen)
    hub.shutdown()
    assert not view.exact
    view.resize(157, 340)
    qtbot.waitUntil(
        lambda: abs(answer(qtbot, view, "innerWidth") - 393) <= 2, timeout=5_000
    )
    assert view.loads == 1


@pytest.mark.parametrize(
    ("name", "mobile", "system"),
    [
        ("Pixel 10", "?1", '"Android"'),
        ("Galaxy Tab S10+", "?0", '"Android"'),
        ("MacBook Pro 14", "?0", '"macOS"'),
        ("Desktop 1280×800", "?0", '"Windows"'),
        ("iPhone 15", None, None),
        ("iPad (10th gen / A16)", None, None),
    ],
)
def test_a_server_hears_from_the_hints_what_the_agent_says(
    qtbot: QtBot,
    hub: Hub,
    make_view: Views,
    server: Server,
    name: str,
    mobile: str | None,
    system: str | None,
) -> None:
    screen = screen_of(Pose(device(name)))
    _open(qtbot, server, make_view(hub), screen)
    head = {key.lower(): value for key, value in server.heads["/preview/KEY"].items()}
    assert head["user-agent"] == screen.user_agent
    assert head.get("sec-ch-ua-mobile") == mobile
    assert head.get("sec-ch-ua-platform") == system
    assert ("Chromium" in head.get("sec-ch-ua", "")) is (mobile is not None)
