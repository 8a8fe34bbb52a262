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
    assert renamed(source) == "const e = 'something', t = { something:e };"


def test_a_name_of_the_page_s_own_is_never_taken() -> None:
    source = "function first(e) { return t + e }"
    assert renamed(source).startswith("function n(e) { return t + e }")


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
