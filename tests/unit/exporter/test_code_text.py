"""Values as source code: what the language reads back is what was written."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.code_text import JAVASCRIPT, PHP, PYTHON, Expression, js_text, written
from tests.unit.exporter.test_snippets import HOSTILE

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    texts,
    st.sampled_from(HOSTILE),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(texts, st.just("__proto__")), inner, max_size=4),
    ),
    max_leaves=12,
)
EVERY_LETTER = "".join(
    map(chr, [*range(1, 0x250), *range(0x600, 0x620), *range(0x2000, 0x2070)])
)


@settings(deadline=None)
@given(values)
def test_python_reads_what_was_written(value: Any) -> None:
    assert ast.literal_eval(written(value, PYTHON)) == value


@given(texts)
def test_no_text_ends_a_script_or_opens_brackets(text: str) -> None:
    for code in (js_text(text), written(text, PHP)):
        assert not set("<>`\u202e\u2066\u2028") & set(code)
    assert "{" not in js_text(text)
    assert "${" not in written(text, PHP)


def test_what_is_wide_is_laid_out_and_what_is_short_stays_in_a_line() -> None:
    assert written({"a": 1, "b-c": [True, None]}) == '{ a: 1, "b-c": [true, null] }'
    wide = {"list": ["x" * 40, "y" * 40], "run": Expression("() => {\n  go();\n}")}
    assert written(wide) == (
        "{\n  list: [\n    "
        + json.dumps("x" * 40)
        + ",\n    "
        + json.dumps("y" * 40)
        + ",\n  ],\n  run: () => {\n    go();\n  },\n}"
    )


@pytest.mark.skipif(not shutil.which("node"), reason="no Node.js here")
@settings(deadline=None, max_examples=8)
@given(st.lists(values, max_size=40))
def test_node_reads_what_was_written(several: list[Any]) -> None:
    several = [*several, *HOSTILE, EVERY_LETTER]
    code = f"console.log(JSON.stringify({written(several, JAVASCRIPT)}))"
    assert json.loads(run("node", "-e", code)) == several


@pytest.mark.skipif(not shutil.which("php"), reason="no PHP here")
@settings(deadline=None, max_examples=8)
@given(st.lists(texts, max_size=60))
def test_php_reads_what_was_written(several: list[str]) -> None:
    several = [*several, *HOSTILE, EVERY_LETTER]
    code = f"echo json_encode({written(several, PHP)});"
    assert json.loads(run("php", "-r", code)) == several


def run(*command: str) -> str:
    return subprocess.run(
        [part.replace("\0", "\\0") for part in command],
        capture_output=True,
        check=True,
        timeout=20,
        text=True,
        encoding="utf-8",
    ).stdout
