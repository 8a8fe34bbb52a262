"""The ways out from the window: button, shortcut, palette, queue, and a light start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication, QImage

from desktop.blackout import Blackout
from desktop.command_list import COMMANDS
from desktop.commands import Commands
from desktop.export import taking as taking_module
from desktop.export.export_dialog import ExportDialog
from desktop.export.memory import ExportMemory
from desktop.export.publish_dialog import PublishDialog
from desktop.export.queue import Queue, Waiting
from desktop.export.taking import Taking
from desktop.inspector.code import CodePanel
from desktop.palette import Palette
from desktop.store.keychain import Vault
from desktop.topbar import TopBar
from desktop.window import Window
from tests.gui.export.hands import file_dialog, pick, type_place
from tests.gui.export.owners_server import TOKEN, OwnersServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from desktop.document import Document
    from desktop.tasks import Tasks

LONG = 20_000


@pytest.fixture
def shell(settings: QSettings, qtbot: QtBot) -> Window:
    made = Window(settings)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def make(
    shell: Window,
    document: Document,
    tasks: Tasks,
    settings: QSettings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[[], Taking]]:
    monkeypatch.setattr(taking_module, "_LATER", 0)
    made: list[Taking] = []

    def start() -> Taking:
        vault = Vault(Blackout(), lambda: None)
        vault.write("server", "http://127.0.0.1:9", TOKEN)
        one = Taking(document, shell, vault, tasks, settings, tmp_path / "queue")
        made.append(one)
        return one

    yield start
    for one in made:
        one.shutdown()


@pytest.fixture
def commands(shell: Window, make: Callable[[], Taking]) -> Commands:
    found = Commands(shell)
    owner = make()
    for entry in COMMANDS:
        run = getattr(owner, entry.name, lambda: None)
        found.add(
            entry.name,
            entry.title,
            run,
            shortcut=entry.shortcut,
            group=entry.group,
            icon=entry.icon,
        )
    return found


def _export(shell: Window) -> ExportDialog | None:
    found = shell.findChildren(ExportDialog)
    return found[0] if found else None


@pytest.mark.parametrize("way", ["button", "shortcut", "palette"])
def test_the_window_opens_by_every_way_and_only_once(
    way: str, shell: Window, commands: Commands, qtbot: QtBot
) -> None:
    bar = TopBar(commands, shell)
    shell.set_top_bar(bar)
    palette = Palette(commands, shell)

    def go() -> None:
        if way == "button":
            qtbot.mouseClick(bar.export, Qt.MouseButton.LeftButton)
        elif way == "shortcut":
            qtbot.keyClick(shell, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        else:
            palette.open()
            qtbot.keyClicks(palette.field, "export")
            qtbot.keyClick(palette.field, Qt.Key.Key_Return)

    assert _export(shell) is None, "nothing is made before it is asked for"
    go()
    dialog = _export(shell)
    assert dialog is not None
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    if way != "shortcut":
        go()
        assert dialog.isVisible()
    assert len(shell.findChildren(ExportDialog)) == 1


def test_undo_works_from_the_export_window(
    shell: Window, commands: Commands, document: Document, qtbot: QtBot
) -> None:
    commands["export"].trigger()
    dialog = _export(shell)
    assert dialog is not None
    assert commands["undo"] in dialog.actions()
    assert commands["publish"] in dialog.actions()


def test_a_server_named_anywhere_is_named_everywhere(
    shell: Window, commands: Commands, document: Document, qtbot: QtBot
) -> None:
    owner = shell.findChild(Taking)
    assert isinstance(owner, Taking)
    panel = CodePanel(owner.snippet, shell)
    panel.host_changed.connect(owner.set_host)
    owner.host_changed.connect(panel.set_host)
    panel.set_widget(document.widget)
    commands["export"].trigger()
    dialog = _export(shell)
    assert dialog is not None
    dialog.snippet.host.setText("https://one.example")
    assert panel.host.text() == "https://one.example"
    assert "https://one.example/w/" in panel.text.toPlainText()
    panel.host.setText("https://two.example")
    assert dialog.snippet.host.text() == "https://two.example"
    assert "https://two.example/w/" in dialog.snippet.code.text.toPlainText()


def test_publishing_from_the_export_window(
    shell: Window, commands: Commands, qtbot: QtBot
) -> None:
    commands["export"].trigger()
    dialog = _export(shell)
    assert dialog is not None
    dialog.snippet.host.setText("http://127.0.0.1:9")
    pick(dialog, "html", qtbot)
    dialog.snippet.guide.wanted.emit("publish")
    (publish,) = shell.findChildren(PublishDialog)
    assert publish.isVisible()
    assert not publish.isModal()
    assert publish.host.text() == "http://127.0.0.1:9"
    publish.close()


def test_what_waits_since_last_time_is_told_and_shown(
    shell: Window,
    make: Callable[[], Taking],
    document: Document,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    item = Waiting(
        host="http://127.0.0.1:9",
        widget=document.widget,
        seen=0,
        live=True,
        note="",
        queued_at="2026-11-22T00:00:00+00:00",
    )
    Queue(tmp_path / "queue").put(item)
    make()
    qtbot.waitUntil(
        lambda: shell.strip.text == "1 widget waits to be published.", timeout=LONG
    )
    qtbot.mouseClick(shell.strip.action, Qt.MouseButton.LeftButton)
    (publish,) = shell.findChildren(PublishDialog)
    qtbot.waitUntil(lambda: publish.waiting.list.topLevelItemCount() == 1, timeout=LONG)
    assert publish.waiting.isVisible()
    publish.close()


def test_what_was_chosen_goes_at_the_start_and_is_told(
    shell: Window,
    make: Callable[[], Taking],
    document: Document,
    settings: QSettings,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    with OwnersServer() as server:
        item = Waiting(
            host=server.base,
            widget=document.widget,
            seen=0,
            live=True,
            note="",
            queued_at="2026-11-22T00:00:00+00:00",
            by_itself=True,
        )
        Queue(tmp_path / "queue").put(item)
        owner = make()
        owner._vault.write("server", server.base, TOKEN)  # noqa: SLF001 – the keychain's
        qtbot.waitUntil(lambda: "version 1 is live" in shell.strip.text, timeout=LONG)
        assert server.versions == [document.widget]
        memory = ExportMemory(settings)
        assert memory.published(server.base, document.widget.key) == 1


def test_nothing_is_said_where_nothing_waits(
    shell: Window, make: Callable[[], Taking], qtbot: QtBot
) -> None:
    make()
    qtbot.wait(50)
    assert shell.strip.text == ""
    assert shell.findChildren(PublishDialog) == []


def test_the_config_file_and_a_picture_are_saved(
    shell: Window,
    make: Callable[[], Taking],
    document: Document,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    from exporter.files import read_widget

    owner = make()
    owner.export_file()
    assert (
        Path(file_dialog(qtbot).selectedFiles()[0]).name == "acme-support.widget.json"
    )
    type_place(qtbot, tmp_path / "a.widget.json")
    qtbot.waitUntil(lambda: "Saved a.widget.json" in shell.strip.text, timeout=LONG)
    assert read_widget((tmp_path / "a.widget.json").read_bytes()) == document.widget
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    owner.save_image(picture)
    qtbot.waitUntil(lambda: file_dialog(qtbot).windowTitle() == "Save a picture")
    type_place(qtbot, tmp_path / "a.png")
    qtbot.waitUntil(lambda: "Saved a.png" in shell.strip.text, timeout=LONG)
    assert QImage(str(tmp_path / "a.png")).pixelColor(4, 4).name() == "#ff0000"


def test_the_embed_code_is_copied_from_the_bar(
    shell: Window, make: Callable[[], Taking], document: Document
) -> None:
    make().copy_embed()
    assert document.widget.key in QGuiApplication.clipboard().text()
    assert shell.strip.text.startswith("Embed code copied.")


def test_the_start_imports_none_of_it() -> None:
    heavy = (
        *("pygments", "httpx", "segno", "jinja2"),
        *("desktop.export.export_dialog", "desktop.export.publish_dialog"),
        *("desktop.export.outbox", "desktop.export.saver", "exporter.packages"),
    )
    program = (
        "import sys, desktop.studio\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.strip() == "[]", done.stderr
