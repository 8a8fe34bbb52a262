"""Markdown as the runtime builds it, in the engine it will run in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.gui.runtime_page import RuntimePage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

SPEC = Path(__file__).parents[2] / "node_modules" / "commonmark-spec" / "spec.txt"
FENCE = "`" * 32
# What we leave out on purpose: raw HTML is text, pictures come from https only,
LEFT_OUT = {"HTML blocks", "Raw HTML", "Images"}
# only the usual named entities are known, a link must lead somewhere we may follow,
UNLIKE = re.compile(
    r"<a href=\"(?:\"|(?!https?:|mailto:|[\\w%&#]*(?:[/.#?\"]|$)))|ClockwiseContour|<!--|<b[ >a]"
)
# and bare addresses are links, as on GitHub.
BARE = {
    "<foo\\+@bar",
    "< https:",
    "<https://foo.bar/baz bim",
    "https://example.com\n",
    "foo@bar.",
}

SERIALIZE = """
const { createMarkdown } = await load("markdown");
const VOID = new Set(["BR", "HR", "IMG", "INPUT"]);
const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
function html(node, tight) {
  if (node.nodeType === 3) return escape(node.data);
  const inner = (one) => [...one.childNodes].map((child) => html(child, isTight(one))).join("");
  const tag = node.tagName;
  if (tag === "DIV") return inner(node);
  if (tag === "P" && tight) return inner(node) + "\\n";
  let attributes = "";
  if (tag === "A") attributes = ` href="${escape(node.getAttribute("href"))}"`;
  if (node.title) attributes += ` title="${escape(node.title)}"`;
  if (tag === "SPAN") return inner(node);
  if (node.hasAttribute("start")) attributes = ` start="${node.start}"`;
  const name = tag.toLowerCase();
  if (VOID.has(tag)) return `<${name}${attributes} />`;
  return `<${name}${attributes}>${inner(node)}</${name}>`;
}
function isTight(node) {
  return node.tagName === "LI" && !node.parentElement.classList.contains("vt-loose");
}
globalThis.render = (text, cut) => {
  const root = document.createElement("div");
  const markdown = createMarkdown(root);
  if (!cut) markdown.append(text);
  else for (let at = 0; at < text.length; at += cut) markdown.append(text.slice(at, at + cut));
  markdown.finish();
  return html(root);
};
"""


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[RuntimePage]:
    page = RuntimePage(qtbot)
    page.open()
    page.run(SERIALIZE)
    yield page
    assert page.complaints == []
    page.close()


def _examples() -> list[dict[str, Any]]:
    text = SPEC.read_text(encoding="utf-8")
    found, section = [], ""
    pattern = re.compile(
        rf"^{FENCE} example\n(.*?)^\.\n(.*?)^{FENCE}$|^#{{1,6}} *([^\n]*)$", re.M | re.S
    )
    for match in pattern.finditer(text):
        if match[3] is not None:
            section = match[3]
        else:
            given, wanted = (match[part].replace("→", "\t") for part in (1, 2))
            found.append({"section": section, "given": given, "wanted": wanted})
    return found


def _applies(example: dict[str, Any]) -> bool:
    given, wanted = example["given"], example["wanted"]
    raw = re.search(r"<[a-z]+ [a-z]+=|<[a-z]+$", given)
    bare = any(given.startswith(start) for start in BARE)
    unlike = example["section"] in LEFT_OUT or UNLIKE.search(wanted) or raw or bare
    return not unlike and "<img" not in wanted


def _same(html: str) -> str:
    html = re.sub(r' class="[^"]*"', "", html)
    html = re.sub(
        r"\s*(</?(?:p|h\d|ul|ol|li|blockquote|pre|hr|div)\b[^>]*>)\s*", r"\1", html
    )
    return re.sub(r"(<br />)\n", r"\1", html).strip()


@pytest.mark.skipif(not SPEC.exists(), reason="npm's commonmark-spec is not here")
def test_the_commonmark_examples_that_apply_pass(page: RuntimePage) -> None:
    examples = [one for one in _examples() if _applies(one)]
    texts = [one["given"] for one in examples]
    rendered = page.run("return texts.map((text) => render(text))", texts=texts)
    failed = [
        (one["section"], one["given"], one["wanted"], html)
        for one, html in zip(examples, rendered, strict=True)
        if _same(html) != _same(one["wanted"])
    ]
    print(f"CommonMark: {len(examples) - len(failed)} of {len(examples)} pass")
    for section, given, wanted, html in failed:
        print(
            "-----",
            section,
            repr(given),
            "\n  want",
            repr(_same(wanted)),
            "\n  have",
            repr(_same(html)),
        )
    assert len(examples) > 500
    assert not failed
