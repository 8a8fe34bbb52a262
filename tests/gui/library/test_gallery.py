"""The gallery: first minute, search, folders, trash, files, pictures, the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QMimeData, QModelIndex, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QLineEdit, QMenu, QMessageBox

from desktop.library.face import Face
from desktop.library.gallery import Gallery
from desktop.library.start import Tile
from desktop.store.folder import DataFolder
from desktop.store.rows import ALL, FIRST, PAGE, TRASH, Place
from desktop.store.store import Store
from desktop.tasks import Tasks
from exporter.files import write_widget
from exporter.providers.registry import providers
from tests.libraries import make_library, renamed, samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.store.repository import Library
    from exporter.contract.widget import Widget


class Said:
    """Stands where the message strip stands."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.run: Callable[[], object] | None = None

    def __call__(
        self,
        text: str,
        tone: str = "info",
        *,
        action: str = "",
        run: Callable[[], object] | None = None,
    ) -> None:
        self.texts.append(text)
        self.run = run


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.fixture
def gallery(qtbot: QtBot, tmp_path: Path, said: Said) -> Iterator[Gallery]:
    tasks = Tasks()
    store = Store(DataFolder(tmp_path / "data"), tasks)
    store.folder.path.mkdir()
    page = Gallery(store, tasks, said)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    page.store = store  # type: ignore[attr-defined]
    store.open_async()
    qtbot.waitUntil(lambda: page.model.rowCount() == len(samples()), timeout=10_000)
    yield page
    page.shutdown()
    tasks.shutdown()
    store.shutdown()


def library_of(gallery: Gallery) -> Library:
    library: Library | None = gallery.store.library  # type: ignore[attr-defined]
    assert library is not None
    return library


def names(gallery: Gallery) -> list[str]:
    model = gallery.model
    return [model.index(number).data() for number in range(model.rowCount())]


def keys(gallery: Gallery, *rows: int) -> list[str]:
    found = [gallery.model.row(gallery.model.index(row)) for row in rows]
    return [row.key for row in found if row is not None]


def search(qtbot: QtBot, gallery: Gallery, words: str) -> None:
    with qtbot.waitSignal(gallery.model.settled):
        gallery.search.setText(words)


def test_it_opens_with_samples_templates_and_blanks(gallery: Gallery) -> None:
    assert sorted(names(gallery)) == sorted(one.name for one in samples())
    tiles = [tile.text() for tile in gallery.start.findChildren(Tile)]
    for provider in providers():
        assert f"Blank {provider.title}" in tiles
    for sample in samples():
        assert sample.name in tiles
    assert "Paste embed code" in tiles
    assert all(tile.accessibleName() for tile in gallery.start.findChildren(Tile))


@pytest.mark.parametrize("provider", providers(), ids=lambda one: one.name)
def test_one_click_begins_a_blank_widget(
    qtbot: QtBot, gallery: Gallery, provider: object
) -> None:
    title = f"Blank {provider.title}"  # type: ignore[attr-defined]
    (tile,) = (t for t in gallery.start.findChildren(Tile) if t.text() == title)
    begun: list[Widget] = []
    gallery.create_requested.connect(begun.append)
    for _ in range(2):
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert [one.provider for one in begun] == [provider.name] * 2  # type: ignore[attr-defined]
    assert begun[0].key != begun[1].key


def test_pasting_is_asked_for(qtbot: QtBot, gallery: Gallery) -> None:
    (tile,) = (
        t for t in gallery.start.findChildren(Tile) if t.text() == "Paste embed code"
    )
    with qtbot.waitSignal(gallery.paste_requested):
        qtbot.keyClick(tile, Qt.Key.Key_Space)


def test_search_as_you_type_from_anywhere(qtbot: QtBot, gallery: Gallery) -> None:
    name = samples()[0].name
    gallery.grid.setFocus()
    qtbot.keyClicks(gallery.grid, name[:1].lower())
    assert gallery.search.text() == name[:1].lower()
    search(qtbot, gallery, name[:4])
    assert names(gallery) == [name]
    assert not gallery.start.isVisible()
    with qtbot.waitSignal(gallery.open_requested) as opened:
        qtbot.keyClick(gallery.search, Qt.Key.Key_Return)
    assert opened.args == keys(gallery, 0)


