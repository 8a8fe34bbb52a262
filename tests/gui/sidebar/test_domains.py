"""Allowed sites and lists of strings by hand."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest

from desktop.sidebar.controls.site_rules import companion, covers, read_sites
from exporter.contract.domains import parse_rule
from tests.gui.sidebar.hold import Held, click, paste

SITES = "domains"
KINDS = "composer.attachments.accept"
MESSAGES = "start_screen.initial_messages"


def test_a_site_is_kept_in_its_normal_form(qtbot: Any) -> None:
    held = Held(qtbot, "n8n", SITES)
    click(held.control.adder)
    row = held.control.rows[0]
    QTest.keyClicks(row.field, "Shop.Example")
    assert held.value == ["shop.example"]
    assert row.field.text() == "Shop.Example"  # not under the typing hand
    assert "Kept as shop.example" in row.hint.text()
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    assert row.field.text() == "shop.example"
    assert held.steps == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("shop", "is no full host name"),
        ("*.co.uk", "covers everybody's sites"),
        ("a.*.example", "whole first label"),
        ("shop.example:99999", "port that does not exist"),
        ("1.2.3.999", "is no IPv4 address"),
    ],
)
def test_a_wrong_site_says_why(qtbot: Any, typed: str, words: str) -> None:
    held = Held(qtbot, "chatkit", SITES, ["ok.example"])
    held.control.add_new()
    row = held.control.rows[1]
    paste(row.field, typed)
    assert words in row.note.text()
    assert held.value == ["ok.example"]


def test_the_forgotten_one_is_offered(qtbot: Any) -> None:
    held = Held(qtbot, "n8n", SITES, ["*.shop.example"])
    row = held.control.rows[0]
    assert row.hint.text() == (
        "Every subdomain of shop.example, not shop.example itself."
    )
    click(row.offer)
    assert held.value == ["*.shop.example", "shop.example"]
    assert not row.offer.isVisible()


def test_addresses_are_turned_into_sites(qtbot: Any) -> None:
    held = Held(qtbot, "n8n", SITES)
    click(held.control.adder)
    text = (
        "https://shop.example/cart?a=1\nhttp://localhost:5173/\n*.acme.example, nö nö!"
    )
    paste(held.control.rows[0].field, text)
    assert held.value == ["shop.example", "localhost:5173", "*.acme.example"]
    assert "Took the host out of 2 addresses." in held.control.notice.text()
    assert "is no site" in held.control.notice.text()
    assert held.steps == 1


def test_one_address_is_turned_into_its_site(qtbot: Any) -> None:
    held = Held(qtbot, "n8n", SITES)
    click(held.control.adder)
    paste(held.control.rows[0].field, "https://bücher.example/")
    assert held.value == ["xn--bcher-kva.example"]


def test_ten_thousand_sites_are_survived(qtbot: Any) -> None:
    held = Held(qtbot, "n8n", SITES)
    click(held.control.adder)
    sites = "\n".join(f"s{number}.example" for number in range(10_000))
    paste(held.control.rows[0].field, sites)
    assert len(held.value) == 200
    assert "200 of" in held.control.notice.text()


def test_a_double_is_said(qtbot: Any) -> None:
    held = Held(qtbot, "n8n", SITES, ["shop.example"])
    held.control.add_new()
    paste(held.control.rows[1].field, "SHOP.example")
    assert "listed already" in held.control.rows[1].note.text()
    assert held.value == ["shop.example"]


@pytest.mark.parametrize(
    ("rule", "words", "other"),
    [
        ("shop.example", "shop.example alone, over https.", "www.shop.example"),
        ("www.shop.example", "www.shop.example alone, over https.", "shop.example"),
        ("a.shop.example", "a.shop.example alone, over https.", None),
        ("localhost:5173", "Pages on port 5173 here, for trying it out.", None),
        ("localhost", "Pages on this computer, for trying it out.", None),
        ("192.168.1.4", "192.168.1.4 alone, over https.", None),
        ("*.b.example:81", "Every subdomain of b.example on port 81, not ", None),
    ],
)
def test_what_a_rule_covers(rule: str, words: str, other: str | None) -> None:
    assert covers(parse_rule(rule)).startswith(words)
    assert companion(parse_rule(rule), ()) == other
    if other:
        assert companion(parse_rule(rule), (other,)) is None


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("https://[::1]:8080/x", ("[::1]:8080",)),
        ("https://a.example:443", ("a.example",)),
        ("<https://a.example/>,", ("a.example",)),
        ("https://user:pw@a.example/", ("a.example",)),
        ("a.example/path a.example", ("a.example",)),
        ("javascript:alert(1)", ()),
        ("https://[broken", ()),
    ],
)
def test_sites_are_read_out_of_anything(text: str, rules: tuple[str, ...]) -> None:
    assert read_sites(text, 200).rules == rules


def test_suggested_kinds_come_and_go(qtbot: Any) -> None:
    held = Held(qtbot, "n8n", KINDS)
    click(held.control.chips["image/*"])
    click(held.control.chips[".pdf"])
    assert held.value == ["image/*", ".pdf"]
    assert held.control.chips[".pdf"].isChecked()
    click(held.control.chips["image/*"])
    assert held.value == [".pdf"]
    held.document.undo()
    assert held.control.chips["image/*"].isChecked()


def test_kinds_are_checked_and_pasted(qtbot: Any) -> None:
    held = Held(qtbot, "chatkit", KINDS)
    click(held.control.adder)
    row = held.control.rows[0]
    paste(row.field, ".pdf, .docx; image/png")
    assert held.value == [".pdf", ".docx", "image/png"]
    QTest.keyClicks(held.control.rows[0].field, "!")
    assert "such as .pdf" in held.control.rows[0].note.text()
    assert held.value[0] == ".pdf"


def test_messages_have_several_lines(qtbot: Any) -> None:
    held = Held(qtbot, "n8n", MESSAGES)
    click(held.control.adder)
    first = held.control.rows[0].field
    QTest.keyClicks(first, "Hello")
    QTest.keyClick(first, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(first, "there")
    low = first.height()
    assert held.value == ["Hello\nthere"]
    QTest.keyClick(first, Qt.Key.Key_Return)
    QTest.keyClicks(held.control.rows[1].field, "How are you?")
    assert held.value == ["Hello\nthere", "How are you?"]
    held.control.rows[0].field.setPlainText("long " * 100)
    assert first.height() > low


def test_messages_are_sorted_with_the_keyboard(qtbot: Any) -> None:
    held = Held(qtbot, "n8n", MESSAGES, ["One", "Two"])
    field = held.control.rows[1].field
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert held.value == ["Two", "One"]


def test_the_offer_stands_still_while_its_row_is_asked_again(qtbot: Any) -> None:
    """Hiding it under the pointer would send the pointer into the row for ever."""
    held = Held(qtbot, "n8n", SITES, ["*.shop.example"])
    row = held.control.rows[0]
    watch = _Hides()
    row.offer.installEventFilter(watch)
    for _ in range(3):
        row.refresh_hint(["*.shop.example"])
    assert row.offer.isVisible()
    assert watch.count == 0
    row.refresh_hint(["*.shop.example", "shop.example"])
    assert watch.count == 1


class _Hides(QObject):
    """Counts how often what it watches is hidden."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Hide
        return False
