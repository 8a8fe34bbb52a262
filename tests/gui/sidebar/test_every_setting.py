"""Every setting of every provider: control → document → control, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QWidget

from desktop.document import Document
from desktop.sidebar.controls.kinds import KINDS, control_class
from desktop.sidebar.row import Row
from exporter.contract.setting import CONTROLS
from exporter.contract.specs import settings_of
from exporter.providers.registry import provider, providers
from tests.gui.sidebar.drive import another, drive

if TYPE_CHECKING:
    from exporter.contract.widget import Widget

SETTINGS = [
    (each.name, path) for each in providers() for path in settings_of(each.widget)
]
EVERY = pytest.mark.parametrize(
    ("name", "path"), SETTINGS, ids=[f"{name}-{path}" for name, path in SETTINGS]
)


def _widget(name: str) -> Widget:
    return provider(name).widget(provider=name, key="abcdefghijklmnop")


@pytest.fixture
def make(qtbot: Any) -> Any:
    def _make(name: str, path: str) -> tuple[Document, Row]:
        document = Document(_widget(name))
        row = Row(document.specs[path], document)
        document.changed.connect(
            lambda change: row.refresh() if path in change.paths else None
        )
        row.resize(320, row.sizeHint().height())
        qtbot.addWidget(row)
        row.show()
        return document, row

    return _make


def test_every_kind_has_a_control() -> None:
    assert set(KINDS) | {"secret"} == set(CONTROLS)
    for kind in KINDS:
        control_class(kind)


@EVERY
def test_what_is_set_by_hand_is_in_the_document(
    make: Any, name: str, path: str
) -> None:
    document, row = make(name, path)
    value = another(row.spec, document.widget)
    if not drive(row.control, value):
        # The list and table controls have tests of their own for each gesture.
        row.control.set_value(value)
        row.control.commit(value)
    assert document.value(path) == value
    assert type(document.value(path)) is type(value)
    row.control.end()
    assert row.control.value() == value
    assert not row.control.error
    while document.can_undo:
        document.undo()
    assert document.value(path) == row.spec.default
    assert row.control.value() == row.spec.default


@EVERY
def test_what_is_in_the_document_shows_without_an_echo(
    make: Any, qtbot: Any, name: str, path: str
) -> None:
    document, row = make(name, path)
    value = another(row.spec, document.widget)
    assert row.control.value() == row.spec.default
    heard: list[Any] = []
    row.control.value_changed.connect(heard.append)
    assert document.set(path, value) == ()
    assert row.control.value() == value
    document.undo()
    assert row.control.value() == row.spec.default
    assert not heard
    assert not document.can_undo


SIMPLE = {"choice", "color", "number", "segmented", "slider", "switch", "text"}


@EVERY
def test_it_shows_its_default_from_the_start(make: Any, name: str, path: str) -> None:
    _, row = make(name, path)
    if row.spec.control in SIMPLE:
        words = _words(row)
        row.control.show_value(another(row.spec, _widget(name)))
        assert _words(row) != words
        row.control.show_value(row.spec.default)
        assert _words(row) == words


def _words(row: Row) -> list[Any]:
    """What the control's parts say and where they stand."""
    return [
        (part.property("text"), part.property("checked"), part.property("value"))
        for part in row.control.findChildren(QWidget)
    ]


@EVERY
def test_it_has_a_name_and_takes_the_focus(make: Any, name: str, path: str) -> None:
    _, row = make(name, path)
    target = row.control.focusProxy() or row.control
    names = f"{row.control.accessibleName()} {target.accessibleName()}"
    assert row.spec.title in names
    if row.spec.help:
        words = row.control.accessibleDescription() + target.accessibleDescription()
        assert row.spec.help in words
    row.control.setFocus()
    assert row.isAncestorOf(row.window().focusWidget())