def test_a_search_that_finds_nothing_says_so_and_clears(
    qtbot: QtBot, gallery: Gallery
) -> None:
    search(qtbot, gallery, "zzzz")
    assert names(gallery) == []
    assert gallery.empty.isVisible()
    with qtbot.waitSignal(gallery.model.settled):
        gallery.empty.cleared.emit()
    assert not gallery.empty.isVisible()
    assert gallery.start.isVisible()
    assert len(names(gallery)) == len(samples())


def test_enter_and_double_click_open(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.grid.setCurrentIndex(gallery.model.index(1))
    with qtbot.waitSignal(gallery.open_requested) as opened:
        qtbot.keyClick(gallery.grid, Qt.Key.Key_Return)
    assert opened.args == keys(gallery, 1)
    where = gallery.grid.visualRect(gallery.model.index(0)).center()
    with qtbot.waitSignal(gallery.open_requested) as opened:
        view = gallery.grid.viewport()
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=where)
        qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=where)
    assert opened.args == keys(gallery, 0)


def test_deleting_goes_to_the_trash_and_undoes(
    qtbot: QtBot, gallery: Gallery, said: Said
) -> None:
    before = names(gallery)
    gallery.grid.setFocus()
    gallery.grid.setCurrentIndex(gallery.model.index(0))
    qtbot.keyClick(gallery.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(gallery) == before[1:])
    assert said.texts[-1] == "Widget moved to the trash."
    assert said.run is not None
    said.run()
    qtbot.waitUntil(lambda: names(gallery) == before)


def test_the_trash_gives_back_and_asks_before_it_empties(
    qtbot: QtBot, gallery: Gallery
) -> None:
    gone = keys(gallery, 0)
    gallery.actions_.trash(gone)
    qtbot.waitUntil(lambda: gallery.model.rowCount() == len(samples()) - 1)
    with qtbot.waitSignal(gallery.model.settled):
        gallery.places.choose(TRASH)
    assert keys(gallery, 0) == gone
    assert not gallery.start.isVisible()
    menu = QMenu()
    qtbot.addWidget(menu)
    gallery._menu.fill(menu, gone)  # noqa: SLF001 - popup() would block a hand
    assert [action.text() for action in menu.actions()] == [
        "Put back",
        "Delete for good",
    ]
    gallery.actions_.purge(gone)
    box = gallery.findChild(QMessageBox)
    assert box is not None
    assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)
    (delete,) = (b for b in box.buttons() if b.text() == "Delete")
    delete.click()
    qtbot.waitUntil(lambda: names(gallery) == [])
    assert gallery.empty.isVisible()


def test_renaming_in_place(qtbot: QtBot, gallery: Gallery) -> None:
    index = gallery.model.index(0)
    key = keys(gallery, 0)
    gallery.grid.setCurrentIndex(index)
    gallery.grid.edit(index)
    editor = gallery.grid.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.setText("Another name")
    gallery.pictures.forget(key[0])  # a picture that comes meanwhile
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Another name" in names(gallery))
    assert library_of(gallery).widget(key[0]).name == "Another name"


def test_the_menu_does_what_it_says(qtbot: QtBot, gallery: Gallery) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    chosen = keys(gallery, 0)
    gallery._menu.fill(menu, chosen)  # noqa: SLF001
    actions = {action.text(): action for action in menu.actions()}
    assert [text for text in actions if text] == [
        *("Open", "Rename", "Export file…", "Duplicate", "Move to", "Move to trash")
    ]
    with qtbot.waitSignal(gallery.open_requested) as opened:
        actions["Open"].trigger()
    assert opened.args == chosen
    actions["Move to trash"].trigger()
    qtbot.waitUntil(lambda: gallery.model.rowCount() == len(samples()) - 1)


def test_duplicating_selects_the_copy(qtbot: QtBot, gallery: Gallery) -> None:
    name = names(gallery)[0]
    gallery.actions_.duplicate(keys(gallery, 0))
    qtbot.waitUntil(lambda: f"{name} copy" in names(gallery))
    qtbot.waitUntil(lambda: gallery.grid.currentIndex().data() == f"{name} copy")


