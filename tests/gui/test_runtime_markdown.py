"""Markdown as the runtime builds it, in the engine it will run in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.gui.runtime_page import RuntimePage

SPEC = Path(__file__).parents[2] / "node_modules" / "commonmark-spec" / "spec.txt"
FENCE = "`" * 32
# What we leave out on purpose: raw HTML is text, pictures come from https only,
LEFT_OUT = {"HTML blocks", "Raw HTML", "Images"}
# a link must lead somewhere we may follow,
UNLIKE = re.compile(
    r"<a href=\"(?:\"|(?!https?:|mailto:|[\w%&#]*(?:[/.#?\"]|$)))|<!--|<b[ >a]"
)
# only the usual named entities are known, and bare addresses are links as on GitHub.
ON_PURPOSE = (
    "&nbsp; &amp; &copy; &AElig;",
    "[link](<foo\n",
    "<foo\\+@bar",
    "< https:",
    "<https://foo.bar/baz bim",
    "https://example.com\n",
    "foo@bar.",
)

SERIALIZE = """
const { createMarkdown } = await load("markdown");
const { RARE } = await load("markdown_rare");
const VOID = new Set(["BR", "HR", "IMG", "INPUT"]);
const SIGNS = { "&": "amp", "<": "lt", ">": "gt", '"': "quot" };
const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&${SIGNS[sign]};`);
const isTight = (node) =>
  node.tagName === "LI" && !node.parentElement.classList.contains("vt-loose");
function html(node, tight) {
  if (node.nodeType === 3) return escape(node.data);
  if (node.className === "vt-code-head") return "";
  const tag = node.tagName;
  const children = [...node.childNodes].map((one) => html(one, isTight(node)));
  const inner = children.join("");
  if (tag === "DIV" || tag === "SPAN") return inner;
  if (tag === "P" && tight) return inner + "\\n";
  let attributes = "";
  if (tag === "A") attributes = ` href="${escape(node.getAttribute("href"))}"`;
  if (tag === "IMG") attributes = ` src="${escape(node.getAttribute("src"))}"`;
  if (node.title) attributes += ` title="${escape(node.title)}"`;
  if (node.hasAttribute("start")) attributes = ` start="${node.start}"`;
  if (tag === "INPUT") attributes = node.checked ? " checked" : "";
  const name = tag.toLowerCase();
  return VOID.has(tag)
    ? `<${name}${attributes} />`
    : `<${name}${attributes}>${inner}</${name}>`;
}
globalThis.html = html;
globalThis.begin = (root) => createMarkdown(root, () => RARE);
globalThis.render = (text, cut) => {
  const root = document.createElement("div");
  const markdown = createMarkdown(root, () => RARE);
  const step = cut || text.length || 1;
  for (let at = 0; at < text.length; at += step) {
    markdown.append(text.slice(at, at + step));
  }
  markdown.finish();
  return html(root);
};
"""


@pytest.fixture
def page(engine: RuntimePage) -> RuntimePage:
    engine.open()
    engine.run("localStorage.clear()")
    engine.run(SERIALIZE)
    return engine


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
    unlike = example["section"] in LEFT_OUT or UNLIKE.search(wanted) or raw
    return not (unlike or "<img" in wanted or given.startswith(ON_PURPOSE))


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
    assert len(examples) > 500
    assert failed == []


def test_streamed_by_letters_it_becomes_the_same(page: RuntimePage) -> None:
    texts = [one["given"] for one in _examples()]
    wrong = page.run(
        """
        return texts.filter((text) =>
          [1, 2, 3, 7].some((cut) => render(text, cut) !== render(text)));
        """,
        texts=texts,
    )
    assert len(texts) > 600
    assert wrong == []


READ = """
const { createReading } = await load("reading");
const rare = await load("markdown_rare");
// As a stream comes, `cut` letters a time; what is rare comes `late` pieces after it
// was asked for.
globalThis.read = async (text, cut, late) => {
  const root = document.createElement("div");
  let pieces = 0, asked = -1;
  const ctx = { here: {}, bring: (name) => new Promise((come) => {
    if (name !== "markdown_rare") return;
    asked = pieces;
    ctx.come = () => (ctx.here.markdown_rare = rare, come());
  }) };
  const reading = createReading(ctx, root, () => "", () => {});
  for (let at = 0; at < text.length; at += cut, pieces++) {
    if (asked >= 0 && pieces === asked + late) await ctx.come();
    reading.set(text.slice(0, at + cut), false);
  }
  if (ctx.come && !ctx.here.markdown_rare) await ctx.come();
  await null;
  while (reading.set(text, true));
  return [html(root), asked >= 0];
};
"""


def test_what_is_rare_comes_when_a_text_needs_it(page: RuntimePage) -> None:
    """Whenever it comes the text becomes the same, and nothing needs it unasked."""
    texts = [one["given"] for one in _examples()]
    found = page.run(
        READ
        + """
        const wrong = [];
        let asked = 0;
        for (const text of texts)
          for (const [cut, late] of [[1, 1], [1, 5], [3, 1e9], [1e9, 1e9]]) {
            const [got, rare] = await read(text, cut, late);
            asked += rare;
            if (got !== render(text)) wrong.push([text, cut, late, got, render(text)]);
          }
        return [wrong, asked / texts.length / 4];
        """,
        texts=texts,
    )
    assert found[0] == []
    assert 0.4 < found[1] < 0.8


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        (
            "Plain words, **strong**, *soft*, ~~gone~~, `code`, [a](https://a.example)",
            0,
        ),
        ("# Head\n\n- one\n  - two\n\n1. three\n\n> quote\n\n---\n\nhttps://a.b", 0),
        ("Is 2 < 3, and 4 > 3? a - b; c = d, 50 % & more! (yes) \\* no", 0),
        ("a | b", 1),
        ("write to a@b.example", 1),
    ],
)
def test_common_answers_do_without_what_is_rare(
    page: RuntimePage, text: str, needs: int
) -> None:
    script = READ + "return (await read(text, 2, 1))[1]"
    assert page.run(script, text=text) == bool(needs)


def test_words_stand_back_where_they_need_what_is_rare(page: RuntimePage) -> None:
    """No table is seen as bars, not even for a moment; the words before it are."""
    found = page.run(
        READ
        + """
        const text = "Some **words**\\n\\n| a | b |\\n|---|---|\\n| 1 | 2 |\\n\\nend";
        const root = document.createElement("div");
        let come;
        const ctx = { here: {}, bring: () => new Promise((done) => (come = done)) };
        let again = 0;
        const reading = createReading(ctx, root, () => "", () => again++);
        const seen = [];
        for (let at = 0; at < text.length; at += 3) {
          reading.set(text.slice(0, at + 3), false);
          seen.push(root.textContent);
        }
        const before = [root.textContent.trim(), reading.waits];
        ctx.here.markdown_rare = rare;
        come();
        await new Promise((done) => setTimeout(done));
        while (reading.set(text, true));
        return [seen.some((one) => one.includes("|")), before, again, reading.waits,
                root.querySelectorAll("td").length, root.lastChild.textContent];
        """
    )
    assert found == [False, ["Some words", True], 1, False, 2, "end"]


TABLE = """| a | b |
|:--|--:|
| *x* | `1 \\| 2` |
| short |
"""


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("~~gone~~ and ~one~", "<p><del>gone</del> and <del>one</del></p>"),
        (
            "see www.a.example/x_y, and https://b.example/(c).",
            '<p>see <a href="https://www.a.example/x_y">www.a.example/x_y</a>, and '
            '<a href="https://b.example/(c)">https://b.example/(c)</a>.</p>',
        ),
        (
            "write to john_doe@a.example!",
            '<p>write to <a href="mailto:john_doe@a.example">john_doe@a.example</a>!'
            "</p>",
        ),
        (
            TABLE,
            "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>"
            "<em>x</em></td><td><code>1 | 2</code></td></tr><tr><td>short</td>"
            "<td></td></tr></tbody></table>",
        ),
        (
            "- [x] done\n- [ ] open",
            "<ul><li><input checked /> done\n</li><li><input /> open\n</li></ul>",
        ),
        ("<b>raw</b>", "<p>&lt;b&gt;raw&lt;/b&gt;</p>"),
        ("a<br>b", "<p>a<br />b</p>"),
        ("![x](http://a.example/b.png)", "<p>x</p>"),
        (
            "![x](https://a.example/b.png)",
            '<p><img src="https://a.example/b.png" /></p>',
        ),
        ("[x](javascript:alert(1))", "<p>x</p>"),
        ("[x](data:text/html,y)", "<p>x</p>"),
    ],
)
def test_what_goes_beyond_commonmark(page: RuntimePage, text: str, html: str) -> None:
    assert page.run("return render(text)", text=text) == html


@pytest.mark.parametrize(
    "piece",
    [
        "*a **b _c ",
        "[",
        "![",
        "`",
        "``a`",
        "> ",
        "- ",
        "1. ",
        "<",
        "&",
        "\\\\",
        "*_",
        "[a](",
        "[a](<b",
        "[a]: <",
        "| a ",
        "#",
        "    ",
        "~",
        "http://a.",
        "a@b.",
        " ",
        "\\t",
        "[a][b]",
        "**",
        "`` ` ",
    ],
)
def test_no_text_takes_more_than_its_length(page: RuntimePage, piece: str) -> None:
    """Eight times the text takes far from 64 times as long, however hostile.

    Eight short texts and a long one by turns, the best of each: other work on the
    machine hits both.
    """
    short, long = page.run(
        """
        const time = (size, times) => {
          const text = piece.repeat(size / piece.length);
          const start = performance.now();
          for (let turn = 0; turn < times; turn++) render(text);
          return performance.now() - start;
        };
        time(2000, 1);
        const best = [Infinity, Infinity];
        for (let turn = 0; turn < 5; turn++)
          [time(5000, 8), time(40000, 1)].forEach((took, at) =>
            best[at] = Math.min(best[at], took));
        return best;
        """,
        piece=piece.replace("\\t", "\t").replace("\\\\", "\\"),
        timeout=60_000,
    )
    assert long < short * 4, (short, long)


