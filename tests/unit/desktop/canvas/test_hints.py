"""Client hints follow from the user agent, whoever wrote that."""

from __future__ import annotations

import pytest

from desktop.canvas.hints import client_hints
from desktop.canvas.screen import Pose, Screen, screen_of
from exporter.devices import device

_TAIL = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.7390.37"


def _with(agent: str) -> Screen:
    screen = screen_of(Pose(device("Pixel 10")))
    return screen._replace(user_agent=agent, model="")


@pytest.mark.parametrize(
    ("agent", "brand", "system", "mobile"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_TAIL} Safari/537.36 Edg/141.0.1",
         "Microsoft Edge", "Windows", False),
        (f"Mozilla/5.0 (Linux; Android 10; K) {_TAIL} Mobile Safari/537.36 OPR/90.1",
         "Opera", "Android", True),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {_TAIL} Safari/537.36",
         "Google Chrome", "Chrome OS", False),
    ],
)  # fmt: skip
def test_an_agent_s_own_brand_and_system(
    agent: str, brand: str, system: str, mobile: bool
) -> None:
    hints = client_hints(_with(agent))
    assert hints is not None
    assert brand in [one["brand"] for one in hints["brands"]]
    assert (hints["platform"], hints["mobile"]) == (system, mobile)
    assert hints["fullVersion"] == "141.0.7390.37"


@pytest.mark.parametrize("name", ["iPhone 15", "iPad Pro 11 (M4/M5)"])
def test_safari_says_nothing(name: str) -> None:
    assert client_hints(screen_of(Pose(device(name)))) is None


def test_a_phone_tells_its_model_and_a_desktop_none() -> None:
    phone = client_hints(screen_of(Pose(device("Pixel 10"))))
    desktop = client_hints(screen_of(Pose(device("MacBook Pro 14"))))
    assert phone is not None
    assert desktop is not None
    assert (phone["model"], desktop["model"]) == ("Pixel 10", "")
    assert (phone["architecture"], desktop["architecture"]) == ("", "arm")
