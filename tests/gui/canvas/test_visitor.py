"""What the visitor has set: contrast, text size, motion and the network, a device."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from desktop.canvas.card_menu import CardMenu
from desktop.canvas.network import NETWORKS
from desktop.canvas.screen import Pose, screen_of
from desktop.canvas.spot import Spot
from exporter.devices import device
from tests.gui.canvas.conftest import answer, wait_ready

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.canvas.hub import Hub
    from desktop.canvas.screen import Screen
    from desktop.canvas.view import DeviceView
    from tests.gui.canvas.conftest import Server, Views

_PHONE, _DESKTOP = Pose(device("iPhone 15")), Pose(device("Desktop 1280×800"))
_FETCH = """(window.took = -1, fetch('/x?' + {}).then(
  () => window.took = 1, () => window.took = 0), 0)"""
_TEXTS = """(() => {
  const add = (size) => document.body.insertAdjacentHTML('beforeend',
    `<span class="probe" style="font:${size}/1 serif">word</span>`);
  if (!document.querySelector('.probe')) ['20px', '1rem'].forEach(add);
  return [...document.querySelectorAll('.probe')].map(
    (one) => Math.round(one.getBoundingClientRect().width * 10) / 10);
})()"""


def _open(qtbot: QtBot, server: Server, view: DeviceView, screen: Screen) -> DeviceView:
    view.set_screen(screen, 0.4)
    view.resize(int(screen.width * 0.4), int(screen.height * 0.4))
    view.show()
    view.open(server.url())
    wait_ready(qtbot, view)
    return view


def _sees(qtbot: QtBot, view: DeviceView) -> dict[str, Any]:
    found: dict[str, Any] = answer(qtbot, view, "report()")
    return found


def test_every_contrast_is_seen_and_leaves_no_trace(
    qtbot: QtBot, hub: Hub, make_view: Views, server: Server
) -> None:
    view = _open(qtbot, server, make_view(hub), screen_of(_PHONE))
    for contrast in ("more", "forced", "less", ""):
        view.set_screen(screen_of(_PHONE._replace(contrast=contrast)), 0.4)
        wanted = ("custom" if contrast == "forced" else contrast, contrast == "forced")

        def seen() -> tuple[str, bool]:
            found = _sees(qtbot, view)
            return found["contrast"], found["forced"]

        qtbot.waitUntil(lambda wanted=wanted, seen=seen: seen() == wanted, timeout=5000)  # type: ignore[misc]
    assert view.loads == 1


def test_less_motion_is_seen(
    qtbot: QtBot, hub: Hub, make_view: Views, server: Server
) -> None:
    spot = Spot(less_motion=True)
    view = _open(qtbot, server, make_view(hub), screen_of(spot.pose))
    assert _sees(qtbot, view)["still"] is True
    view.set_screen(screen_of(spot._replace(less_motion=False).pose), 0.4)
    qtbot.waitUntil(lambda: _sees(qtbot, view)["still"] is False, timeout=5000)


@pytest.mark.parametrize(
    ("pose", "grows"), [(_PHONE, (1.5, 1.5)), (_DESKTOP, (1.0, 1.5))]
)
def test_text_grows_as_it_does_on_such_a_device(
    qtbot: QtBot,
    hub: Hub,
    make_view: Views,
    server: Server,
    pose: Pose,
    grows: tuple[float, float],
) -> None:
    view = _open(qtbot, server, make_view(hub), screen_of(pose))
    before = answer(qtbot, view, _TEXTS)
    view.set_screen(screen_of(pose._replace(text_size=1.5)), 0.4)

    def grown() -> bool:
        now = answer(qtbot, view, _TEXTS)
        found = [width / was for width, was in zip(now, before, strict=True)]
        return found == pytest.approx(grows, abs=0.03)

    qtbot.waitUntil(grown, timeout=5000)
    view.retry()
    qtbot.waitUntil(lambda: view.loads == 2, timeout=10_000)
    qtbot.waitUntil(grown, timeout=5000)
    view.set_screen(screen_of(pose), 0.4)
    qtbot.waitUntil(lambda: answer(qtbot, view, _TEXTS) == before, timeout=5000)


def test_the_widgets_own_text_grows_on_a_phone(
    qtbot: QtBot, hub: Hub, make_view: Views, server: Server
) -> None:
    view = _open(qtbot, server, make_view(hub), screen_of(_PHONE))
    view.run("""
      const host = document.createElement('div');
      host.dataset.vitrine = 'KEY';
      host.attachShadow({mode: 'open'}).innerHTML = `<style>.vt {
        -webkit-text-size-adjust: 100%; font: 20px/1 serif }</style>
        <div class="vt"><span>word</span></div>`;
      document.body.append(host)""")
    width = """document.querySelector('[data-vitrine]').shadowRoot
      .querySelector('span').getBoundingClientRect().width"""
    small = answer(qtbot, view, width)
    view.set_screen(screen_of(_PHONE._replace(text_size=2.0)), 0.4)
    qtbot.waitUntil(
        lambda: answer(qtbot, view, width) == pytest.approx(2 * small, rel=0.02),
        timeout=5000,
    )


def test_offline_comes_after_the_page_and_goes_again(
    qtbot: QtBot, hub: Hub, make_view: Views, server: Server
) -> None:
    pose = _PHONE._replace(network="offline")
    view = _open(qtbot, server, make_view(hub), screen_of(pose))
    qtbot.waitUntil(lambda: _sees(qtbot, view)["online"] is False, timeout=5000)
    came = len(server.paths)
    answer(qtbot, view, _FETCH.format(1))
    qtbot.waitUntil(lambda: answer(qtbot, view, "took") == 0, timeout=5000)
    view.retry()
    qtbot.waitUntil(lambda: view.loads == 2, timeout=10_000)
    qtbot.waitUntil(lambda: _sees(qtbot, view)["online"] is False, timeout=5000)
    assert not [path for path in server.paths[came:] if path.startswith("/x")]
    view.set_screen(screen_of(_PHONE), 0.4)
    qtbot.waitUntil(lambda: _sees(qtbot, view)["online"] is True, timeout=5000)
    answer(qtbot, view, _FETCH.format(2))
    qtbot.waitUntil(lambda: answer(qtbot, view, "took") == 1, timeout=5000)


def test_a_slow_network_is_slow_and_says_so(
    qtbot: QtBot, hub: Hub, make_view: Views, server: Server
) -> None:
    view = _open(qtbot, server, make_view(hub), screen_of(_PHONE))
    timed = """(window.took = -1, window.began = performance.now(), fetch('/x').then(
      () => window.took = performance.now() - window.began), 0)"""
    view.set_screen(screen_of(_PHONE._replace(network="slow-4g")), 0.4)
    # Chromium blurs it by a tenth, then rounds to 50 ms.
    qtbot.waitUntil(
        lambda: answer(qtbot, view, "navigator.connection.rtt") >= 500, timeout=5000
    )
    answer(qtbot, view, timed)
    qtbot.waitUntil(lambda: answer(qtbot, view, "took") > 0, timeout=10_000)
    assert answer(qtbot, view, "took") >= NETWORKS["slow-4g"].latency


def test_one_device_may_be_offline_while_another_is_not(
    qtbot: QtBot, hub: Hub, make_view: Views, server: Server
) -> None:
    cut = _PHONE._replace(network="offline")
    first = _open(qtbot, server, make_view(hub), screen_of(cut))
    second = _open(qtbot, server, make_view(hub), screen_of(_PHONE))
    qtbot.waitUntil(lambda: _sees(qtbot, first)["online"] is False, timeout=5000)
    assert _sees(qtbot, second)["online"] is True


def test_the_fallback_says_what_it_cannot_do(
    qtbot: QtBot, no_hub: Hub, make_view: Views, server: Server
) -> None:
    pose = _PHONE._replace(contrast="more", network="offline", text_size=1.5)
    view = _open(qtbot, server, make_view(no_hub), screen_of(pose))
    assert view.emulation is not None
    lacks = view.emulation.lacks(screen_of(pose))
    assert {"touch", "safe areas", "contrast", "network"} <= set(lacks)
    assert "reduced motion" not in lacks
    before = answer(qtbot, view, _TEXTS)
    view.set_screen(screen_of(_PHONE), 0.4)
    qtbot.waitUntil(lambda: answer(qtbot, view, _TEXTS)[1] < before[1], timeout=5000)


def _titled(menu: CardMenu, title: str) -> Any:
    return next(each for each in menu.actions() if each.text() == title)


def test_the_menu_has_them_and_the_fallback_greys_them(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QWidget

    parent = QWidget()
    qtbot.addWidget(parent)
    menu = CardMenu(Spot(), alone=True, parent=parent)
    told: list[Spot] = []
    menu.changed.connect(told.append)
    for title, words, wanted in (
        ("Contrast", "Forced colours", Spot(contrast="forced")),
        ("Text size", "150 %", Spot(text_size=1.5)),
        ("Network", NETWORKS["3g"].words, Spot(network="3g")),
    ):
        inner = _titled(menu, title).menu()
        next(one for one in inner.actions() if one.text() == words).trigger()
        assert told[-1] == wanted
    _titled(menu, "Less motion").trigger()
    assert told[-1] == Spot(less_motion=True)
    near = CardMenu(Spot(), alone=True, parent=parent, exact=False)
    assert not _titled(near, "Network").isEnabled()
    assert _titled(near, "Text size").isEnabled()
