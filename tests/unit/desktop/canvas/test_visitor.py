"""Stepping through what a visitor can have set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from desktop.canvas.network import NETWORKS
from desktop.canvas.note import note_of
from desktop.canvas.spot import TEXT_SIZES, Spot
from desktop.canvas.stage import Stage
from desktop.canvas.visitor import Visitor
from desktop.canvas.wall import Wall

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    found = QWidget()
    qtbot.addWidget(found)
    return found


@pytest.fixture
def wall(parent: QWidget) -> Wall:
    return Wall(Stage(parent), (Spot(), Spot("pixel-10")))


@pytest.mark.parametrize(
    ("command", "field", "values"),
    [
        ("next_contrast", "contrast", ["more", "less", "forced", ""]),
        ("next_text_size", "text_size", [*TEXT_SIZES[2:], *TEXT_SIZES[:2]]),
        ("toggle_motion", "less_motion", [True, False]),
        ("next_network", "network", ["4g", "slow-4g", "3g", ""]),
        ("toggle_offline", "network", ["offline", ""]),
    ],
)
def test_each_goes_round_on_the_selected_device_alone(
    wall: Wall, command: str, field: str, values: list[object]
) -> None:
    visitor = Visitor(wall)
    for value in values:
        getattr(visitor, command)()
        assert getattr(wall.spot, field) == value
        assert wall.spots[1] == Spot("pixel-10")
    assert wall.spot == Spot()


def test_a_card_says_what_is_otherwise() -> None:
    assert note_of(Spot()) == ""
    spot = Spot(contrast="more", text_size=1.5, less_motion=True, network="3g")
    assert note_of(spot) == "More contrast · 150 % text · Less motion · Slow 3G"


def test_slower_networks_come_later_and_offline_is_none() -> None:
    named = [network for network in NETWORKS.values() if network.down > 0]
    assert named == sorted(named, key=lambda network: network.latency)
    assert NETWORKS["3g"].words == "Slow 3G  400 kbit/s, 2 s"
