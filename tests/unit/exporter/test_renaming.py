"""What gets a short name, what keeps its own, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporter.bundling import bundle
from exporter.javascript import UnreadableScript
from exporter.renaming import renamed
from tests.unit.exporter.test_bundle import evaluated, write

if TYPE_CHECKING:
    from pathlib import Path


def test_names_get_short_and_strings_stay() -> None:
    source = "const something = 'something', other = { something };"
    assert renamed(source) == "const E = 'something', T = { something:E };"


@pytest.mark.parametrize(
    ("source", "small"),
    [
        ("function first(one) { return e + one }", "function E(t) { return e + t }"),
        ("function first(one) { return E + one }", "function T(e) { return E + e }"),
        ("const open = 1; { open; close(open) }", "const E = 1; { E; close(E) }"),
    ],
)
def test_a_name_of_the_page_s_own_is_never_taken(source: str, small: str) -> None:
    assert renamed(source) == small


@pytest.mark.parametrize(
    ("source", "small"),
    [
        ("const a1 = (b1) => b1, b1 = 2;", "const E = (e) => e, T = 2;"),
        ("a = (one) => { let two = 1 };", "a = (e) => { let t = 1 };"),
        ("a = b ? (one) => one : one;", "a = b ? (e) => e : one;"),
        ("a = (one) => one ?? two;", "a = (e) => e ?? two;"),
        (
            "function f1(a1) { for (const a1 of a1.b) a1(); return a1 }",
            "function E(e) { for (const e of e.b) e(); return e }",
        ),
        (
            "const x1 = 1; { for (const x1 of []) x1(); x1(); }",
            "const E = 1; { for (const E of []) E(); E(); }",
        ),
        ("{ let one = 1; { let two = one } }", "{ let e = 1; { let t = e } }"),
        ("{ let one = 1; { let two = 2 } }", "{ let e = 1; { let e = 2 } }"),
        ("try {} catch (one) { let two }", "try {} catch (e) { let t }"),
        ("a = `${(one) => `${one}`}${one}`;", "a = `${(e) => `${e}`}${one}`;"),
    ],
)
def test_a_name_counts_where_it_is_declared(source: str, small: str) -> None:
    assert renamed(source) == small


@pytest.mark.parametrize(
    "source",
    ["var a = 1", "class A { b = 1 }", "switch (1) {}", "with (a) {}"],
)
def test_refuses_what_it_cannot_tell_apart(source: str) -> None:
    with pytest.raises(UnreadableScript):
        renamed(source)


def test_is_the_same_every_time() -> None:
    names = " ".join(f"const name{n} = {n};" for n in range(3000))
    again = renamed(names)
    assert again == renamed(names)
    values = "".join(again.split("const ")).replace(" ", "").split(";")[:-1]
    assert len({one.partition("=")[0] for one in values}) == 3000


@pytest.mark.usefixtures("qapp")  # a JavaScript engine needs one
def test_a_bundle_keeps_what_it_exports(tmp_path: Path) -> None:
    source = "const hidden = 40;\nexport const shown = (config) => config + hidden;"
    code = bundle(write(tmp_path, chat=source)).files["chat.js"].decode()
    assert "hidden" not in code
    body, _, exports = code.partition("export{")
    assert exports == "shown};"
    assert evaluated(f"(function(){{{body};return shown(2)}})()") == 42