def test_folders_are_made_filled_and_removed(qtbot: QtBot, gallery: Gallery) -> None:
    moved = keys(gallery, 0)
    gallery.places.folder_wanted.emit("Clients")
    qtbot.waitUntil(lambda: len(gallery.places.folders()) == 1)
    ((name, folder),) = gallery.places.folders()
    assert name == "Clients"
    qtbot.waitUntil(lambda: gallery.places.findChild(QLineEdit) is not None)
    editor = gallery.places.findChild(QLineEdit)
    assert editor is not None
    editor.setText("Customers")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: gallery.places.folders() == [("Customers", folder)])
    gallery.places.dropped.emit(moved, Place("folder", folder))
    gallery.places.choose(Place("folder", folder))
    qtbot.waitUntil(lambda: keys(gallery, 0) == moved and len(names(gallery)) == 1)
    gallery.places.folder_renamed.emit(folder, "Agencies")
    qtbot.waitUntil(lambda: gallery.places.folders() == [("Agencies", folder)])
    gallery.places.folder_removed.emit(folder, "Agencies")
    qtbot.waitUntil(lambda: gallery.places.place == ALL)
    qtbot.waitUntil(lambda: len(names(gallery)) == len(samples()))


def dropped(gallery: Gallery, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    dropped_data(gallery, data)


def dropped_data(gallery: Gallery, data: QMimeData) -> None:
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    gallery.dropEvent(event)


def test_code_from_elsewhere_is_brought_along(
    qtbot: QtBot, gallery: Gallery, tmp_path: Path
) -> None:
    page = tmp_path / "page.HTML"
    page.write_text("<script>createChat({})</script>", "utf-8")
    with qtbot.waitSignal(gallery.code_dropped) as code:
        dropped(gallery, page)
    assert code.args == ["<script>createChat({})</script>"]
    text, address = QMimeData(), QMimeData()
    text.setText(" createChat({}) ")
    address.setUrls([QUrl("https://shop.example/help")])
    for data, wanted in (
        (text, "createChat({})"),
        (address, "https://shop.example/help"),
    ):
        with qtbot.waitSignal(gallery.code_dropped) as code:
            dropped_data(gallery, data)
        assert code.args == [wanted]


def test_a_file_that_went_away_or_holds_nothing_is_told(
    qtbot: QtBot, gallery: Gallery, said: Said, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.js"
    empty.touch()
    for path, words in ((tmp_path / "gone.html", "No such file"), (empty, "is empty")):
        dropped(gallery, path)
        qtbot.waitUntil(lambda words=words: words in "".join(said.texts))


def test_a_file_dropped_is_kept_and_opened(
    qtbot: QtBot, gallery: Gallery, tmp_path: Path
) -> None:
    widget = renamed(samples()[0], "From a file")
    path = tmp_path / "a.widget.json"
    path.write_bytes(write_widget(widget))
    with qtbot.waitSignal(gallery.open_requested) as opened:
        dropped(gallery, path)
    assert opened.args == [widget.key]
    path.write_bytes(write_widget(renamed(widget, "Different, same key")))
    with qtbot.waitSignal(gallery.open_requested) as opened:
        dropped(gallery, path)
    assert opened.args != [widget.key]
    assert library_of(gallery).widget(widget.key).name == "From a file"


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"{}", b""])
def test_a_bad_file_is_said_and_nothing_changes(
    qtbot: QtBot, gallery: Gallery, said: Said, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "bad.widget.json"
    path.write_bytes(content)
    dropped(gallery, path)
    qtbot.waitUntil(lambda: bool(said.texts))
    assert said.texts[0].startswith("bad.widget.json: ")
    assert len(names(gallery)) == len(samples())


def test_exporting_writes_the_widgets_file(
    qtbot: QtBot, gallery: Gallery, said: Said, tmp_path: Path
) -> None:
    (key,) = keys(gallery, 0)
    gallery.actions_.export_to(key, tmp_path / "out.widget.json")
    qtbot.waitUntil(lambda: said.texts == ["Saved out.widget.json."])
    widget = library_of(gallery).widget(key)
    assert (tmp_path / "out.widget.json").read_bytes() == write_widget(widget)
    gallery.actions_.export_to(key, tmp_path / "no" / "out.json")
    qtbot.waitUntil(lambda: len(said.texts) == 2)
    assert str(tmp_path / "no") in said.texts[1]


def png() -> bytes:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0xFF00AA55)
    buffer = QBuffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def test_cards_show_faces_until_real_pictures_come(
    qtbot: QtBot, gallery: Gallery
) -> None:
    index = gallery.model.index(0)
    row = gallery.model.row(index)
    assert row is not None
    qtbot.waitUntil(lambda: isinstance(gallery.pictures.of(row), Face))
    shot: list[str] = []

    def shoot(widget: Widget, done: Callable[[bytes | None], object]) -> None:
        shot.append(widget.key)
        done(png())

    gallery.set_shoot(shoot)
    for known in keys(gallery, 0, 1):
        gallery.pictures.forget(known)

    def green() -> bool:
        place = gallery.grid.visualRect(gallery.model.index(0)).center()
        image = gallery.grid.viewport().grab().toImage()
        found = image.pixelColor(place - QPoint(0, 40))
        return found.name() == "#00aa55"

    qtbot.waitUntil(green, timeout=10_000)
    everyone = sorted(keys(gallery, *range(gallery.model.rowCount())))
    qtbot.waitUntil(lambda: sorted(shot) == everyone)