def test_finished_blocks_are_never_touched_again(page: RuntimePage) -> None:
    kept = page.run(
        """
        const root = document.createElement("div");
        const markdown = begin(root);
        markdown.append("# One\\n\\n*words*\\n\\n- a\\n- b\\n\\n");
        const before = [...root.querySelectorAll("*")];
        markdown.append("more\\n\\n```js\\nlet x\\n");
        const code = root.querySelector("code");
        markdown.append("= 1\\n```\\nend");
        markdown.finish();
        const after = root.querySelectorAll("*");
        return [before.every((node, index) => after[index] === node),
                root.querySelector("code") === code, before.length];
        """
    )
    assert kept == [True, True, 8]


def test_a_long_answer_in_many_pieces_costs_what_its_length_costs(
    page: RuntimePage,
) -> None:
    """4,000 pieces of a 200 KB answer: those at the end take what the first ones do."""
    found = page.run(
        """
        const part = "## Part\\n\\nSome **bold** words, a [link](https://a.example) "
          + "and `code`.\\n\\n- one\\n- two\\n\\n```js\\nlet a = 1;\\n```\\n\\n";
        const text = part.repeat(Math.ceil(200000 / part.length));
        const root = document.body.appendChild(document.createElement("div"));
        const markdown = begin(root);
        const steps = [];
        for (let at = 0; at < text.length; at += 50) {
          const start = performance.now();
          markdown.append(text.slice(at, at + 50));
          steps.push(performance.now() - start);
        }
        markdown.finish();
        const mean = (list) => list.reduce((sum, one) => sum + one, 0) / list.length;
        return { count: steps.length, first: mean(steps.slice(200, 1000)),
                 last: mean(steps.slice(-800)) };
        """,
        timeout=60_000,
    )
    assert found["count"] >= 4000
    assert found["last"] < found["first"] * 3


