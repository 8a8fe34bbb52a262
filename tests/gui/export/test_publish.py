"""The publish window against a strict stand-in: every answer, history, the queue."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.exceptions import TimeoutError as Late

from desktop.blackout import Blackout
from desktop.export.memory import ExportMemory
from desktop.export.outbox import Outbox
from desktop.export.publish_dialog import PublishDialog
from desktop.export.publishing import Publishing
from desktop.store.keychain import Vault
from exporter.editing import with_values
from tests.gui.export.owners_server import TOKEN, Mood, OwnersServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QMainWindow, QTableWidget
    from pytestqt.qtbot import QtBot

    from desktop.document import Document
    from desktop.tasks import Tasks

LONG = 20_000


@pytest.fixture
def server() -> Iterator[OwnersServer]:
    with OwnersServer() as made:
        yield made


@dataclass
class Desk:
    """A publish window and what stands behind it."""

    dialog: PublishDialog
    talk: Publishing
    outbox: Outbox
    document: Document
    saved: list[str]
    qtbot: QtBot

    def click(self, button: object) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def says(self, *words: str) -> None:
        """Wait until all of this is said."""
        state = self.dialog.state
        try:
            self.qtbot.waitUntil(
                lambda: all(word in state.text() for word in words), timeout=LONG
            )
        except Late:
            pytest.fail(f"it says {state.text()!r}, not {words}")

    def enter(self, host: str, token: str = TOKEN) -> None:
        """Type address and token."""
        self.dialog.host.setText(host)
        self.dialog.token.setText(token)

    def publish(self) -> None:
        """Wait until one can, and do."""
        self.qtbot.waitUntil(self.dialog.foot.publish.isEnabled, timeout=LONG)
        self.click(self.dialog.foot.publish)


@pytest.fixture
def vault() -> Vault:
    return Vault(Blackout(), lambda: None)


@pytest.fixture
def desk(
    document: Document,
    tasks: Tasks,
    settings: QSettings,
    window: QMainWindow,
    vault: Vault,
    tmp_path: Path,
    qtbot: QtBot,
) -> Iterator[Desk]:
    talk = Publishing(document, vault, tasks, settings, window)
    outbox = Outbox(tmp_path / "queue", vault, ExportMemory(settings), window, again=50)
    saved: list[str] = []
    dialog = PublishDialog(talk, outbox, "", lambda: saved.append("file"), window)
    dialog.open_window()
    qtbot.waitExposed(dialog)
    yield Desk(dialog, talk, outbox, document, saved, qtbot)
    dialog.close()
    outbox.shutdown()


def _row(table: QTableWidget, row: int) -> tuple[str, ...]:
    cells = [table.item(row, column) for column in range(3)]
    assert all(cells)
    return tuple(cell.text() for cell in cells if cell)


def test_publishes_and_says_what_changed_in_words(
    desk: Desk, server: OwnersServer
) -> None:
    desk.enter(server.base)
    desk.says("version 1")
    desk.dialog.foot.note.setText("first")
    desk.publish()
    desk.says("Version 1 is live")
    assert server.versions == [desk.document.widget]
    assert server.notes == ["first"]
    assert desk.dialog.card.open_page.isVisible()
    desk.click(desk.dialog.card.copy_link)
    page = f"{server.base}/chat/{desk.document.widget.key}"
    assert QGuiApplication.clipboard().text() == page
    desk.document.set("layout.mode", "inline")
    desk.document.set("theme.accent.primary", "#ff5500")
    desk.says("2 settings differ")
    table = desk.dialog.changes.table
    rows = {_row(table, row) for row in range(table.rowCount())}
    assert ("Layout · Mode", "Popup", "Inline") in rows
    assert any("Accent" in row[0] and row[2] == "#ff5500" for row in rows)
    desk.document.undo()
    desk.says("1 setting differs")
    desk.document.undo()
    desk.says("the same as here")
    assert not desk.dialog.foot.publish.isEnabled(), "there is nothing to publish"


def test_a_token_is_kept_in_the_vault_and_nowhere_else(
    desk: Desk, server: OwnersServer, vault: Vault, tmp_path: Path
) -> None:
    desk.enter(server.base)
    desk.says("version 1")
    assert vault.read("server", server.base) == TOKEN
    assert desk.dialog.token.text() == ""
    assert TOKEN[-4:] in desk.dialog.token.placeholderText()
    desk.publish()
    desk.says("is live")
    for folder, _, files in os.walk(tmp_path):
        for name in files:
            with open(os.path.join(folder, name), "rb") as file:
                assert TOKEN.encode() not in file.read()
    desk.click(desk.dialog.server.forget)
    desk.qtbot.waitUntil(
        lambda: not desk.dialog.server.forget.isVisible(), timeout=LONG
    )
    assert vault.read("server", server.base) is None


def test_a_kept_token_is_used_without_asking(
    desk: Desk, server: OwnersServer, vault: Vault
) -> None:
    vault.write("server", server.base, TOKEN)
    desk.dialog.host.setText(server.base)
    desk.says("version 1")


REFUSALS = [
    (401, {}, "does not know this token (401)", False),
    (403, {}, "does not let this token do that (403)", False),
    (404, {}, "nothing of ours there (404)", False),
    (409, {}, "changes the widget", False),
    (413, {}, "larger than", False),
    (429, {"retry-after": "7"}, "Try again in 7 s", True),
    (500, {}, "has a problem (500)", True),
    (502, {}, "has a problem (502)", True),
    (503, {}, "has a problem (503)", True),
    (302, {"location": "http://elsewhere.example/"}, "elsewhere (302)", False),
]


@pytest.mark.parametrize(("status", "headers", "words", "may_wait"), REFUSALS)
def test_every_refusal_is_a_sentence_and_changes_nothing(
    status: int,
    headers: dict[str, str],
    words: str,
    may_wait: bool,
    desk: Desk,
    server: OwnersServer,
) -> None:
    desk.enter(server.base)
    desk.says("version 1")
    server.mood = Mood(status, {}, headers)
    desk.publish()
    desk.says(words)
    assert desk.dialog.state.text()[-1] in ".?"
    assert TOKEN not in desk.dialog.state.text()
    assert server.versions == []
    assert desk.dialog.foot.queue.isVisible() is may_wait
    server.mood = None
    if may_wait:
        desk.enter(server.base)
    desk.publish()
    desk.says("Version 1 is live")


def test_no_answer_at_all_is_a_sentence(desk: Desk, server: OwnersServer) -> None:
    server.hangs_up = True
    desk.enter(server.base)
    desk.says("cannot be reached", "can wait in the queue")
    assert desk.dialog.foot.queue.isVisible()
    assert not desk.dialog.foot.publish.isVisible()
    desk.click(desk.dialog.foot.offline)
    assert desk.saved == ["file"]


def test_a_wrong_token_can_be_put_right_in_place(
    desk: Desk, server: OwnersServer
) -> None:
    desk.enter(server.base, "vit_wrong-wrong-wrong")
    desk.says("does not know this token")
    desk.dialog.token.setText(TOKEN)
    desk.says("version 1")


def test_somebody_elses_version_stands_beside_ours(
    desk: Desk, server: OwnersServer
) -> None:
    theirs = with_values(desk.document.widget, {"name": "From Bob"})
    desk.enter(server.base)
    desk.publish()
    desk.says("is live")
    desk.document.set("name", "From here")
    desk.says("1 setting differs")
    server.publish(theirs, "Bob")
    desk.publish()
    desk.says("Version 2 is there, not published from here")
    table = desk.dialog.changes.table
    assert _row(table, 0) == ("Name", "From Bob", "From here")
    assert table.horizontalHeaderItem(1).text() == "On the server"
    assert desk.dialog.foot.publish.text() == "Publish over it"
    assert len(server.versions) == 2
    desk.publish()
    desk.says("Version 3 is live")
    assert server.versions[-1].name == "From here"


def test_theirs_can_be_taken_and_that_undone(desk: Desk, server: OwnersServer) -> None:
    theirs = with_values(
        desk.document.widget, {"name": "From Bob", "domains": ["bob.example"]}
    )
    server.publish(theirs)
    desk.enter(server.base)
    desk.says("not published from here")
    desk.click(desk.dialog.foot.take)
    desk.says("the same as here")
    assert desk.document.widget == theirs
    desk.document.undo()
    assert desk.document.widget.name == "Acme support"
    desk.says("2 settings differ")


def test_the_history_shows_and_goes_back(desk: Desk, server: OwnersServer) -> None:
    first = with_values(desk.document.widget, {"name": "One"})
    server.publish(first, "the first")
    server.publish(desk.document.widget, "the second")
    desk.enter(server.base)
    desk.says("Version 2 is there")
    desk.dialog.tabs.setCurrentIndex(1)
    history = desk.dialog.history
    desk.qtbot.waitUntil(lambda: history.list.topLevelItemCount() == 2, timeout=LONG)
    newest, oldest = (history.list.topLevelItem(n) for n in range(2))
    assert newest is not None
    assert oldest is not None
    assert newest.text(0) == "2 · live"
    assert oldest.text(3) == "the first"
    history.list.setFocus()
    history.list.setCurrentItem(oldest)
    desk.qtbot.waitUntil(history.changes.isVisible, timeout=LONG)
    assert _row(history.changes.table, 0) == ("Name", "Acme support", "One")
    assert history.roll_back.text() == "Roll back to version 1"
    desk.click(history.roll_back)
    desk.qtbot.waitUntil(lambda: len(server.versions) == 3, timeout=LONG)
    assert server.versions[-1] == first
    desk.qtbot.waitUntil(lambda: history.list.topLevelItemCount() == 3, timeout=LONG)
    assert desk.document.widget.name == "Acme support", "the widget here stays"


def test_the_live_version_cannot_be_gone_back_to(
    desk: Desk, server: OwnersServer
) -> None:
    server.publish(desk.document.widget)
    desk.enter(server.base)
    desk.says("Version 1 is there")
    desk.dialog.tabs.setCurrentIndex(1)
    history = desk.dialog.history
    desk.qtbot.waitUntil(lambda: history.list.topLevelItemCount() == 1, timeout=LONG)
    history.list.setCurrentItem(history.list.topLevelItem(0))
    desk.qtbot.waitUntil(history.changes.isVisible, timeout=LONG)
    assert "the same as the newest" in history.changes.words.text()
    assert not history.roll_back.isEnabled()


def test_staging_serves_the_old_one_on(desk: Desk, server: OwnersServer) -> None:
    server.publish(with_values(desk.document.widget, {"name": "Old"}))
    desk.enter(server.base)
    desk.says("Version 1 is there")
    desk.click(desk.dialog.foot.staging.toggle)
    desk.publish()
    desk.says("Version 2 is staged, not served yet")
    assert server.live == 1
    assert not desk.dialog.card.open_page.isVisible()


def test_looking_can_be_cancelled(desk: Desk, server: OwnersServer) -> None:
    server.may_answer.clear()
    desk.enter(server.base)
    desk.qtbot.waitUntil(lambda: len(server.asked) == 1, timeout=LONG)
    assert desk.dialog.busy.isVisible()
    desk.click(desk.dialog.cancel)
    desk.says("Cancelled.")
    assert not desk.dialog.busy.isVisible()
    assert not desk.dialog.foot.publish.isEnabled()


def test_cancelling_a_publish_looks_what_became_of_it(
    desk: Desk, server: OwnersServer
) -> None:
    desk.enter(server.base)
    desk.says("version 1")
    server.may_answer.clear()
    desk.publish()
    desk.qtbot.waitUntil(lambda: server.asked[-1].startswith("PUT"), timeout=LONG)
    desk.click(desk.dialog.cancel)
    desk.says("Cancelled", "already")
    server.may_answer.set()
    desk.says("Version 1 is there")


def test_offline_it_waits_and_goes_when_it_is_sent(
    desk: Desk, server: OwnersServer, tmp_path: Path
) -> None:
    server.hangs_up = True
    desk.enter(server.base)
    desk.says("cannot be reached")
    desk.click(desk.dialog.foot.queue)
    desk.says("Saved in the queue", str(tmp_path / "queue"), "when you send it")
    page = desk.dialog.waiting
    assert desk.dialog.tabs.tabText(2) == "Waiting  1"
    assert page.list.topLevelItem(0).text(0) == "Acme support"
    assert page.list.topLevelItem(0).text(3) == "waits for you"
    server.hangs_up = False
    for _ in range(5):
        desk.outbox._timer.timeout.emit()  # noqa: SLF001 – as if an hour went by
    desk.qtbot.wait(0)
    assert server.versions == [], "nothing goes by itself that was not to"
    desk.click(page.send)
    desk.says("Sent: Acme support, version 1 is live")
    assert server.versions == [desk.document.widget]
    assert list((tmp_path / "queue").iterdir()) == []
    assert page.list.topLevelItemCount() == 0


def test_what_was_chosen_goes_by_itself_and_is_told(
    desk: Desk, server: OwnersServer
) -> None:
    server.hangs_up = True
    desk.enter(server.base)
    desk.says("cannot be reached")
    desk.click(desk.dialog.foot.by_itself.toggle)
    desk.click(desk.dialog.foot.queue)
    desk.says("goes by itself")
    desk.says("still waits")
    assert server.versions == []
    server.hangs_up = False
    desk.says("Sent: Acme support, version 1 is live")
    assert len(server.versions) == 1


def test_what_is_edited_after_queueing_does_not_change_what_waits(
    desk: Desk, server: OwnersServer, tmp_path: Path
) -> None:
    server.hangs_up = True
    desk.enter(server.base)
    desk.says("cannot be reached")
    desk.click(desk.dialog.foot.queue)
    desk.says("Saved in the queue")
    queued = desk.document.widget
    desk.document.set("name", "Edited since")
    server.hangs_up = False
    desk.click(desk.dialog.waiting.send)
    desk.says("Sent: Acme support")
    assert server.versions == [queued]


def test_a_conflict_stays_in_the_queue_side_by_side(
    desk: Desk, server: OwnersServer
) -> None:
    desk.enter(server.base)
    desk.publish()
    desk.says("is live")
    desk.document.set("name", "From here")
    desk.says("1 setting differs")
    server.hangs_up = True
    desk.publish()
    desk.says("cannot be reached")
    desk.click(desk.dialog.foot.by_itself.toggle)
    server.publish(with_values(desk.document.widget, {"name": "From Bob"}))
    server.hangs_up = False
    desk.click(desk.dialog.foot.queue)
    desk.says("still waits", "published version 2")
    page = desk.dialog.waiting
    assert server.versions[-1].name == "From Bob", "it is not overwritten"
    assert not page.by_itself.checked, "a conflict is for a person"
    assert page.send.text() == "Publish over it"
    assert _row(page.changes.table, 0) == ("Name", "From Bob", "From here")
    desk.click(page.send)
    desk.says("Sent: From here, version 3 is live")
    assert server.versions[-1].name == "From here"


def test_an_answer_that_was_lost_is_not_sent_twice(
    desk: Desk, server: OwnersServer
) -> None:
    server.hangs_up = True
    desk.enter(server.base)
    desk.says("cannot be reached")
    desk.click(desk.dialog.foot.queue)
    desk.says("Saved in the queue")
    server.hangs_up, server.loses_answers = False, True
    page = desk.dialog.waiting
    desk.click(page.send)
    desk.says("still waits")
    assert len(server.versions) == 1, "the server has taken it all the same"
    server.loses_answers = False
    desk.qtbot.waitUntil(page.send.isEnabled, timeout=LONG)
    desk.click(page.send)
    desk.says("Sent: Acme support, version 1 is live")
    assert len(server.versions) == 1


def test_the_queue_survives_a_restart_and_a_damaged_file(
    desk: Desk,
    server: OwnersServer,
    vault: Vault,
    settings: QSettings,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    server.hangs_up = True
    desk.enter(server.base)
    desk.says("cannot be reached")
    desk.click(desk.dialog.foot.queue)
    desk.says("Saved in the queue")
    (tmp_path / "queue" / "zz.json").write_text('{"format": "vitrine.queued"')
    (tmp_path / "queue" / ".left.json.x1").write_text("half")
    again = Outbox(tmp_path / "queue", vault, ExportMemory(settings), desk.dialog)
    with qtbot.waitSignal(again.changed, timeout=LONG):
        again.load()
    assert [item.widget for item in again.waiting] == [desk.document.widget]
    assert [item.place for item in again.broken] == ["zz.json"]
    assert not (tmp_path / "queue" / ".left.json.x1").exists()
    server.hangs_up = False
    with qtbot.waitSignal(again.sent, timeout=LONG):
        again.send(again.waiting[0])
    again.shutdown()
    assert len(server.versions) == 1


def test_what_waits_can_be_removed(desk: Desk, server: OwnersServer) -> None:
    server.hangs_up = True
    desk.enter(server.base)
    desk.says("cannot be reached")
    desk.click(desk.dialog.foot.queue)
    desk.says("Saved in the queue")
    page = desk.dialog.waiting
    desk.qtbot.waitUntil(page.remove.isEnabled, timeout=LONG)
    desk.click(page.remove)
    desk.qtbot.waitUntil(page.rows.words.isVisible, timeout=LONG)
    assert desk.dialog.tabs.tabText(2) == "Waiting"
    assert desk.outbox.waiting == ()


def test_a_queue_that_cannot_be_written_says_so(
    desk: Desk, server: OwnersServer, tmp_path: Path
) -> None:
    (tmp_path / "queue").write_text("a file stands in the way")
    server.hangs_up = True
    desk.enter(server.base)
    desk.says("cannot be reached")
    desk.click(desk.dialog.foot.queue)
    desk.says("cannot be made", "Save an upload file")


def test_another_widget_is_looked_for_anew(desk: Desk, server: OwnersServer) -> None:
    from exporter.providers.registry import provider

    desk.enter(server.base)
    desk.publish()
    desk.says("is live")
    desk.document.open(provider("chatkit").samples()[0])
    assert not desk.dialog.card.open_page.isVisible()
    qtbot = desk.qtbot
    key = desk.document.widget.key
    qtbot.waitUntil(lambda: server.asked[-1].endswith(key), timeout=LONG)
    assert key in server.asked[-1]


def test_everything_has_a_name(desk: Desk) -> None:
    from PySide6.QtWidgets import QAbstractButton, QLineEdit, QTabBar, QTableWidget

    for kind in (QAbstractButton, QLineEdit, QTableWidget, QTabBar):
        for part in desk.dialog.findChildren(kind):
            if part.objectName().startswith("qt_") or part.parent() is None:
                continue
            text = part.text() if isinstance(part, QAbstractButton) else ""
            corner = type(part).__name__ == "QTableCornerButton"
            scroller = isinstance(part.parent(), QTabBar)
            assert part.accessibleName() or text or corner or scroller, part
