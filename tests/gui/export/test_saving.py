"""Code and packages as files: saved whole, asked about, dragged out, cancelled."""

from __future__ import annotations

import io
import os
import threading
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from desktop.export import packing
from exporter.packages import KINDS, make_package
from exporter.saving import MANIFEST
from tests.gui.export.hands import (
    answer_question,
    drag,
    file_dialog,
    pick,
    type_place,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QDrag
    from pytestqt.qtbot import QtBot

    from desktop.document import Document
    from desktop.export.export_dialog import ExportDialog

Answer = QMessageBox.StandardButton


def _ready(dialog: ExportDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(dialog.package.save.isEnabled, timeout=20_000)


def test_saves_the_code_under_the_name_that_the_steps_give_it(
    dialog: ExportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    pick(dialog, "react", qtbot)
    qtbot.mouseClick(dialog.snippet.save, Qt.MouseButton.LeftButton)
    assert Path(file_dialog(qtbot).selectedFiles()[0]) == tmp_path / "Chat.jsx"
    with qtbot.waitSignal(dialog.saver.saved):
        type_place(qtbot, tmp_path / "Chat.jsx")
    part = dialog.snippet.code.part
    assert part is not None
    assert (tmp_path / "Chat.jsx").read_text("utf-8") == part.code
    assert dialog.strip.text == "Saved Chat.jsx."


@pytest.mark.parametrize("answer", [Answer.No, Answer.Yes])
def test_a_file_that_is_there_is_asked_about(
    answer: Answer, dialog: ExportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    place = tmp_path / "Chat.jsx"
    place.write_text("mine")
    pick(dialog, "react", qtbot)
    qtbot.mouseClick(dialog.snippet.save, Qt.MouseButton.LeftButton)
    asked: list[str] = []
    timer = answer_question(answer, asked)
    type_place(qtbot, place)
    timer.stop()
    assert len(asked) == 1
    assert "Chat.jsx" in asked[0]
    if answer is Answer.No:
        assert place.read_text() == "mine"
        file_dialog(qtbot).reject()
    else:
        qtbot.waitUntil(lambda: place.read_text() != "mine")


def test_a_folder_without_permission_is_said_and_nothing_is_left(
    dialog: ExportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    place = tmp_path / "gone" / "Chat.jsx"
    place.parent.mkdir()
    pick(dialog, "react", qtbot)
    qtbot.mouseClick(dialog.snippet.save, Qt.MouseButton.LeftButton)
    shown = file_dialog(qtbot)
    # The folder goes between the choice and the writing.
    shown.fileSelected.connect(lambda _: None)
    shown.accepted.connect(lambda: None)
    place.parent.rmdir()
    with qtbot.waitSignal(dialog.saver.failed):
        shown.fileSelected.emit(str(place))
    shown.reject()
    assert "does not exist" in dialog.strip.text
    assert sorted(os.listdir(tmp_path)) == ["s.ini"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_made_and_saved_whole(
    kind: str,
    dialog: ExportDialog,
    document: Document,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    document.set("domains", ["shop.example"])
    dialog.refresh()
    pick(dialog, f"package:{kind}", qtbot)
    _ready(dialog, qtbot)
    expected = make_package(document.widget, kind)
    assert f"{len(expected.files)} files" in dialog.package.state.text()
    assert dialog.package.file.endswith(".zip")
    place = tmp_path / dialog.package.file
    qtbot.mouseClick(dialog.package.save, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(dialog.saver.saved, timeout=10_000):
        type_place(qtbot, place)
    assert place.read_bytes() == expected.zipped()
    assert not dialog.package.bar.isVisible()


def test_a_folder_is_saved_and_one_that_is_there_is_asked_about(
    dialog: ExportDialog, document: Document, tmp_path: Path, qtbot: QtBot
) -> None:
    pick(dialog, "package:upload", qtbot)
    _ready(dialog, qtbot)
    folder = tmp_path / "acme-support-upload"
    for turn in range(2):
        qtbot.mouseClick(dialog.package.folder, Qt.MouseButton.LeftButton)
        asked: list[str] = []
        timer = answer_question(Answer.Yes, asked)
        with qtbot.waitSignal(dialog.saver.saved, timeout=10_000):
            shown = file_dialog(qtbot)
            shown.fileSelected.emit(str(tmp_path))
            shown.reject()
        timer.stop()
        assert len(asked) == turn
    assert (folder / f"{document.widget.key}.widget.json").is_file()
    assert (folder / MANIFEST).is_file()
    (folder / "mine.txt").write_text("mine")
    qtbot.mouseClick(dialog.package.folder, Qt.MouseButton.LeftButton)
    timer = answer_question(Answer.Yes, [])
    with qtbot.waitSignal(dialog.saver.failed, timeout=10_000):
        file_dialog(qtbot).fileSelected.emit(str(tmp_path))
    timer.stop()
    assert "not ours to replace" in dialog.strip.text
    assert (folder / "mine.txt").read_text() == "mine"


def test_what_cannot_be_packed_says_why_and_the_next_edit_mends_it(
    dialog: ExportDialog, document: Document, qtbot: QtBot
) -> None:
    pick(dialog, "package:extension", qtbot)
    qtbot.waitUntil(dialog.package.problem.isVisible, timeout=20_000)
    assert "No site may carry" in dialog.package.problem.said
    assert not dialog.package.save.isEnabled()
    assert not dialog.package.drag.isEnabled()
    document.set("domains", ["shop.example"])
    _ready(dialog, qtbot)
    assert not dialog.package.problem.isVisible()


def test_a_package_can_be_cancelled_and_made_after_all(
    dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    held, made = threading.Event(), packing._made  # noqa: SLF001 – a slow disk

    def slow(order: packing.Order, progress: object) -> packing.Packed:
        assert held.wait(20)
        return made(order, progress)  # type: ignore[arg-type]

    monkeypatch.setattr(packing, "_made", slow)
    pick(dialog, "package:upload", qtbot)
    assert dialog.package.bar.isVisible()
    assert not dialog.package.save.isEnabled()
    qtbot.mouseClick(dialog.package.cancel, Qt.MouseButton.LeftButton)
    assert dialog.package.state.text() == "Nothing was made."
    assert not dialog.package.cancel.isVisible()
    held.set()
    qtbot.mouseClick(dialog.package.again, Qt.MouseButton.LeftButton)
    _ready(dialog, qtbot)
    assert not dialog.package.again.isVisible()


def test_an_edit_makes_the_package_anew(
    dialog: ExportDialog, document: Document, qtbot: QtBot
) -> None:
    pick(dialog, "package:upload", qtbot)
    _ready(dialog, qtbot)
    document.set("name", "Renamed")
    qtbot.waitUntil(lambda: not dialog.package.save.isEnabled())
    _ready(dialog, qtbot)
    assert dialog.package.file == "renamed-upload.zip"
    sent: list[bytes] = []
    dialog.package.save_wanted.connect(lambda _, data: sent.append(data))
    dialog.package.save_now()
    with zipfile.ZipFile(io.BytesIO(sent[0])) as archive:
        assert b"Renamed" in archive.read(f"{document.widget.key}.widget.json")
    for dialog_ in [file_dialog(qtbot)]:
        dialog_.reject()


def test_a_plugin_can_ask_the_server_that_was_named(
    dialog: ExportDialog, document: Document, qtbot: QtBot
) -> None:
    pick(dialog, "package:wordpress", qtbot)
    assert not dialog.package.from_server.isVisible(), "no server is known yet"
    dialog.snippet.host.setText("https://chat.acme.example")
    pick(dialog, "html", qtbot)
    pick(dialog, "package:wordpress", qtbot)
    _ready(dialog, qtbot)
    assert dialog.package.from_server.isVisible()
    whole = dialog.package.state.text()
    qtbot.mouseClick(
        dialog.package.from_server,
        Qt.MouseButton.LeftButton,
        pos=dialog.package.from_server.rect().center() * 0.2,
    )
    qtbot.waitUntil(lambda: dialog.package.state.text().startswith("4 files"))
    assert whole != dialog.package.state.text()


def test_the_code_and_its_file_are_dragged_out(
    dialog: ExportDialog, qtbot: QtBot
) -> None:
    pick(dialog, "vue", qtbot)
    dragged: list[QDrag] = []
    code = dialog.snippet.code
    for chip in (code.drag_code, code.drag_file):
        chip.run = dragged.append
        drag(chip, qtbot)
    assert code.part is not None
    text, file = (one.mimeData() for one in dragged)
    assert text.text() == code.part.code
    assert "&lt;" in text.html()
    place = Path(file.urls()[0].toLocalFile())
    assert place.name == "Chat.vue"
    assert place.read_text("utf-8") == code.part.code
    dialog.shutdown()
    assert not place.exists(), "what was handed out goes with the app"


def test_the_zip_and_the_picture_are_dragged_out(
    dialog: ExportDialog, document: Document, qtbot: QtBot
) -> None:
    dragged: list[QDrag] = []
    pick(dialog, "package:upload", qtbot)
    _ready(dialog, qtbot)
    dialog.package.drag.run = dragged.append
    drag(dialog.package.drag, qtbot)
    place = Path(dragged[0].mimeData().urls()[0].toLocalFile())
    assert place.name == "acme-support-upload.zip"
    assert place.read_bytes() == make_package(document.widget, "upload").zipped()
    pick(dialog, "qr", qtbot)
    dialog.snippet.qr.drag.run = dragged.append
    drag(dialog.snippet.qr.drag, qtbot)
    picture = Path(dragged[1].mimeData().urls()[0].toLocalFile())
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_chip_is_worked_by_the_keyboard_too(
    dialog: ExportDialog, qtbot: QtBot
) -> None:
    pick(dialog, "react", qtbot)
    qtbot.keyClick(dialog.snippet.code.drag_code, Qt.Key.Key_Space)
    assert dialog.snippet.copy.says_copied
    qtbot.keyClick(dialog.snippet.code.drag_file, Qt.Key.Key_Space)
    shown = file_dialog(qtbot)
    assert Path(shown.selectedFiles()[0]).name == "Chat.jsx"
    shown.reject()
