"""Whatever people write, every target's code keeps its shape and their words whole.

Code is read by real parsers: parse5, TypeScript, postcss, and the compilers of Vue,
Svelte and Astro, which `scripts/setup --tests` installs; Python and PHP by themselves.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from exporter.editing import with_values
from exporter.providers.registry import provider
from exporter.snippets import snippet, spoken_name, targets
from tests.unit.exporter.test_snippets import HOST, HOSTILE, KEY

if TYPE_CHECKING:
    from exporter.contract.widget import Widget

HERE = Path(__file__).parents[2]
MODULES = HERE / "npm" / "node_modules"
READER = HERE / "npm" / "read_code.mjs"
PIECES = (
    *("</script>", "</style>", "<!--", "-->", "<b>", "]]>", "{{ 1 }}", "{% x %}"),
    *("${1}", "#{x}", "<%= x %>", "<?php ?>", "?>", "*/", "/*", "//", "{", "}"),
    *("`", "'", '"', "\\", "\\n", "\\u0041", "%s", "$a", "@x", "&amp;", "&#60;"),
    *("=== A", "---", "\u202e", "\u2066", "\u2069", "\u200f", "é", "אב"),
    *("😀", "👩\u200d👩\u200d👧", " ", "a"),
)
words = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join)
ENDINGS = {"session.py": "python", "session.mjs": "javascript", "session.php": "php"}
TITLES = {"chat.css": "css", "npm": "text", "As plain text": "text"}
PHP_READER = """
$told = [];
foreach (json_decode(stream_get_contents(STDIN)) as $code) {
    $shape = []; $texts = [];
    foreach (token_get_all($code) as $token) {
        $kind = is_array($token) ? token_name($token[0]) : $token;
        if ($kind !== 'T_WHITESPACE' && $kind !== ',') $shape[] = $kind;
        if (is_array($token) && $token[0] === T_CONSTANT_ENCAPSED_STRING) {
            $texts[] = eval("return $token[1];");
        }
    }
    $told[] = [implode(' ', $shape), $texts];
}
echo json_encode($told);
"""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("node"), reason="no Node.js here"),
    pytest.mark.skipif(
        not (MODULES / "parse5").is_dir(), reason="tests/npm is not installed"
    ),
]


def with_words(text: str, name: str) -> Widget:
    """A widget of that provider which says the text wherever code carries words."""
    own: dict[str, dict[str, Any]] = {
        "n8n": {
            "connection.webhook_url": "https://n8n.example/webhook/1/chat",
            "connection.metadata": {"plan": text},
            "start_screen.initial_messages": [text],
            "header.subtitle": text,
        },
        "chatkit": {
            "connection.workflow_id": "wf_1",
            "connection.state_variables": {"plan": text},
            "start_screen.prompts": [{"label": text, "prompt": text}],
        },
    }
    everywhere: dict[str, Any] = {
        "behavior.frame_title": text,
        "header.title.text": text,
        "start_screen.greeting": text,
        "composer.placeholder": text,
        "composer.disclaimer.text": text,
        "domains": ["shop.example"],
    }
    made = provider(name).widget(provider=name, key=KEY)
    return with_values(made, {**everywhere, **own[name]})


def pieces_of_code(one: Widget) -> list[tuple[str, str, str]]:
    """(where, language, code) of all targets and modes, and of their alternatives."""
    found = []
    for target in targets():
        for mode in target.modes if target.fits(one) else ():
            made = snippet(one, HOST, target=target.name, mode=mode)
            where, language = f"{target.name} {mode}", made.language
            if made.code.startswith("https://"):
                language = "text"
            found.append((where, language, made.code))
            for title, code in made.alternatives:
                name = title.split(" (")[0]
                kind = {**ENDINGS, **TITLES}.get(name, "html")
                kind = "php" if title == "functions.php" else kind
                full = "<?php\n" + code if title == "functions.php" else code
                found.append((f"{where} {title}", kind, full))
    return found


def read(codes: list[tuple[str, str, str]]) -> list[tuple[str, list[str]]]:
    """The shape and the texts of each, as its own tools see them."""
    told: dict[int, tuple[str, list[str]]] = {}
    for number, (_, language, code) in enumerate(codes):
        if language == "python":
            nodes = list(ast.walk(ast.parse(code)))
            texts = [str(n.value) for n in nodes if isinstance(n, ast.Constant)]
            told[number] = (" ".join(type(n).__name__ for n in nodes), texts)
        elif language == "css":
            told[number] = (str(code.count("{")), [])
    php = [n for n, one in enumerate(codes) if one[1] == "php"]
    told |= _numbered(php, tool(["php", "-r", PHP_READER], [codes[n][2] for n in php]))
    rest = [n for n in range(len(codes)) if n not in told]
    told |= _numbered(rest, tool(["node", str(READER)], [codes[n][1:] for n in rest]))
    return [told[n] for n in range(len(codes))]


def _numbered(numbers: list[int], found: Any) -> dict[int, Any]:
    return dict(zip(numbers, found, strict=True))


def tool(command: list[str], given: Any) -> Any:
    done = subprocess.run(
        command,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0, (done.stderr + done.stdout)[-3000:]
    return json.loads(done.stdout)


def check(several: list[str], name: str) -> None:
    calm_codes = pieces_of_code(with_words("calm", name))
    batches = [pieces_of_code(with_words(text, name)) for text in several]
    everything = read([*calm_codes, *(code for batch in batches for code in batch)])
    size = len(calm_codes)
    calm = everything[:size]
    for number, text in enumerate(several, 1):
        found = everything[number * size : (number + 1) * size]
        for code, (shape, texts), (was, calm_texts) in zip(
            batches[number - 1], found, calm, strict=True
        ):
            assert shape == was, (code[0], text, code[2])
            for here, there in zip(texts, calm_texts, strict=True):
                if there == "calm":
                    assert here == text, (code[0], code[2])


@pytest.mark.parametrize("name", ["n8n", "chatkit"])
def test_hostile_words_stay_words(name: str) -> None:
    check(list(HOSTILE), name)


@pytest.mark.parametrize("name", ["n8n", "chatkit"])
@settings(
    deadline=None,
    max_examples=1,
    phases=[Phase.generate],  # every example starts the tools anew
    suppress_health_check=list(HealthCheck),
)
@given(several=st.lists(words, min_size=6, max_size=12))
def test_any_words_stay_words(name: str, several: list[str]) -> None:
    said = [spoken_name(with_words(text, name)) for text in several]
    check([text for text in said if text.strip()], name)


@pytest.mark.parametrize("name", ["n8n", "chatkit"])
def test_words_are_looked_for_in_every_kind_of_code(name: str) -> None:
    codes = pieces_of_code(with_words("calm", name))
    told = zip(codes, read(codes), strict=True)
    kinds = {one[1] for one, (_, texts) in told if "calm" in texts}
    own = {"n8n": {"javascript"}, "chatkit": {"python", "php", "javascript"}}
    assert kinds == {"html", "jsx", "vue", "svelte", "typescript", "astro"} | own[name]
