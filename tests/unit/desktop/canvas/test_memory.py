"""Walls come back as they were; whatever else stands in the settings is survived."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSettings

from desktop.canvas.memory import MOST, CanvasMemory, Remembered
from desktop.canvas.spot import Spot, read_spot
from exporter.devices import devices

if TYPE_CHECKING:
    from pathlib import Path

# The first seven; hypothesis would draw the others too, out of their ranges.
spots = st.builds(
    lambda *values: Spot(*values),
    st.sampled_from([each.id for each in devices()]),
    st.sampled_from(["portrait", "landscape"]),
    st.sampled_from(["light", "dark"]),
    st.sampled_from(["", "popup", "inline", "fullpage", "portal"]),
    st.sampled_from(["", "de-DE", "he"]),
    st.floats(0.25, 4),
    st.booleans(),
    st.booleans(),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)


@given(spots)
def test_a_spot_comes_back(spot: Spot) -> None:
    assert read_spot(json.loads(json.dumps(spot.values()))) == spot


@given(st.dictionaries(st.sampled_from(list(Spot().values())), json_values))
def test_nonsense_counts_as_not_said(raw: dict[str, object]) -> None:
    spot = read_spot(raw)
    assert spot.orientation in ("portrait", "landscape")
    assert 0.25 <= spot.zoom <= 4
    assert spot.pose.device in devices()


def test_a_wall_comes_back(settings: QSettings) -> None:
    memory = CanvasMemory(settings)
    seen = Remembered((Spot(), Spot("pixel-10")), 1, 0.4, open=False, site="docs")
    memory.keep("KEY", seen)
    assert CanvasMemory(settings).recall("KEY") == seen
    assert memory.recall("OTHER") == Remembered()


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "nonsense",
        "[]",
        "[" * 100_000,
        '{"spots": "x", "selected": -1, "zoom": "big"}',
        '{"spots": [], "selected": true, "zoom": 99}',
        '{"spots": [null], "selected": 5}',
    ],
)
def test_broken_settings_are_a_fresh_wall(settings: QSettings, raw: str) -> None:
    settings.setValue("canvas/KEY/wall", raw)
    assert CanvasMemory(settings).recall("KEY") == Remembered()


def test_no_wall_is_endless(settings: QSettings) -> None:
    settings.setValue("canvas/KEY/wall", json.dumps({"spots": [{}] * 1000}))
    assert len(CanvasMemory(settings).recall("KEY").spots) == MOST


def test_what_was_kept_before_there_were_walls_is_read(settings: QSettings) -> None:
    settings.setValue("canvas/KEY/device", "pixel-10")
    settings.setValue("canvas/KEY/scheme", "dark")
    settings.setValue("canvas/KEY/zoom", "0.5")
    wall = CanvasMemory(settings).recall("KEY")
    assert wall.spots == (Spot("pixel-10", scheme="dark"),)
    assert wall.zoom == 0.5


def test_a_clients_set_is_kept_by_name(settings: QSettings) -> None:
    memory = CanvasMemory(settings)
    memory.keep_client_set("*.shop.example/a", (Spot("pixel-10"),))
    assert memory.client_set("*.shop.example/a") == (Spot("pixel-10"),)
    assert memory.client_set("other.example") == ()