def test_a_word_touches_few_nodes_and_dirties_few_siblings(page: RuntimePage) -> None:
    """Counted, not timed: at 200 KB a word costs an engine what it did at 20 KB."""
    found = page.run(
        """
        const part = "Words that come, **strong**, a `name`.\\n\\n- one\\n- two\\n\\n";
        const text = part.repeat(Math.ceil(200000 / part.length));
        const root = document.createElement("div");
        const markdown = begin(root);
        const seen = new MutationObserver(() => {});
        seen.observe(root, { childList: true, subtree: true, characterData: true });
        const touched = [];
        for (let at = 0; at < text.length; at += 50) {
          markdown.append(text.slice(at, at + 50));
          touched.push(seen.takeRecords().reduce((sum, { addedNodes, removedNodes }) =>
            sum + 1 + addedNodes.length + removedNodes.length, 0));
        }
        markdown.finish();
        const mean = (some) => some.reduce((sum, one) => sum + one) / some.length;
        const sizes = [...root.querySelectorAll("div")]
          .map((one) => one.childElementCount);
        return { early: mean(touched.slice(100, 400)), late: mean(touched.slice(-400)),
                 crowd: Math.max(...sizes), parts: root.childElementCount,
                 blocks: root.querySelectorAll("p").length };
        """
    )
    assert found["late"] <= found["early"] * 1.2
    assert found["crowd"] <= 24
    assert found["blocks"] > 3000
    assert found["parts"] < found["blocks"] / 10


def test_parts_change_nothing_in_what_is_read(page: RuntimePage) -> None:
    found = page.run(
        """
        const words = Array.from({ length: 90 }, (_, at) => `Words ${at}\\n\\n`);
        const text = words.join("")
          + "[late]\\n\\n[late]: https://a.example";
        const root = document.createElement("div");
        const markdown = begin(root);
        for (let at = 0; at < text.length; at += 7)
          markdown.append(text.slice(at, at + 7));
        markdown.finish();
        return [[...root.querySelectorAll("p")].map((one) => one.textContent),
                root.querySelectorAll(".vt-part").length,
                [...root.children].every((one) => one.className === "vt-part"
                  && one.childElementCount > 0),
                root.querySelector("a")?.href];
        """
    )
    assert found[0] == [*(f"Words {at}" for at in range(90)), "late"]
    assert found[1:] == [4, True, "https://a.example/"]


@pytest.mark.parametrize(
    ("language", "code", "kinds"),
    [
        ("js", 'const a = "x"; // 1', "ksc"),
        ("python", "def f(): # 'no'\n    return 1", "kckn"),
        ("sql", "SELECT a FROM b -- c", "kkc"),
        ("html", '<a href="x">y</a><!-- z -->', "knskkkc"),
    ],
)
def test_code_is_coloured_and_stays_the_same(
    page: RuntimePage, language: str, code: str, kinds: str
) -> None:
    found = page.run(
        """
        const { highlight } = await load("highlight");
        const node = document.createElement("code");
        node.textContent = code;
        highlight(node, language);
        const kinds = [...node.children].map(({ className }) => className.slice(-1));
        return [node.textContent, kinds.join("")];
        """,
        code=code,
        language=language,
    )
    assert found == [code, kinds]
