"""Objects in scripts are read, never run."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.javascript import UnreadableScript
from exporter.literals import COMPUTED, object_at

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False, width=32)
    | st.text(st.characters(codec="utf-8"), max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=5), inner)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=5), values))
def test_json_is_a_literal(value: dict[str, Any]) -> None:
    assert object_at(json.dumps(value), 0) == value
    assert object_at(json.dumps(value, indent=2) + ");more(", 0) == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("{}", {}),
        ("{a: 1, 'b': 2, \"c\": 3, 4: 5,}", {"a": 1, "b": 2, "c": 3, "4": 5}),
        ("{a: -1.5, b: .5, c: 0x10, d: 1e3}", {"a": -1.5, "b": 0.5, "c": 16, "d": 1e3}),
        (
            "{a: !0, b: !1, c: null, d: undefined}",
            {"a": True, "b": False, "c": None, "d": None},
        ),
        (r"{a: 'it\'s \u0041\x42\u{1F600}\n'}", {"a": "it's AB😀\n"}),
        ("{a: `two\nlines`}", {"a": "two\nlines"}),
        ("{a: [1, [2], {b: 3},],}", {"a": [1, [2], {"b": 3}]}),
        ("{/* x */ a: 1, // y\n b: 2}", {"a": 1, "b": 2}),
        ("{a: {}, b: []}", {"a": {}, "b": []}),
    ],
)
def test_what_people_write_is_read(source: str, value: Any) -> None:
    assert object_at(source, 0) == value


@pytest.mark.parametrize(
    "value",
    [
        "name",
        "call(1, {x: 2})",
        "() => ({x: 1})",
        "(a, b) => { return [1, 2] }",
        "function () { return '}' }",
        "async (a) => { await b }",
        "'a' + 'b'",
        "`a ${b}`",
        "1 + 2",
        "a ? b : c",
        "new URL('x')",
        "[1][0]",
        "{x: 1}.x",
        "-name",
        "/re[}]gex/",
    ],
)
def test_what_only_running_gives_is_computed(value: str) -> None:
    assert object_at(f"{{a: {value}, b: 2}}", 0) == {"a": COMPUTED, "b": 2}


@pytest.mark.parametrize(
    "member",
    ["a", "a() { return 1 }", "async a(x) {}", "get a() { return {} }"],
)
def test_methods_and_shorthands_are_computed(member: str) -> None:
    assert object_at(f"{{{member}, b: 2}}", 0) == {"a": COMPUTED, "b": 2}


@pytest.mark.parametrize("member", ["...rest", "[name]: 1"])
def test_what_has_no_name_is_passed_over(member: str) -> None:
    assert object_at(f"{{{member}, b: 2}}", 0)["b"] == 2


@pytest.mark.parametrize(
    "source",
    [
        "",
        "{",
        "{a",
        "{a:",
        "{a: 1",
        "{a: [1",
        "{a: (1",
        "{a: 'x",
        "{a: `x",
        "1",
        "[1]",
        "{a:" * 5000,
        "{a:[" + "[" * 5000,
        "{a: " + "(" * 5000,
    ],
    ids=lambda source: source[:12],
)
def test_what_is_cut_off_is_refused(source: str) -> None:
    with pytest.raises(UnreadableScript):
        object_at(source, 0)


@given(st.text("{}[]():,'\"`abc1 \n\\/.$!-=>", max_size=60))
def test_any_text_ends(text: str) -> None:
    try:
        found = object_at("{" + text, 0)
    except UnreadableScript:
        return
    assert isinstance(found, dict)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("{a: 'x' as const, b: {c: 1} satisfies Options}", {"a": "x", "b": {"c": 1}}),
        ("{a: 'x'\n b: 2}", {"a": "x", "b": 2}),
        ("{a: NAME, b: OTHER}; const NAME: string = 'x'", {"a": "x", "b": COMPUTED}),
        ("{greeting}; let greeting = `hi`\nrun()", {"greeting": "hi"}),
        (
            "{a: LIST}; export const LIST: Item[] = [{b: TEXT}]; var TEXT = 'x';",
            {"a": [{"b": "x"}]},
        ),
        ("{a: TWICE}; const TWICE = 1; const TWICE = 2;", {"a": COMPUTED}),
        ("{a: SUM}; const SUM = 'a' + 'b';", {"a": COMPUTED}),
        ("{a: ROUND}; const ROUND = {b: ROUND};", {"a": {"b": COMPUTED}}),
        ("{a: e}; var e = 'short names are used over and over'", {"a": COMPUTED}),
        ("{a: new Thing(), b: 1}", {"a": COMPUTED, "b": 1}),
        ("{a: NAME.length}; const NAME = 'x';", {"a": COMPUTED}),
    ],
)
def test_types_constants_and_forgotten_commas(source: str, value: Any) -> None:
    assert object_at(source, 0) == value
