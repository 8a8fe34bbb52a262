"""The per-widget script: hostile texts arrive as they were, and nothing escapes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtQml import QJSEngine

from exporter.bundle import RuntimeBundles
from exporter.script import (
    disabled_script,
    lean,
    script_json,
    script_literal,
    widget_script,
)

pytestmark = pytest.mark.usefixtures("qapp")  # a JavaScript engine needs one

NASTY = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]>",
    "'\"`${1}\\",
    "\u2028\u2029",
    "\ud800",
    "__proto__",
    "\x00\x1f\x7f",
    "😀é",
]
texts = st.one_of(st.sampled_from(NASTY), st.text(), st.characters())
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=12,
)
# Qt would lose lone surrogates on the way out: everything leaves as ASCII.
SHOW = r"""
var seen = "";
function show(value) {
  seen += JSON.stringify(value).replace(/[^ -~]/g, function (letter) {
    return "\\u" + ("000" + letter.charCodeAt(0).toString(16)).slice(-4);
  });
}
"""
ECHO = RuntimeBundles("0" * 16, "function(config,host){show([config,host])}", {})


def run(code: str) -> QJSEngine:
    engine = QJSEngine()
    engine.evaluate(SHOW)
    result: Any = engine.evaluate(code)
    assert not result.isError(), result.toString()
    return engine


def seen(engine: QJSEngine) -> str:
    found: Any = engine.evaluate("seen")
    return str(found.toString())


@given(values, values)
def test_an_engine_reads_back_what_was_put_in(config: object, host: object) -> None:
    script = widget_script({"v": config}, {"v": host}, ECHO)
    script.encode()
    assert json.loads(seen(run(script))) == [{"v": config}, {"v": host}]


@given(values)
def test_nothing_in_it_ends_a_script_element(value: object) -> None:
    for text in (script_json(value), script_literal(value)):
        assert not set(text) & set("<>&\u2028\u2029")
        assert not any("\ud800" <= letter <= "\udfff" for letter in text)


def test_names_stand_bare_where_they_can() -> None:
    value = {"a_b": [{"C": None}], "d-e": "f", "1": {"": True}}
    assert script_literal(value) == '{a_b:[{C:null}],"d-e":"f","1":{"":true}}'


@pytest.mark.parametrize("text", NASTY)
def test_keys_survive_too(text: str) -> None:
    script = widget_script({text: {text: text}}, {}, ECHO)
    assert json.loads(seen(run(script))) == [{text: {text: text}}, {}]


def test_a_throwing_loader_stays_silent() -> None:
    bundles = RuntimeBundles("0" * 16, "function(config,host){throw 1}", {})
    code = "var console = {error: function(a, b) { show(a + b) }};"
    assert seen(run(code + widget_script({}, {}, bundles))) == '"Vitrine:1"'


@given(texts)
def test_a_disabled_script_only_says_so(reason: str) -> None:
    code = "var console = {info: function(a) { show(a) }};"
    assert json.loads(seen(run(code + disabled_script(reason)))) == (
        f"Vitrine: {reason}"
    )


def test_what_is_off_is_left_out_where_nobody_patches() -> None:
    off = {"enabled": False, "delay": 3}
    config = {
        "teaser": off,
        "deep": {"er": off},
        "list": [off],
        "on": {"enabled": True},
    }
    host = {"runtime": {"chat": "r/chat.js", "sound": "r/sound.js"}}
    assert lean(config) == {
        "teaser": {"enabled": False},
        "deep": {"er": {"enabled": False}},
        "list": [off],
        "on": {"enabled": True},
    }
    for kind, names in (("hosted", ["chat"]), ("preview", ["chat", "sound"])):
        given, place = json.loads(
            seen(run(widget_script(config, {**host, "kind": kind}, ECHO)))
        )
        assert (given == config) is (kind == "preview")
        assert list(place["runtime"]) == names
