"""A page under preview gets nothing it asks for, and takes nobody along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.canvas.screen import Pose, screen_of
from exporter.devices import device
from tests.gui.canvas.conftest import answer, wait_ready

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.canvas.hub import Hub
    from desktop.canvas.view import DeviceView
    from tests.gui.canvas.conftest import Server, Views


@pytest.fixture
def view(qtbot: QtBot, hub: Hub, make_view: Views, server: Server) -> DeviceView:
    found = make_view(hub)
    found.resize(400, 400)
    found.set_screen(screen_of(Pose(device("Desktop 1280×800"))), 0.3)
    found.show()
    found.open(server.url())
    wait_ready(qtbot, found)
    return found


def test_it_may_not_leave_its_origin(
    qtbot: QtBot, view: DeviceView, server: Server
) -> None:
    with qtbot.waitSignal(view.page().refused, timeout=5_000) as refused:
        view.run("location.href = 'http://localhost:9/elsewhere'")
    assert "localhost:9" in refused.args[0]
    assert answer(qtbot, view, "location.origin") == server.url("").toString()
    assert view.state == "ready"


@pytest.mark.parametrize("address", ["file:///etc/passwd", "chrome://version"])
def test_it_may_not_reach_files_or_the_browser(
    qtbot: QtBot, view: DeviceView, address: str
) -> None:
    view.run(f"location.href = '{address}'")
    assert answer(qtbot, view, "location.protocol") == "http:"


def test_it_opens_no_window(qtbot: QtBot, view: DeviceView) -> None:
    assert answer(qtbot, view, "window.open('about:blank') === null") is True


def test_its_dialogs_do_not_stop_the_app(qtbot: QtBot, view: DeviceView) -> None:
    assert answer(qtbot, view, "confirm('sure?')") is False
    assert answer(qtbot, view, "prompt('who?')") is None
    view.run("alert('look')")
    qtbot.waitUntil(
        lambda: (
            [line.text for line in view.page().console]
            == ["confirm: sure?", "prompt: who?", "alert: look"]
        ),
        timeout=5_000,
    )


def test_it_gets_no_permission(qtbot: QtBot, view: DeviceView) -> None:
    with qtbot.waitSignal(view.page().refused, timeout=5_000) as refused:
        view.run("Notification.requestPermission()")
    assert refused.args == ["Notifications"]


def test_its_console_is_kept_but_not_for_ever(qtbot: QtBot, view: DeviceView) -> None:
    view.run("for (let i = 0; i < 2000; i++) console.warn('line ' + i)")
    qtbot.waitUntil(
        lambda: (
            bool(view.page().console) and view.page().console[-1].text == "line 1999"
        ),
        timeout=10_000,
    )
    assert len(view.page().console) == 500
    assert view.page().console[-1].level == "warning"


def test_no_download_arrives(qtbot: QtBot, view: DeviceView) -> None:
    with qtbot.waitSignal(
        view.page().profile().downloadRequested, timeout=5_000
    ) as asked:
        view.run(
            "Object.assign(document.createElement('a'),"
            "{href: 'data:application/zip,xx', download: 'x.zip'}).click()"
        )
    request = asked.args[0]
    cancelled = request.DownloadState.DownloadCancelled
    # Whoever heard of it first: ours, which refuses it, or this test.
    qtbot.waitUntil(lambda: request.state() == cancelled, timeout=5_000)
