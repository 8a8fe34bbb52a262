"""The open widget: what is set is there, what is undone is as it was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.document import Change, Document, changed_widget
from exporter.contract.errors import InvalidWidget, UnknownProvider
from exporter.contract.specs import settings_of
from exporter.editing import get_value, with_values
from exporter.files import write_widget
from exporter.providers.registry import provider, provider_names, providers

KEY = "abcdefghijklmnop"
ACCENT = "theme.accent.primary"
HUE = "theme.grayscale.hue"


@pytest.fixture
def document(qapp: Any) -> Document:
    return Document(provider("n8n").widget(provider="n8n", key=KEY))


@pytest.fixture
def heard(document: Document) -> list[Change]:
    changes: list[Change] = []
    document.changed.connect(changes.append)
    return changes


def test_set_changes_and_says_so_once(document: Document, heard: list[Change]) -> None:
    assert document.set(ACCENT, "#FF0000") == ()
    assert document.value(ACCENT) == "#ff0000"
    assert heard == [Change((ACCENT,), "set")]
    assert document.undo_text == "Change “Colour”"


def test_a_refused_value_changes_nothing(
    document: Document, heard: list[Change]
) -> None:
    before = write_widget(document.widget)
    findings = document.set(ACCENT, "no colour")
    assert [finding.path for finding in findings] == [ACCENT]
    assert write_widget(document.widget) == before
    assert not heard
    assert not document.can_undo


def test_an_unknown_path_is_a_finding(document: Document) -> None:
    assert document.set("theme.nothing", 1)[0].rule == "extra_forbidden"


@pytest.mark.parametrize("same", ["#0ea5e9", "#0EA5E9", "#0ea5e9ff"])
def test_what_is_there_already_is_no_step(
    document: Document, heard: list[Change], same: str
) -> None:
    assert document.set(ACCENT, same) == ()
    assert not heard
    assert not document.can_undo


def test_one_is_not_true(document: Document) -> None:
    path = "connection.metadata"
    document.set(path, {"a": 1})
    document.set(path, {"a": True})
    assert document.value(path) == {"a": True}
    assert document.value(path)["a"] is True
    document.undo()
    assert document.value(path)["a"] is not True


def test_a_value_read_is_a_copy(document: Document) -> None:
    document.set("connection.metadata", {"a": "b"})
    document.value("connection.metadata")["a"] = "c"
    assert document.value("connection.metadata") == {"a": "b"}


def test_a_drag_is_one_step(document: Document, heard: list[Change]) -> None:
    for hue in range(100, 200):
        document.set(HUE, hue, merge="drag#1")
    assert len(heard) == 100
    document.undo()
    assert document.value(HUE) == 220
    assert not document.can_undo
    document.redo()
    assert document.value(HUE) == 199
    assert [change.kind for change in heard[100:]] == ["undo", "redo"]


def test_two_drags_are_two_steps(document: Document) -> None:
    document.set(HUE, 1, merge="drag#1")
    document.set(HUE, 2, merge="drag#2")
    document.undo()
    assert document.value(HUE) == 1


def test_a_drag_back_to_where_it_began_is_no_step(document: Document) -> None:
    for hue in (221, 230, 220):
        document.set(HUE, hue, merge="drag")
    assert not document.can_undo


def test_many_are_set_together_or_not_at_all(
    document: Document, heard: list[Change]
) -> None:
    assert document.set_many({ACCENT: "#000000", HUE: 999})
    assert document.is_default(ACCENT)
    assert document.set_many({ACCENT: "#000000", HUE: 9}) == ()
    assert heard == [Change((ACCENT, HUE), "set")]
    document.undo()
    assert document.is_default(ACCENT)
    assert document.is_default(HUE)


def test_a_section_is_reset_in_one_step(document: Document) -> None:
    document.set(ACCENT, "#000000")
    document.set(HUE, 9)
    document.set("header.subtitle", "stays")
    document.reset_section("theme")
    assert document.is_default(ACCENT)
    assert document.is_default(HUE)
    assert document.value("header.subtitle") == "stays"
    document.undo()
    assert document.value(HUE) == 9
    document.reset(HUE)
    assert document.is_default(HUE)


def test_switching_is_one_step(document: Document, heard: list[Change]) -> None:
    document.set("header.subtitle", "lost")
    before = write_widget(document.widget)
    switched = document.switch_provider("chatkit")
    assert switched.dropped == ("header.subtitle",)
    assert document.widget.provider == "chatkit"
    assert heard[-1] == Change((), "switch")
    document.undo()
    assert write_widget(document.widget) == before
    assert document.switch_provider("n8n").dropped == ()
    assert document.can_redo  # staying where one is took nothing away
    with pytest.raises(UnknownProvider):
        document.switch_provider("nobody")


def test_opening_forgets_the_history(
    qtbot: Any, document: Document, heard: list[Change]
) -> None:
    document.set(HUE, 1)
    other = provider("chatkit").widget(provider="chatkit", key=KEY)
    with qtbot.waitSignals([document.opened, document.history_changed]):
        document.open(other)
    assert document.widget is other
    assert heard[-1] == Change((), "open")
    assert not document.can_undo


def test_a_condition_needs_one_that_holds_itself(document: Document) -> None:
    path = "header.left_action.url"
    document.set("header.left_action.enabled", True)
    assert document.visible(path)
    document.set("header.enabled", False)
    assert not document.visible(path)
    document.set("layout.mode", "inline")
    document.set("launcher.icon", "custom")
    assert not document.visible("launcher.custom_icon")
    document.set("layout.mode", "popup")
    assert document.visible("launcher.custom_icon")


@pytest.mark.parametrize("name", provider_names())
def test_values_are_read_as_the_file_has_them(qapp: Any, name: str) -> None:
    for widget in provider(name).samples():
        document = Document(widget)
        for path in document.specs:
            assert document.value(path) == get_value(widget, path)
    with pytest.raises(KeyError):
        document.value("theme.nothing")


@pytest.mark.parametrize("name", provider_names())
def test_checking_the_touched_sections_is_checking_all(name: str) -> None:
    for widget in provider(name).samples():
        for path, spec in settings_of(type(widget)).items():
            whole = with_values(widget, {path: spec.default})
            assert write_widget(changed_widget(widget, {path: spec.default})) == (
                write_widget(whole)
            )
        for values in ({"theme.accent.primary": "x", "nobody": 1, "key": "short"},):
            with pytest.raises(InvalidWidget) as whole_error:
                with_values(widget, dict(values))
            with pytest.raises(InvalidWidget) as error:
                changed_widget(widget, values)
            assert error.value.findings == whole_error.value.findings


@pytest.mark.parametrize("name", provider_names())
def test_no_rule_spans_two_sections(name: str) -> None:
    rules = provider(name).widget.__pydantic_decorators__
    assert not rules.model_validators
    assert not rules.root_validators
    assert not rules.field_validators


def test_a_drag_waits_for_no_fonts(document: Document) -> None:
    source = "data:font/woff2;base64," + "A" * 2_000_000
    face = {"family": "Own", "src": source}
    assert document.set("typography.font_sources", [face] * 8) == ()
    fonts = document.widget.typography
    document.set(HUE, 7)
    assert document.widget.typography is fonts
    assert document.value(HUE) == 7


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("hue"), st.integers(-5, 400)),
        st.tuples(st.just("drag"), st.integers(0, 360)),
        st.tuples(st.just("accent"), st.sampled_from(["#fff", "#123456", "x", ""])),
        st.tuples(st.just("title"), st.text(max_size=8)),
        st.tuples(st.just("switch"), st.sampled_from(provider_names())),
        st.tuples(st.just("reset"), st.sampled_from(["theme", "header"])),
        st.tuples(st.just("undo"), st.none()),
        st.tuples(st.just("redo"), st.none()),
    ),
    max_size=24,
)


def _do(document: Document, step: tuple[str, Any]) -> None:
    name, value = step
    actions = {
        "hue": lambda: document.set(HUE, value),
        "drag": lambda: document.set(HUE, value, merge="drag"),
        "accent": lambda: document.set(ACCENT, value),
        "title": lambda: document.set("header.title.text", value),
        "switch": lambda: document.switch_provider(value),
        "reset": lambda: document.reset_section(value),
        "undo": document.undo,
        "redo": document.redo,
    }
    actions[name]()


@given(steps=STEPS, start=st.sampled_from([each.name for each in providers()]))
@settings(max_examples=60, deadline=None)
def test_undoing_everything_gives_the_same_bytes(
    qapp: Any, steps: list[tuple[str, Any]], start: str
) -> None:
    document = Document(provider(start).widget(provider=start, key=KEY))
    first = write_widget(document.widget)
    for step in steps:
        _do(document, step)
    last = write_widget(document.widget)
    undone = 0
    while document.can_redo:
        document.redo()
    end = write_widget(document.widget)
    while document.can_undo:
        document.undo()
        undone += 1
    assert write_widget(document.widget) == first
    for _ in range(undone):
        document.redo()
    assert write_widget(document.widget) == end
    assert steps or last == first
