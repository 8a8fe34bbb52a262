"""The library keeps widgets whole, finds them, and loses none by accident."""

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.errors import StoreError
from desktop.store.folder import DataFolder
from desktop.store.repository import Gone, Library
from desktop.store.rows import ALL, PAGE, TRASH, Place
from exporter.contract.errors import InvalidWidget
from exporter.contract.widget import Widget
from exporter.editing import with_values
from exporter.files import write_widget
from exporter.providers.registry import provider, providers
from tests.libraries import Clock, make_library, renamed, samples


def names(library: Library, place: Place = ALL) -> list[str]:
    return [row.name for row in library.page(place).rows]


@pytest.mark.parametrize("name", [one.name for one in providers()])
def test_a_widget_comes_back_byte_for_byte(library: Library, name: str) -> None:
    for widget in (*provider(name).samples(), provider(name).widget(provider=name)):
        library.save(widget)
        assert write_widget(library.widget(widget.key)) == write_widget(widget)


def test_name_provider_and_key_cannot_differ_from_the_config(
    library: Library, folder: DataFolder
) -> None:
    widget = samples()[0]
    library.save(widget)
    connection = sqlite3.connect(folder.database)
    for column in ("name", "provider", "key"):
        with pytest.raises(sqlite3.OperationalError, match="generated column"):
            connection.execute(f"UPDATE widgets SET {column} = 'other'")
    with pytest.raises(sqlite3.Error, match="malformed JSON"):
        connection.execute("UPDATE widgets SET config = '{'")
    connection.close()
    row = library.page().rows[0]
    assert (row.key, row.name, row.provider) == (
        widget.key,
        widget.name,
        widget.provider,
    )


def test_what_is_not_there_is_said(library: Library) -> None:
    with pytest.raises(Gone):
        library.widget("0" * 16)
    with pytest.raises(Gone):
        library.move(["0" * 16], 77)


def test_the_newest_stands_first(library: Library, clock: Clock) -> None:
    one, two = samples()[:2]
    library.save(one)
    clock.turn(seconds=1)
    library.save(two)
    assert names(library) == [two.name, one.name]
    clock.turn(seconds=1)
    library.save(renamed(one, "Newer"))
    assert names(library) == ["Newer", two.name]


def test_saving_the_same_changes_nothing(library: Library, clock: Clock) -> None:
    library.save(samples()[0])
    before = library.page()
    clock.turn(days=1)
    library.save(library.widget(before.rows[0].key))
    assert library.page() == before


def test_pages_follow_each_other_without_gap_or_double(library: Library) -> None:
    make_library(library, 2 * PAGE + 7)
    seen, page = [], library.page()
    while True:
        seen += page.rows
        if not page.more:
            break
        page = library.page(after=page.rows[-1])
    assert len({row.key for row in seen}) == len(seen) == 2 * PAGE + 7
    assert [row.updated for row in seen] == sorted(
        (row.updated for row in seen), reverse=True
    )
    assert library.counts().all == 2 * PAGE + 7


def with_greeting(text: str) -> Widget:
    return with_values(samples()[0], {"start_screen.greeting": text})


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Where is my parcel?", "parc"),
        ("Where is my parcel?", "PARCEL my"),
        ("Café Zürich", "cafe zur"),
        ("how's-that", "how that"),
        ("お問い合わせ", "お問い"),
        ("Straße 12b", "12b"),
    ],
)
def test_search_finds_beginnings_of_words(
    library: Library, text: str, query: str
) -> None:
    library.save(with_greeting(text))
    assert len(library.search(query).rows) == 1
    assert library.search(query + "zzz").rows == ()


def test_search_follows_every_edit(library: Library) -> None:
    widget = with_greeting("first words")
    library.save(widget)
    library.save(with_values(widget, {"start_screen.greeting": "second words"}))
    assert library.search("first").rows == ()
    assert len(library.search("second").rows) == 1
    library.save(renamed(widget, "Third"))
    assert len(library.search("third").rows) == 1


def test_names_come_before_texts(library: Library, clock: Clock) -> None:
    named = renamed(samples()[0], "Harbour bistro")
    library.save(named)
    clock.turn(hours=1)
    library.save(with_greeting("Welcome to the harbour"))
    found = [row.name for row in library.search("harb").rows]
    assert found[0] == "Harbour bistro"
    assert len(found) == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(query=st.text(max_size=40))
def test_no_query_breaks_the_search(library: Library, query: str) -> None:
    library.search(query)
    library.search(query, TRASH)


@pytest.mark.parametrize("query", ['"', "name:", "a OR", "NEAR(", "*", "(", "- -", "'"])
def test_signs_are_no_syntax(library: Library, query: str) -> None:
    library.save(samples()[0])
    library.search(query)


