"""Devices of one's own: made in a form, kept, offered, edited, deleted and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from desktop.canvas.device_list import DEVICE
from desktop.canvas.own_devices import OwnDevices
from desktop.canvas.spot import Spot
from exporter.devices import Device, device, set_own
from exporter.own_devices import FILE, own_device
from tests.gui.canvas.conftest import answer, started

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QLineEdit
    from pytestqt.qtbot import QtBot

    from desktop.canvas.canvas import Canvas
    from desktop.canvas.device_editor import DeviceEditor
    from tests.gui.canvas.conftest import Server


_SIGN = own_device(
    name="A",
    kind="desktop",
    os="Windows",
    width=200,
    height=200,
    dpr=1,
    touch=False,
)


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    yield
    set_own(())


@pytest.fixture
def canvas(qtbot: QtBot, tmp_path: Path, server: Server) -> Iterator[Canvas]:
    with started(qtbot, tmp_path, server) as found:
        yield found


def _editor(canvas: Canvas) -> DeviceEditor:
    editor = canvas.hanging.making.editor
    assert editor is not None
    return editor


def _make(canvas: Canvas, name: str) -> Device:
    canvas.hanging.making.new_device()
    editor = _editor(canvas)
    editor.name.setText(name)
    editor.width_field.set_value(500)
    editor.height_field.set_value(700)
    editor.dpr.set_value(2.5)
    editor.agent.setText("Sign/2")
    editor.take.click()
    return device(name)


def test_a_new_one_is_kept_and_shown_at_once(
    qtbot: QtBot, canvas: Canvas, tmp_path: Path
) -> None:
    made = _make(canvas, "Door sign")
    assert canvas.device_id == made.id
    assert made.own
    (entry,) = json.loads((tmp_path / FILE).read_text())["devices"]
    assert entry["name"] == "Door sign"
    assert canvas.card is not None
    view = canvas.card.view

    def sees() -> list[Any]:
        seen = answer(qtbot, view, "report()")
        return [*seen["viewport"], seen["dpr"], seen["agent"]]

    qtbot.waitUntil(lambda: sees() == [500, 700, 2.5, "Sign/2"], timeout=5_000)
    again = OwnDevices(tmp_path)
    assert again.devices == (made,)


def test_what_is_wrong_is_said_and_not_taken(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.hanging.making.new_device()
    editor = _editor(canvas)
    taken: list[Device] = []
    editor.made.connect(taken.append)
    steps: tuple[tuple[QLineEdit, str | int, str], ...] = (
        (editor.name, "iPhone 15", "already"),
        (editor.name, "", "Give the device a name."),
        (editor.name, "X", ""),
        (editor.width_field, 9, "width"),
        (editor.width_field, 400, ""),
        (editor.radius, 900, "radius"),
        (editor.radius, 4, ""),
        (editor.dpr, "two", "pixel density"),
    )
    for field, value, words in steps:
        field.setText(str(value))
        assert editor.take.isEnabled() is not bool(words)
        if not words:
            continue
        assert words in editor.sentence.text()
        editor.accept()
    assert taken == []
    editor.reject()


def test_an_edit_reaches_the_wall_without_a_reload(
    qtbot: QtBot, canvas: Canvas
) -> None:
    _make(canvas, "Door sign")
    assert canvas.card is not None
    loads = canvas.card.view.loads
    canvas.hanging.making.edit_device()
    editor = _editor(canvas)
    assert editor.name.text() == "Door sign"
    editor.width_field.set_value(610)
    editor.take.click()
    view = canvas.card.view
    qtbot.waitUntil(lambda: answer(qtbot, view, "innerWidth") == 610, timeout=5_000)
    assert view.loads == loads


def test_the_catalogues_own_are_copied_rather_than_edited(canvas: Canvas) -> None:
    canvas.hanging.making.edit_device()
    editor = _editor(canvas)
    assert editor.name.text() == "iPhone 15 copy"
    editor.take.click()
    assert device("iPhone 15 copy").safe_area_portrait.top > 0
    assert device("iPhone 15 copy").cutout == "island"
    assert not device("iPhone 15").own


def test_a_deleted_one_leaves_its_size_and_comes_back(
    qtbot: QtBot, canvas: Canvas
) -> None:
    made = _make(canvas, "Door sign")
    canvas.pick_device()
    picker = canvas.hanging.picker
    assert picker is not None
    picker.toggle_favourite(made.id)
    menu = picker.open_menu(picker.list.currentIndex())
    assert menu is not None
    words = {action.text(): action for action in menu.actions()}
    words["Delete"].trigger()
    assert canvas.device_id == "500x700"
    assert all(row.device is not made for row in picker.model.rows)
    assert picker.foot.undo.isVisible()
    picker.foot.undo.click()
    assert device("Door sign") == made
    assert any(row.title == "Your devices" for row in picker.model.rows)
    assert not picker.foot.undo.isVisible()
    menu.close()
    picker.close()


def test_the_picker_offers_them_and_a_menu_by_key(qtbot: QtBot, canvas: Canvas) -> None:
    made = _make(canvas, "Door sign")
    canvas.pick_device()
    picker = canvas.hanging.picker
    assert picker is not None
    picker.field.setText("door")
    assert picker.list.currentIndex().data(DEVICE) is made
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert canvas.device_id == made.id
    canvas.pick_device()
    picker = canvas.hanging.picker
    assert picker is not None
    picker.foot.new.click()
    assert _editor(canvas).name.text() == "Door sign copy"
    _editor(canvas).reject()


def test_a_catalogue_device_cannot_be_deleted(canvas: Canvas) -> None:
    canvas.pick_device()
    picker = canvas.hanging.picker
    assert picker is not None
    menu = picker.open_menu(picker.list.currentIndex())
    assert menu is not None
    enabled = {action.text(): action.isEnabled() for action in menu.actions()}
    assert enabled["Duplicate…"]
    assert not enabled["Delete"]
    assert not enabled["Edit…"]
    next(a for a in menu.actions() if a.text() == "Duplicate…").trigger()
    assert _editor(canvas).name.text() == "iPhone 15 copy"
    _editor(canvas).reject()
    before = canvas.device_id
    canvas.hanging.making.delete_device()
    assert canvas.device_id == before
    menu.close()
    picker.close()


def test_a_broken_file_is_put_aside_not_lost(qapp: object, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{ half")
    own = OwnDevices(tmp_path)
    assert own.devices == ()
    own.put(_SIGN)
    assert (tmp_path / "own-devices.broken.json").read_text() == "{ half"
    assert OwnDevices(tmp_path).devices == own.devices


def test_a_folder_that_takes_nothing_is_said(
    qtbot: QtBot, qapp: object, tmp_path: Path
) -> None:
    own = OwnDevices(tmp_path / "none")
    with qtbot.waitSignal(own.failed) as told:
        own.put(_SIGN)
    assert "could not be kept" in str(told.args)
    assert len(own.devices) == 1


def test_a_wall_with_a_device_that_is_gone_still_hangs(canvas: Canvas) -> None:
    canvas.wall.hang((Spot("own-gone"), Spot()))
    assert len(canvas.wall.cards) == 2
