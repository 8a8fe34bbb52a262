"""Answers that attack: nothing of theirs runs, loads or leaves its place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from exporter.providers.n8n.settings import N8nConnection, N8nWidget
from tests.gui.payloads import PAYLOADS
from tests.gui.widget_page import WidgetPage
from tests.standins import n8n as standin
from tests.standins.n8n import N8nStandIn, Workflow, event, says, streams

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.gui.runtime_page import RuntimePage

CANARY = "globalThis.runs = 0; globalThis.pwned = () => { runs++; }; "
# What Markdown may become, and the attributes each may carry.
ALLOWED = """
const ALLOWED = {
  P: "", H1: "", H2: "", H3: "", H4: "", H5: "", H6: "", UL: "class", OL: "start class",
  LI: "class", BLOCKQUOTE: "", HR: "", BR: "", EM: "", STRONG: "", DEL: "",
  SPAN: "title", CODE: "", PRE: "tabindex", DIV: "class tabindex", TABLE: "", THEAD: "",
  TBODY: "", TR: "", TH: "class", TD: "class", A: "href target rel title",
  IMG: "alt loading decoding referrerpolicy title src",
  INPUT: "type disabled checked aria-label",
};
const offences = (root) => [...root.querySelectorAll("*")].flatMap((node) => {
  const allowed = ALLOWED[node.tagName];
  if (allowed === undefined) return ["<" + node.tagName];
  const found = [...node.attributes].map(({ name }) => name);
  const bad = found.filter((name) => !allowed.split(" ").includes(name));
  const link = node.href ?? node.src;
  const good = !link || /^(https?:|mailto:|tel:)/.test(link);
  const secure = node.tagName !== "IMG" || node.src.startsWith("https:");
  return [...bad, ...(good && secure ? [] : [link])];
});
"""


def test_there_are_a_few_hundred() -> None:
    assert len(set(PAYLOADS)) > 400


def test_markdown_never_becomes_more_than_markdown(engine: RuntimePage) -> None:
    engine.open()
    found = engine.run(
        CANARY
        + ALLOWED
        + """
        const { createMarkdown } = await load("markdown");
        const { RARE } = await load("markdown_rare");
        const wrong = [];
        for (const text of payloads) for (const cut of [text.length, 5]) {
          const root = document.body.appendChild(document.createElement("div"));
          const markdown = createMarkdown(root, () => RARE);
          for (let at = 0; at < text.length; at += cut) {
            markdown.append(text.slice(at, at + cut));
            wrong.push(...offences(root).map((one) => [text, one]));
          }
          markdown.finish();
          wrong.push(...offences(root).map((one) => [text, one]));
          for (const node of root.querySelectorAll("*")) {
            for (const kind of ["click", "mouseover", "error", "focus"])
              if (node.tagName !== "A" || kind !== "click")
                node.dispatchEvent(new Event(kind));
          }
          root.remove();
        }
        await new Promise((done) => setTimeout(done, 50));
        return { wrong, runs };
        """,
        payloads=PAYLOADS,
        timeout=60_000,
    )
    assert found == {"wrong": [], "runs": 0}


ALL = "\n\n".join(PAYLOADS[::7])
NAMES = dict.fromkeys(("a", "<img src=x onerror=pwned()>", "type"), ALL[:3000])


def _answers(server: N8nStandIn) -> dict[str, Callable[[Any], None]]:
    line = event("item", ALL)
    ids = {"nodeId": "<img src=x onerror=pwned()>", "runIndex": "__proto__"}
    odd = json.dumps({"type": "item", "content": "x" + ALL, "metadata": ids}).encode()
    return {
        "output": says({"output": ALL}),
        "text": says({"text": ALL}),
        "message": says({"message": {"type": "text", "text": ALL}}),
        "other fields": says(NAMES),
        "list": says([{"output": ALL}, NAMES]),
        "bare": standin.says_bytes(b"words " + ALL.encode(), "text/html"),
        "stream": streams(line[:999], line[999:]),
        "stream's names": streams(odd + b"\n"),
        "prototype": says({"output": "fine", "__proto__": {"text": ALL}}),
        "error": says({"message": ALL, "hint": ALL}, 500),
        "error in the stream": streams(event("error", ALL)),
    }


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("case", list(_answers(None)))  # type: ignore[arg-type]
def test_no_field_of_an_answer_runs(n8n: N8nStandIn, tmp_path: Path, case: str) -> None:
    workflow = n8n.add(Workflow(_answers(n8n)[case]))
    connection = N8nConnection(webhook_url=workflow.url, access="direct")
    page = WidgetPage(tmp_path, N8nWidget(name="<b>n", connection=connection))
    try:
        page.open({"kind": "hosted"}, before=CANARY)
        found = page.run(
            """
            await widget.open();
            await widget.send("<img src=x onerror=pwned()>");
            await until(() => $$(".vt-row").length > 1 && !$(".vt-go[data-busy]"));
            await until(() => $(".vt-row:not(.vt-mine) .vt-text").textContent);
            const bad = $$(".vt-text *").filter((node) =>
              /^(SCRIPT|IFRAME|OBJECT|EMBED|STYLE|SVG|FORM|META|BASE)$/i.test(node.tagName)
              && !node.closest("button"));
            const links = $$("a").map((node) => node.protocol);
            return { runs, bad: bad.length, mine: text(".vt-mine .vt-text"),
                     links: [...new Set(links)].sort() };
            """
        )
        assert found["runs"] == 0
        assert found["bad"] == 0
        assert found["mine"] == "<img src=x onerror=pwned()>"
        assert set(found["links"]) <= {"http:", "https:", "mailto:", "tel:"}
        assert not [one for one in page.page.complaints if "Uncaught" in one]
    finally:
        page.close()