def test_a_shot_that_fails_leaves_the_face(qtbot: QtBot, gallery: Gallery) -> None:
    tried: list[str] = []

    def shoot(widget: Widget, done: Callable[[bytes | None], object]) -> None:
        tried.append(widget.key)
        done(None)

    gallery.set_shoot(shoot)
    for known in keys(gallery, 0, 1):
        gallery.pictures.forget(known)
    qtbot.waitUntil(lambda: len(tried) == 2)
    row = gallery.model.row(gallery.model.index(0))
    assert row is not None
    assert isinstance(gallery.pictures.of(row), Face)


def test_a_large_library_is_fetched_as_it_is_scrolled(
    qtbot: QtBot, gallery: Gallery
) -> None:
    make_library(library_of(gallery), 3 * PAGE)
    with qtbot.waitSignal(gallery.model.settled):
        gallery.model.refresh()
    assert gallery.model.rowCount() == FIRST
    bar = gallery.grid.verticalScrollBar()

    def to_the_end() -> bool:
        bar.setValue(bar.maximum())
        return gallery.model.rowCount() == 3 * PAGE + len(samples())

    qtbot.waitUntil(to_the_end, timeout=10_000)
    assert len(set(keys(gallery, *range(gallery.model.rowCount())))) == (
        3 * PAGE + len(samples())
    )


def test_a_refresh_leaves_all_that_was_scrolled_to(
    qtbot: QtBot, gallery: Gallery
) -> None:
    make_library(library_of(gallery), 2 * PAGE)
    with qtbot.waitSignal(gallery.model.settled):
        gallery.model.refresh()
    with qtbot.waitSignal(gallery.model.settled):
        gallery.model.fetchMore(QModelIndex())
    there = gallery.model.rowCount()
    assert there == FIRST + PAGE
    with qtbot.waitSignal(gallery.model.settled):
        gallery.model.refresh()
    assert gallery.model.rowCount() == there


def test_what_changes_while_hidden_is_there_when_shown(
    qtbot: QtBot, gallery: Gallery
) -> None:
    gallery.hide()
    store: Store = gallery.store  # type: ignore[attr-defined]
    with qtbot.waitSignal(store.changed):
        store.write(lambda library: library.add_copy(renamed(samples()[0], "Later")))
    assert "Later" not in names(gallery)
    gallery.show()
    qtbot.waitUntil(lambda: "Later" in names(gallery))


def test_the_selection_stays_when_the_order_changes(
    qtbot: QtBot, gallery: Gallery
) -> None:
    last = gallery.model.rowCount() - 1
    gallery.grid.setCurrentIndex(gallery.model.index(last))
    chosen = keys(gallery, last)
    gallery.actions_.rename(chosen[0], "Now first")
    qtbot.waitUntil(lambda: names(gallery)[0] == "Now first")
    assert gallery.grid.keys() == chosen
