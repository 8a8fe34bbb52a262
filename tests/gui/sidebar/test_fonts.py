"""Fonts by hand: choosing a family, and taking files into the widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtTest import QTest

from desktop.sidebar.controls.font_file import (
    MAX_BYTES,
    BadFont,
    FontFacts,
    read_font,
)
from exporter.checking import findings_for
from exporter.contract.typography import FAMILIES
from tests.gui.sidebar.font_bytes import font_bytes
from tests.gui.sidebar.hold import Held, click

if TYPE_CHECKING:
    from pathlib import Path

FONT = "typography.font_family"
FILES = "typography.font_sources"
FORMS = ("ttf", "otf", "woff", "woff2")


@pytest.mark.parametrize("kind", FORMS)
def test_a_file_says_what_it_is(kind: str) -> None:
    plain = read_font(font_bytes(kind))
    assert plain == FontFacts("Own Face", "400", "normal", kind)
    bold = read_font(font_bytes(kind, "Ümlaut & Co", weight=700, selection=0x21))
    assert bold == FontFacts("Ümlaut Co", "700", "italic", kind)
    variable = read_font(font_bytes(kind, axis=(100, 900)))
    assert variable.weight == "100 900"


@pytest.mark.parametrize("kind", FORMS)
def test_a_cut_off_file_is_refused(kind: str) -> None:
    whole = font_bytes(kind)
    for end in range(0, len(whole) - 1, 7):
        with pytest.raises(BadFont):
            read_font(whole[:end])


@given(st.binary(max_size=300), st.sampled_from(FORMS))
def test_whatever_bytes_come_nothing_else_is_raised(noise: bytes, kind: str) -> None:
    whole = bytearray(font_bytes(kind))
    whole[4 : 4 + len(noise)] = noise
    try:
        facts = read_font(bytes(whole))
    except BadFont:
        return
    assert facts.family


def test_a_bomb_is_not_unpacked() -> None:
    bomb = bytearray(font_bytes("woff2"))
    bomb[49:50] = b"\x8f\xff\xff\xff\x7f"  # the first table's size: 4 GB
    with pytest.raises(BadFont, match="more than a font ever has"):
        read_font(bytes(bomb))


@pytest.mark.parametrize("kind", FORMS)
def test_a_file_is_taken_into_the_widget(qtbot: Any, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"own.{kind}"
    path.write_bytes(font_bytes(kind, weight=700))
    held = Held(qtbot, "n8n", FILES)
    held.control.import_files([str(path)])
    (font,) = held.value
    assert font["src"].startswith(f"data:font/{kind};base64,")
    assert (font["family"], font["weight"], font["style"]) == (
        "Own Face",
        "700",
        "normal",
    )
    held.control.import_files([str(path)])
    assert len(held.value) == 1
    assert "here already" in held.control.notice.text()
    assert held.steps == 1


def test_what_is_no_font_says_why(qtbot: Any, tmp_path: Path) -> None:
    picture, large = tmp_path / "logo.png", tmp_path / "large.ttf"
    picture.write_bytes(b"\x89PNG" + bytes(100))
    large.write_bytes(font_bytes() + bytes(MAX_BYTES))
    held = Held(qtbot, "n8n", FILES)
    held.control.import_files([str(picture), str(large), str(tmp_path / "none.ttf")])
    words = held.control.notice.text()
    assert "logo.png is no font; use WOFF2, WOFF, TTF or OTF." in words
    assert "large.ttf has 2.0 MB; a font file may have 2 MB." in words
    assert "none.ttf can't be read" in words
    assert held.value == []


def test_facts_can_be_mended_and_files_removed(qtbot: Any, tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.ttf").write_bytes(font_bytes(weight=number * 100))
    held = Held(qtbot, "chatkit", FILES)
    held.control.import_files([str(tmp_path / f"{number}.ttf") for number in (1, 2)])
    row = held.control.rows[0]
    click(row.fold)
    row.weight.setFocus()
    QTest.keySequence(row.weight, "Ctrl+A")
    QTest.keyClicks(row.weight, "900 x")
    assert "takes a weight such as 400" in row.note.text()
    assert held.value[0]["weight"] == "900"
    click(row.italic)
    QTest.keySequence(row.weight, "Ctrl+A")
    QTest.keyClicks(row.weight, "800")
    assert (held.value[0]["weight"], held.value[0]["style"]) == ("800", "italic")
    click(row.more)
    assert len(held.value) == 1
    assert all(findings_for(held.row.spec, told) == () for told in held.told)


def test_at_most_eight_files(qtbot: Any, tmp_path: Path) -> None:
    paths = []
    for number in range(1, 11):
        paths.append(tmp_path / f"{number}.ttf")
        paths[-1].write_bytes(font_bytes(weight=number * 10))
    held = Held(qtbot, "n8n", FILES)
    held.control.import_files(map(str, paths))
    assert len(held.value) == 8
    assert "8 files are the most" in held.control.notice.text()


def test_the_list_offers_ours_then_the_computers(qtbot: Any) -> None:
    held = Held(qtbot, "n8n", FONT)
    held.control.open_picker()
    shown = [entry.family for entry in held.control.picker.entries if entry.family]
    assert shown[: len(FAMILIES)] == list(FAMILIES)
    assert set(QFontDatabase.families()) >= set(shown[len(FAMILIES) :])
    held.control.picker.close()


def test_a_family_is_found_and_taken_with_the_keyboard(qtbot: Any) -> None:
    held = Held(qtbot, "chatkit", FONT)
    target = held.control.focusProxy()
    target.setFocus()
    QTest.keyClick(target, Qt.Key.Key_Space)
    picker = held.control.picker
    QTest.keyClicks(picker.search, "popp")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert held.value == "Poppins"
    assert target.accessibleName().endswith("Font: Poppins")
    assert held.steps == 1


def test_any_other_name_can_be_typed(qtbot: Any) -> None:
    held = Held(qtbot, "n8n", FONT)
    held.control.open_picker()
    QTest.keyClicks(held.control.picker.search, "Acme Grotesk")
    QTest.keyClick(held.control.picker.search, Qt.Key.Key_Return)
    assert held.value == "Acme Grotesk"
    assert "Not on this computer" in held.control.note.text()


def test_arrows_skip_titles_and_escape_changes_nothing(qtbot: Any) -> None:
    held = Held(qtbot, "n8n", FONT)
    held.control.open_picker()
    picker = held.control.picker
    QTest.keyClick(picker.search, Qt.Key.Key_Up)
    QTest.keyClick(picker.search, Qt.Key.Key_Up)
    place = picker.list.currentIndex().row()
    assert picker.entries[place].family == "System"
    QTest.keyClick(picker.search, Qt.Key.Key_Escape)
    assert held.value == "Inter"
    assert held.told == []


def test_a_widgets_own_file_comes_first(qtbot: Any, tmp_path: Path) -> None:
    held = Held(qtbot, "n8n", FONT)
    source = {"family": "Acme Sans", "src": "https://fonts.example/acme.woff2"}
    assert held.document.set(FILES, [source]) == ()
    held.control.open_picker()
    entries = held.control.picker.entries
    assert (entries[0].words, entries[1].family) == ("In this widget", "Acme Sans")
    QTest.keyClicks(held.control.picker.search, "acme")
    QTest.keyClick(held.control.picker.search, Qt.Key.Key_Return)
    assert held.control.note.text() == ""
