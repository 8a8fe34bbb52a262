"""The bundler: what it joins means the same; what it cannot join it refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtQml import QJSEngine

from exporter import bundling
from exporter.bundle import RuntimeBundles, forget_bundles, runtime_bundles
from exporter.bundling import bundle
from exporter.modules import BundleError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("qapp")  # a JavaScript engine needs one

LOADER = "export function start(config, host) { return config.n + host.n; }\n"


def write(root: Path, **modules: str) -> Path:
    for name, source in {"loader": LOADER, **modules}.items():
        path = root / f"{name.replace('__', '/')}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, "utf-8")
    return root


def built(root: Path, **modules: str) -> RuntimeBundles:
    return bundle(write(root, **modules))


def evaluated(code: str) -> object:
    engine = QJSEngine()  # its values live as long as it does
    value: Any = engine.evaluate(code)
    assert not value.isError(), value.toString()
    return value.toVariant()


def chat(root: Path, **modules: str) -> str:
    return built(root, **modules).files["chat.js"].decode()


def test_joins_in_dependency_order(tmp_path: Path) -> None:
    code = chat(
        tmp_path,
        chat='import { b } from "./b.js";\nexport const total = b + 1;',
        b='import {\n  one,\n  two,\n} from "./parts/c.js";\nexport const b = one+two',
        parts__c="export const one = 20;\nexport const two = 21;",
    )
    assert "import" not in code
    body, _, exports = code.partition("export{")
    assert exports == "total};"
    assert evaluated(f"(function(){{{body};return total}})()") == 42


def test_a_shared_part_stands_once(tmp_path: Path) -> None:
    code = chat(
        tmp_path,
        chat='import { a } from "./a.js"; import { b } from "./b.js";\n'
        "export const x = a + b;",
        a='import { c } from "./c.js"; export const a = c;',
        b='import { c } from "./c.js"; export const b = c;',
        c="export const c = 7;",
    )
    assert code.count("=7") == 1


def test_the_loader_is_a_function_of_config_and_host(tmp_path: Path) -> None:
    loader = built(tmp_path).loader
    assert evaluated(f"({loader})({{n: 40}}, {{n: 2}})") == 42


@pytest.mark.parametrize(
    "declaration",
    [
        "export function value() {}",
        "export async function value() {}",
        "export function* value() {}",
        "export class value {}",
        "export let value = 1;",
        "export const other = (a, b) => a, value = 2;",
        "const value = { a: 1, b: [2, 3] };\nexport { value };",
        "const value = 1\nexport { value, }\n",
    ],
)
def test_carries_over_every_kind_of_export(tmp_path: Path, declaration: str) -> None:
    code = chat(
        tmp_path,
        chat='import { value } from "./a.js"; export const x = value;',
        a=declaration,
    )
    assert "export" not in code.replace("export{x}", "")


@pytest.mark.parametrize(
    ("modules", "line"),
    [
        ({"chat": "\nimport a from './a.js';", "a": ""}, "chat.js:2:"),
        ({"chat": "import * as a from './a.js';", "a": ""}, "chat.js:1:"),
        ({"chat": "import './a.js';", "a": ""}, "chat.js:1:"),
        (
            {"chat": "import { b as c } from './a.js';", "a": "export const b = 1;"},
            "chat.js:1:",
        ),
        ({"chat": "import { b } from './a.js';", "a": "const b = 1;"}, "chat.js:1:"),
        ({"chat": "import { b } from './a.js';"}, "chat.js:1:"),
        ({"chat": "import { b } from 'lodash';"}, "chat.js:1:"),
        ({"chat": "import { b } from '../a.js';"}, "chat.js:1:"),
        ({"chat": "\n\nexport default 3;"}, "chat.js:3:"),
        ({"chat": "export * from './a.js';", "a": ""}, "chat.js:1:"),
        ({"chat": "export { b } from './a.js';", "a": ""}, "chat.js:1:"),
        ({"chat": "const b = 1; export { b as c };"}, "chat.js:1:"),
        ({"chat": "export { b };"}, "chat.js:1:"),
        ({"chat": "export const { b } = {};"}, "chat.js:1:"),
        ({"chat": "\nvar b = 1;"}, "chat.js:2:"),
        ({"chat": "const b = 1;\nfunction b() {}"}, "chat.js:2:"),
        (
            {
                "chat": "import { b } from './a.js';\nfunction c() {}",
                "a": "export const b = 1;\nconst c = 2;",
            },
            "chat.js:2:",
        ),
        (
            {
                "chat": "import { b } from './a.js';",
                "a": "import { c } from './chat.js'; export const b = 1;",
            },
            "a.js:1:",
        ),
        (
            {
                "chat": "import { b } from './a.js';\nstop();",
                "a": "export const b = 1;\nfunction stop() {}",
            },
            "a.js:2:",
        ),
        ({"chat": "const a = `x ${ 1 `;"}, "chat.js:1:"),
        ({"chat": "const a = 'x\n';"}, "chat.js:1:"),
        ({"chat": "\nconst a = (/[/;"}, "chat.js:2:"),
    ],
)
def test_refuses_with_file_and_line(
    tmp_path: Path, modules: dict[str, str], line: str
) -> None:
    with pytest.raises(BundleError, match=rf"^{line}"):
        built(tmp_path, **modules)


@pytest.mark.parametrize(
    "loader",
    [
        "function start() {}",
        "export const a = 1, b = 2;",
        "const host = 1; export function start() {}",
    ],
)
def test_refuses_a_loader_without_one_function(tmp_path: Path, loader: str) -> None:
    with pytest.raises(BundleError, match="loader"):
        built(tmp_path, loader=loader)


def test_refuses_a_folder_without_a_loader(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="loader"):
        bundle(tmp_path)


def test_a_name_in_a_string_is_no_declaration(tmp_path: Path) -> None:
    text = r"""
    const text = "const text = 1; export { nothing }; import x";
    const more = `const text = ${ `nested } ${ "}" } const text` } // not a comment`;
    const slash = /[/"'`]+ const text/g;
    const half = more.length / 2 / 1;
    // const text = 1;
    /* export default 1; */
    function inner() { const text = 2; const inner = { const: 1, export: 2 }; }
    export { text, more };
    """
    body, _, _ = chat(tmp_path, chat=text).partition("export{")
    assert evaluated(f"(function(){{{body};return more}})()") == (
        "const text = nested } } const text // not a comment"
    )


def test_minifying_keeps_every_blank_in_a_template(tmp_path: Path) -> None:
    source = "export const a = `x  //  y ${ [1].map((n) => `  ${n}  '`).join() }\n  z`;"
    body, _, _ = chat(tmp_path, chat=source).partition("export{")
    expected = "x  //  y   1  '\n  z"
    assert evaluated(f"(function(){{{body};return a}})()") == expected


def test_style_sheets_get_smaller_and_mean_the_same(tmp_path: Path) -> None:
    css = """
      /* said once */
      .vt-a  >  .vt-b , .c :hover {  color : red ;  content: "a  { b" ; }
      @media (min-width: 10px)  and  (hover) { .d { margin: 0 calc(1px + 2px) } }
    """
    code = chat(tmp_path, chat=f"export const A_CSS = `{css}`;")
    assert (
        '`.vt-a > .vt-b,.c :hover{color : red;content: "a  { b";}'
        "@media (min-width: 10px) and (hover){.d{margin: 0 calc(1px + 2px)}}`"
    ) in code


def test_the_hash_covers_every_bundle_and_the_loader(tmp_path: Path) -> None:
    first = built(tmp_path, chat="export const a = 1;")
    assert built(tmp_path, chat="export const a = 1; // again").hash == first.hash
    assert built(tmp_path, chat="export const a = 2;").hash != first.hash
    loader = LOADER.replace("+", "-")
    assert built(tmp_path, loader=loader, chat="export const a = 1;").hash != first.hash


def test_addresses_carry_the_hash(tmp_path: Path) -> None:
    result = built(tmp_path, chat="", locales__de="export const DE = {};")
    assert result.addresses() == {
        "chat": f"runtime/{result.hash}/chat.js",
        "locales/de": f"runtime/{result.hash}/locales/de.js",
    }
    assert set(result.sri) == {"chat.js", "locales/de.js"}
    assert all(value.startswith("sha384-") for value in result.sri.values())


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Path]:
    forget_bundles()
    yield tmp_path / "bundles.json"
    forget_bundles()


def test_what_an_earlier_run_made_is_taken(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = runtime_bundles(kept)
    assert {"chat.js", "chatkit.js", "scenario.js"} <= set(made.files)
    forget_bundles()
    monkeypatch.setattr(bundling, "bundle", None)
    assert runtime_bundles(kept) == made


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b"\xff", b'{"stamp": []}', b'{"stamp": null}']
)
def test_a_damaged_file_of_bundles_costs_only_time(kept: Path, content: bytes) -> None:
    kept.write_bytes(content)
    made = runtime_bundles(kept)
    assert made.files
    assert json.loads(kept.read_bytes())["hash"] == made.hash


def test_bundles_of_other_sources_are_made_anew(kept: Path) -> None:
    made = runtime_bundles(kept)
    raw = json.loads(kept.read_bytes())
    raw["stamp"][0][1] += 1
    raw["hash"] = "0" * 16
    kept.write_text(json.dumps(raw))
    forget_bundles()
    assert runtime_bundles(kept) == made


def test_a_folder_that_cannot_be_written_costs_only_time(kept: Path) -> None:
    assert runtime_bundles(kept.parent / "missing" / "bundles.json").files


@pytest.mark.usefixtures("kept")  # and nothing is known of earlier tests
def test_the_usual_place_is_the_users_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made = runtime_bundles()
    monkeypatch.setattr(bundling, "bundle", None)  # asked again, it would fail
    forget_bundles()
    assert runtime_bundles() == made


@pytest.mark.usefixtures("kept")
def test_no_cache_costs_only_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("a file in its place")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert runtime_bundles().files