def test_pictures_and_fonts_are_not_searched(library: Library) -> None:
    widget = with_values(
        samples()[1], {"header.logo": "data:image/png;base64,QUJDREVGR0g="}
    )
    library.save(widget)
    assert library.search("QUJDREVGR0g").rows == ()


def test_search_stays_in_its_place(library: Library) -> None:
    one, two = samples()[:2]
    library.save(one)
    library.save(two)
    here = library.add_folder("Here")
    library.move([one.key], here)
    library.trash([two.key])
    word = one.name.split()[0]
    assert [row.key for row in library.search(word, Place("folder", here)).rows] == [
        one.key
    ]
    assert library.search(two.name.split()[0]).rows == ()
    assert len(library.search(two.name.split()[0], TRASH).rows) == 1


def test_the_trash_gives_back_and_is_emptied(library: Library) -> None:
    one, two = samples()[:2]
    library.save(one)
    library.save(two)
    library.trash([one.key, two.key])
    assert names(library) == []
    assert library.counts().trash == 2
    library.untrash([one.key])
    assert library.purge() == (two.key,)
    assert names(library) == [one.name]
    with pytest.raises(Gone):
        library.widget(two.key)


def test_purging_spares_what_is_not_in_the_trash(library: Library) -> None:
    one = samples()[0]
    library.save(one)
    assert library.purge([one.key]) == ()
    assert names(library) == [one.name]


def test_copies_get_names_and_keys_of_their_own(library: Library) -> None:
    widget = samples()[0]
    library.save(widget, folder=library.add_folder("Here"))
    made = [library.duplicate(widget.key) for _ in range(3)]
    again = library.duplicate(made[0].key)
    assert [one.name for one in (*made, again)] == [
        f"{widget.name} copy",
        f"{widget.name} copy 2",
        f"{widget.name} copy 3",
        f"{widget.name} copy 4",
    ]
    assert len({widget.key, *(one.key for one in (*made, again))}) == 5
    assert library.folders()[0].count == 5


def test_a_copy_of_the_longest_name_is_a_valid_widget(library: Library) -> None:
    widget = renamed(samples()[0], "x" * 120)
    library.save(widget)
    copy = library.duplicate(widget.key)
    assert library.widget(copy.key).name == copy.name


def test_renaming_checks_the_name(library: Library) -> None:
    widget = samples()[0]
    library.save(widget)
    library.rename(widget.key, "Another")
    assert names(library) == ["Another"]
    with pytest.raises(InvalidWidget):
        library.rename(widget.key, "")
    assert names(library) == ["Another"]


def test_folders_hold_widgets_and_leave_them(library: Library) -> None:
    widget = samples()[0]
    library.save(widget)
    here = library.add_folder("  Clients  ")
    assert library.add_folder("clients") == here
    library.move([widget.key], here)
    assert [(one.name, one.count) for one in library.folders()] == [("Clients", 1)]
    assert names(library, Place("folder", here)) == [widget.name]
    library.rename_folder(here, "Agencies")
    library.remove_folder(here)
    assert library.folders() == ()
    assert library.page().rows[0].folder is None
    assert len(library.search(widget.name).rows) == 1


def test_a_taken_or_empty_folder_name_is_refused(library: Library) -> None:
    library.add_folder("One")
    two = library.add_folder("Two")
    with pytest.raises(StoreError, match="already"):
        library.rename_folder(two, "one")
    with pytest.raises(StoreError, match="name"):
        library.add_folder("  ")


def test_a_picture_is_fresh_until_the_next_edit(library: Library, clock: Clock) -> None:
    widget = samples()[0]
    library.save(widget)
    (before,) = library.pictures([widget.key])
    assert before.config == widget.plain()
    library.set_thumbnail(widget, b"png")
    (shown,) = library.pictures([widget.key])
    assert (shown.png, shown.fresh, shown.config) == (b"png", True, None)
    clock.turn(minutes=1)
    library.save(renamed(widget, "Edited"))
    (stale,) = library.pictures([widget.key])
    assert (stale.png, stale.fresh) == (b"png", False)
    library.set_thumbnail(widget, b"late")
    assert not library.pictures([widget.key])[0].fresh
    assert library.pictures(["0" * 16]) == ()


def test_the_widget_open_last_is_remembered(library: Library) -> None:
    assert library.last_open() is None
    library.set_last_open("a" * 16)
    library.set_last_open("b" * 16)
    assert library.last_open() == "b" * 16


def test_a_failed_write_leaves_all_as_it_was(library: Library) -> None:
    library.save(samples()[0])
    before = library.page()

    def broken() -> None:
        with library.database.writing():
            library.trash([before.rows[0].key])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert len(before.rows) == 1
