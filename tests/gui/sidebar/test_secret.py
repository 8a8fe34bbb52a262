"""A secret by hand: kept, replaced, forgotten; never shown."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from desktop.blackout import Blackout
from desktop.errors import KeychainError
from desktop.sidebar.controls.secret import SecretField
from desktop.store.keychain import Vault
from exporter.contract.provider import SecretSpec
from tests.gui.sidebar.hold import click, paste

KEY = "abcdefghijklmnop"
SPEC = SecretSpec("api_key", "API key", "From the platform.", "sk-…", "sk-")
SECRET = "sk-proj-0123456789abcdef1a2b"


class Chain:
    """A keychain in memory that can be locked."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.locked:
            raise OSError("locked")
        del self.kept[service, username]


@pytest.fixture
def chain() -> Chain:
    return Chain()


@pytest.fixture
def make(qtbot: Any, chain: Chain) -> Any:
    def _make(find: Any = None, kept: str = "") -> SecretField:
        vault = Vault(Blackout(), find or (lambda: chain))
        if kept:
            vault.write(KEY, SPEC.name, kept)
        field = SecretField(SPEC, vault, KEY)
        qtbot.addWidget(field)
        field.resize(300, 120)
        with qtbot.waitActive(field):
            field.show()
            field.activateWindow()
        return field

    return _make


def _words(field: SecretField) -> str:
    labels = [label.text() for label in field.findChildren(QLabel)]
    edits = [edit.text() for edit in field.findChildren(QLineEdit)]
    spoken = [label.accessibleName() for label in field.findChildren(QLabel)]
    return " ".join([*labels, *edits, *spoken])


def test_a_pasted_secret_is_trimmed_kept_and_gone_from_sight(
    make: Any, chain: Chain, qtbot: Any
) -> None:
    field = make()
    with qtbot.waitSignal(field.secret_changed):
        paste(field.edit, f"  {SECRET}\n ")
        QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert list(chain.kept.values()) == [SECRET]
    assert field.hint == "•••• 1a2b"
    assert field.shown.isVisible()
    assert SECRET not in _words(field)
    assert SECRET[:8] not in _words(field)
    assert field.note.text() == ""


def test_nothing_can_be_copied_out_of_it(make: Any) -> None:
    field = make()
    QTest.keyClicks(field.edit, SECRET)
    QApplication.clipboard().setText("before")
    QTest.keySequence(field.edit, "Ctrl+A")
    QTest.keySequence(field.edit, "Ctrl+C")
    QTest.keySequence(field.edit, "Ctrl+X")
    assert QApplication.clipboard().text() == "before"
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    assert SECRET not in field.edit.displayText()


def test_an_unusual_one_is_kept_with_a_friendly_word(make: Any, chain: Chain) -> None:
    field = make()
    paste(field.edit, "pk-something-else-0000")
    click(field.saver)
    assert list(chain.kept.values()) == ["pk-something-else-0000"]
    assert "usually starts with “sk-”" in field.note.text()


def test_replacing_can_be_called_off(make: Any, chain: Chain) -> None:
    field = make(kept=SECRET)
    click(field.replacer)
    assert field.edit.hasFocus()
    QTest.keyClicks(field.edit, "sk-other")
    QTest.keyClick(field.edit, Qt.Key.Key_Escape)
    assert field.hint == "•••• 1a2b"
    assert field.edit.text() == ""
    assert list(chain.kept.values()) == [SECRET]
    click(field.replacer)
    QTest.keyClicks(field.edit, "sk-other-0123456789")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert list(chain.kept.values()) == ["sk-other-0123456789"]


def test_forgetting_asks_first(make: Any, chain: Chain) -> None:
    field = make(kept=SECRET)
    click(field.forgetter)
    assert chain.kept
    assert field.keeper.hasFocus()
    click(field.keeper)
    assert chain.kept
    click(field.forgetter)
    click(field.confirmer)
    assert not chain.kept
    assert field.hint is None
    assert field.edit.isVisible()


def test_a_keychain_that_refuses_is_said(make: Any, chain: Chain) -> None:
    field = make(kept=SECRET)
    chain.locked = True
    click(field.forgetter)
    click(field.confirmer)
    assert "The keychain refused" in field.note.text()
    assert "Unlock it" in field.note.text()


def test_without_a_keychain_it_says_how_long_it_keeps(make: Any) -> None:
    field = make(find=lambda: None)
    paste(field.edit, SECRET)
    click(field.saver)
    assert field.hint == "•••• 1a2b"
    assert "kept in memory until Vitrine closes" in field.place.text()


def test_nothing_is_asked_before_it_shows(chain: Chain, qtbot: Any) -> None:
    asked: list[str] = []

    class Asked:
        note = "Kept."

        def hint(self, key: str, name: str) -> str | None:
            asked.append(name)
            raise KeychainError("The keychain refused.", "Unlock it.")

        def write(self, key: str, name: str, secret: str) -> None:
            raise AssertionError

        forget = hint

    field = SecretField(SPEC, Asked(), KEY)
    qtbot.addWidget(field)
    assert asked == []
    field.show()
    assert asked == ["api_key"]
    assert "The keychain refused" in field.note.text()
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.edit.isVisible()
