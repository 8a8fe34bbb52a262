"""Every command has somebody who does it, and only one."""

from __future__ import annotations

import pytest

from desktop.canvas.canvas import Canvas
from desktop.canvas.device_making import DeviceMaking
from desktop.canvas.mirror import Mirror
from desktop.canvas.phone import Phone
from desktop.canvas.scenario_writing import ScenarioWriting
from desktop.canvas.selected import Selected
from desktop.canvas.site_choosing import SiteChoosing
from desktop.canvas.time_stop import TimeStop
from desktop.canvas.visitor import Visitor
from desktop.canvas.wall_history import WallHistory
from desktop.command_list import COMMANDS, EARLY
from desktop.export.taking import Taking
from desktop.library.front import LibraryFront
from desktop.sheets import Sheets
from desktop.studio import Studio
from desktop.workshop import Workshop

OWNERS = (
    Workshop,
    LibraryFront,
    Studio,
    Taking,
    Canvas,
    Selected,
    Visitor,
    Mirror,
    TimeStop,
    Sheets,
    SiteChoosing,
    WallHistory,
    DeviceMaking,
    ScenarioWriting,
    Phone,
)


@pytest.mark.parametrize(
    "name", [entry.name for entry in COMMANDS if entry.name not in EARLY]
)
def test_a_command_is_the_method_of_somebody(name: str) -> None:
    able = [owner for owner in OWNERS if callable(getattr(owner, name, None))]
    assert able, f"nobody does {name}"
