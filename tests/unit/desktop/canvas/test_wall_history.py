"""Undo and redo of what stands on the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from desktop.canvas.spot import Spot
from desktop.canvas.stage import Stage
from desktop.canvas.wall import Wall
from desktop.canvas.wall_history import WallHistory

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

_PHONE, _PIXEL = Spot(), Spot("pixel-10")


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    found = QWidget()
    qtbot.addWidget(found)
    return found


@pytest.fixture
def wall(parent: QWidget) -> Wall:
    return Wall(Stage(parent), (_PHONE,))


class _Clock:
    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def test_each_change_is_a_step_back_and_forth(wall: Wall) -> None:
    history = WallHistory(wall)
    wall.add(_PIXEL)
    wall.change(_PIXEL.turned())
    both = wall.spots
    assert not history.can_redo
    seen = []
    for _ in range(3):
        history.undo_wall()
        seen.append(wall.spots)
    assert seen == [(_PHONE, _PIXEL), (_PHONE,), (_PHONE,)]
    history.redo_wall()
    history.redo_wall()
    assert wall.spots == both
    assert not history.can_redo


def test_choosing_another_device_is_no_change(wall: Wall) -> None:
    wall.hang((_PHONE, _PIXEL))
    history = WallHistory(wall)
    wall.hang((_PHONE, _PIXEL), 1)
    assert not history.can_undo


def test_a_drag_is_one_step(wall: Wall) -> None:
    clock = _Clock()
    history = WallHistory(wall, clock)
    for width in range(400, 460):
        clock.time += 0.016
        wall.change(Spot(f"{width}x800"))
    history.undo_wall()
    assert wall.spots == (_PHONE,)
    history.redo_wall()
    clock.time += 0.1
    wall.change(wall.spot._replace(scheme="dark"))
    history.undo_wall()
    assert wall.spots == (Spot("459x800"),)


def test_a_new_change_forgets_what_was_taken_back(wall: Wall) -> None:
    history = WallHistory(wall)
    wall.add(_PIXEL)
    history.undo_wall()
    wall.change(_PHONE.turned())
    assert not history.can_redo
    history.undo_wall()
    assert wall.spots == (_PHONE,)


def test_another_widgets_wall_has_no_past(wall: Wall) -> None:
    history = WallHistory(wall)
    wall.add(_PIXEL)
    wall.hang((_PIXEL,))
    history.forget()
    history.undo_wall()
    assert wall.spots == (_PIXEL,)
