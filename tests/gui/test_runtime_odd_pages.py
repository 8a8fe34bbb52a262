"""Pages that stand in a widget's way: it works there too, and leaves them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporter.providers.registry import provider
from tests.gui.widget_page import WidgetPage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIMULATED = {"simulated": "offline"}
INLINE = 'data-mode="inline" data-target="#chat"'
TAG = '<script src="/site/w.js" {}></script>'
# What an old framework does to a page that it is loaded into.
REWRITTEN = """
Array.prototype.toJSON = function () { return "[" + this.join() + "]"; };
Array.prototype.entries = function () { return this.slice(); };
Object.prototype.extend = function () { return this; };
String.prototype.toJSON = function () { return '"' + this + '"'; };
for (const name of ["scrollTo", "select", "update", "show", "remove_"])
  Element.prototype[name] = function () { window.strayed = name; };
window.$ = window.h = window.define = () => { throw new Error("not yours"); };
window.name = "known"; window.event = 1; window.status = 2; window.parent_ = 3;
"""

# Where it stands once its chat is there.
STANDS = """
for (let tries = 0; tries < 400; tries++) {
  const host = document.querySelector("[data-vitrine]");
  if (host?.shadowRoot.querySelector(".vt-field"))
    return host.parentNode.id || host.parentNode.tagName;
  await new Promise((done) => setTimeout(done, 10));
}
"""


@pytest.fixture
def shop(qapp: object, tmp_path: Path) -> Iterator[WidgetPage]:
    shop = WidgetPage(tmp_path, provider("n8n").widget(provider="n8n"))
    yield shop
    unseen = shop.page.complaints
    shop.close()
    assert unseen == []


def test_a_script_in_the_head_waits_for_no_body(shop: WidgetPage) -> None:
    shop.open(
        SIMULATED,
        head=TAG.format(""),
        tags="",
        before="let bodies = document.body.tagName",
    )
    assert shop.run("await widget.open(); return seen('.vt-panel')") == 1


@pytest.mark.parametrize("late", [False, True])
def test_inline_in_the_head_finds_a_place_that_comes_later(
    shop: WidgetPage, *, late: bool
) -> None:
    """The place may come before the chat has loaded, or after."""
    hide = "globalThis.chat = document.getElementById('chat'); chat.remove();"
    head = TAG.format(INLINE)
    shop.open(SIMULATED, head=head, tags="", before=hide if late else "")
    if late:
        shop.page.run("await Vitrine.get(key).open()", key=shop.widget.key)
        assert not shop.page.run("return document.querySelector('[data-vitrine]')")
        shop.page.run("document.body.append(chat)")
    assert shop.page.run(STANDS) == "chat"


def test_inline_in_the_head_without_a_place_goes_into_the_body(
    shop: WidgetPage,
) -> None:
    shop.open(SIMULATED, head=TAG.format('data-mode="inline"'), tags="")
    assert shop.page.run(STANDS) == "BODY"


def test_two_widgets_stand_beside_each_other(shop: WidgetPage, tmp_path: Path) -> None:
    shop.open(SIMULATED)
    first = (tmp_path / "w.js").read_text("utf-8")
    other = "o" * 16
    (tmp_path / "o.js").write_text(first.replace(shop.widget.key, other), "utf-8")
    shop.page.server.pages["/two"] = (
        "<!doctype html><p>Shop" + TAG.format("") + '<script src="/site/o.js"></script>'
    )
    shop.page.open("/two")
    got = shop.run(
        """
        const second = Vitrine.get(other);
        const heard = [];
        widget.on("open", () => heard.push("first"));
        second.on("open", () => heard.push("second"));
        await second.open();
        await second.send("Hi");
        await widget.open();
        const [a, b] = [...document.querySelectorAll("[data-vitrine]")]
          .map((host) => host.shadowRoot.querySelectorAll(".vt-row").length);
        second.destroy();
        return [heard, a, b, Vitrine.get(other) ?? null, seen(".vt-panel"),
          document.querySelectorAll("[data-vitrine]").length]""",
        other=other,
    )
    assert got[0] == ["second", "first"]
    assert got[1] == 0
    assert got[2] > 0
    assert got[3:] == [None, 1, 1]


def test_a_page_s_own_name_is_no_obstacle(shop: WidgetPage) -> None:
    """An element's id is a global name too, and "vitrine" a word of three languages."""
    shop.open(SIMULATED, head='<div id="Vitrine">Nos produits</div>')
    assert shop.run("await widget.open(); return seen('.vt-panel')") == 1


def test_a_page_s_own_value_is_not_overwritten(shop: WidgetPage) -> None:
    shop.open(SIMULATED, head="<script>var Vitrine = () => 'theirs';</script>")
    got = shop.page.run(
        """
        const button = document.querySelector("[data-vitrine]")
          .shadowRoot.querySelector("button");
        button.click();
        for (let tries = 0; tries < 200 && button.ariaExpanded !== "true"; tries++)
          await new Promise((done) => setTimeout(done, 10));
        return [Vitrine(), button.ariaExpanded]"""
    )
    assert got == ["theirs", "true"]


def test_destroying_while_it_loads_is_quiet(shop: WidgetPage) -> None:
    shop.open(
        SIMULATED,
        head="<script>window.lost = [];"
        "addEventListener('unhandledrejection', (e) => lost.push(String(e.reason)));"
        "</script>",
    )
    got = shop.page.run(
        """
        const widget = Vitrine.get(key);
        const opening = widget.open();
        widget.destroy();
        await opening;
        await new Promise((done) => setTimeout(done, 100));
        return [lost, document.querySelectorAll("[data-vitrine]").length]""",
        key=shop.widget.key,
    )
    assert got == [[], 0]


@pytest.mark.parametrize(
    "call",
    [
        "widget.send(42)",
        "widget.send()",
        "widget.send(null)",
        "widget.update()",
        "widget.update(null)",
        "widget.update('nonsense')",
        "widget.update([1])",
        "widget.update({theme: null})",
        "widget.update({layout: {popup: 7}})",
        "widget.update({texts: null, messages: null})",
    ],
)
def test_a_wrong_call_breaks_nothing(shop: WidgetPage, call: str) -> None:
    shop.open(SIMULATED)
    got = shop.run(
        f"""
        await widget.open();
        await {call};
        await widget.update({{header: {{subtitle: "after"}}}});
        await widget.close(); await widget.open();
        await still();
        return [$$(".vt-panel").length, seen(".vt-panel"), text(".vt-heading p")]"""
    )
    assert got == [1, 1, "after"]


def test_a_framework_that_rewrites_the_language_does_no_harm(shop: WidgetPage) -> None:
    shop.open(SIMULATED, head=f"<script>{REWRITTEN}</script>")
    got = shop.run(
        """
        await widget.open(); await say(); await still();
        return $$(".vt-row").length * 10 + (window.strayed ? 1 : 0)"""
    )
    assert got == 30


def test_typed_words_press_none_of_the_page_s_keys(shop: WidgetPage) -> None:
    shop.open(SIMULATED)
    got = shop.run(
        """
        const heard = [];
        for (const name of ["keydown", "keypress", "keyup"])
          document.addEventListener(name, ({key}) => heard.push(key));
        await widget.open();
        const press = (node, key) => ["keydown", "keypress", "keyup"].forEach((name) =>
          node.dispatchEvent(
            new KeyboardEvent(name, {key, bubbles: true, composed: true})));
        press($(".vt-field"), "s");
        press($(".vt-launcher"), "k");
        return heard"""
    )
    assert got == ["k", "k", "k"]


def test_a_page_s_focus_trap_does_not_hold_the_visitor(shop: WidgetPage) -> None:
    shop.open(SIMULATED)
    got = shop.run(
        """
        const modal = document.body.appendChild(document.createElement("button"));
        document.addEventListener("focusin", ({target}) => {
          if (!modal.contains(target)) modal.focus();
        });
        await widget.open();
        await until(() => root.activeElement?.matches(".vt-field"));
        return true"""
    )
    assert got


def test_the_page_s_own_overflow_comes_back(shop: WidgetPage) -> None:
    shop.page.view.resize(375, 667)
    shop.open(SIMULATED, before="document.documentElement.style.overflow = 'scroll'")
    got = shop.run(
        """const {style} = document.documentElement;
        await widget.open(); const held = style.overflow;
        await widget.close(); return [held, style.overflow]"""
    )
    assert got == ["hidden", "scroll"]


@pytest.mark.parametrize(
    "style",
    [
        "html { translate: 30px 40px }",
        "html { rotate: 3deg }",
        "html { scale: .8 }",
        "html { perspective: 500px }",
        "html { will-change: transform }",
        "html { contain: paint }",
        "* { all: unset !important }",
        "html { font-size: 62.5% !important }",
        "* { animation: x 9s !important; transition: all 9s !important }",
        "* { z-index: 1 !important; transform: scale(2) !important }",
        "body { transform: rotate(3deg); filter: blur(2px); height: 1px }",
        "html { filter: blur(2px); backdrop-filter: blur(2px) }",
        "html { direction: rtl; writing-mode: vertical-rl; text-align: center }",
        "* { pointer-events: none !important; cursor: none !important }",
        "* { user-select: none !important; visibility: hidden !important }",
        ":root { --vt-bg: red; --vt-size: 50px; --vt-accent: lime; --vt-width: 9px }",
        "html { container-type: inline-size; line-height: 9; letter-spacing: 1em }",
    ],
)
def test_no_style_of_a_page_moves_or_paints_it(shop: WidgetPage, style: str) -> None:
    held = "html, body { overflow: hidden }"
    look = """
        await widget.open(); await still();
        const parts = [".vt-launcher", ".vt-panel", ".vt-header", ".vt-greeting",
          ".vt-field", ".vt-go"];
        return parts.map((part) => {
          const {color, fontSize, fontFamily, display, direction, opacity, lineHeight,
            letterSpacing, cursor, userSelect, pointerEvents, writingMode, textAlign,
            backgroundColor} = getComputedStyle($(part));
          return [part, box(part), color, fontSize, fontFamily, display, direction,
            opacity, lineHeight, letterSpacing, cursor, userSelect, pointerEvents,
            writingMode, textAlign, backgroundColor];
        });"""
    shop.open(SIMULATED, style=held)
    calm = shop.run(look)
    shop.open(SIMULATED, style=held + style)
    assert shop.run(look) == calm


def test_a_page_that_sweeps_it_away_gets_it_back(shop: WidgetPage) -> None:
    """As frameworks do that take over the whole document."""
    shop.open(SIMULATED, style="html { transform: scale(1) }")
    got = shop.run(
        """
        await widget.open();
        await still();
        $(".vt-field").value = "half a sentence";
        const calm = box(".vt-panel");
        host.remove();
        await until(() => host.isConnected);
        await still();
        return [box(".vt-panel").join() === calm.join(), $(".vt-field").value]"""
    )
    assert got == [True, "half a sentence"]


@pytest.mark.parametrize("sign", ["pointerenter", "focus", "none"])
def test_on_a_dear_line_the_chat_comes_only_when_it_is_wanted(
    shop: WidgetPage, sign: str
) -> None:
    saving = """<script>Object.defineProperty(navigator, "connection",
      { value: { saveData: true, effectiveType: "4g" } });</script>"""
    shop.open(SIMULATED, head=saving)
    came = shop.run(
        """
        const came = () => performance.getEntriesByType("resource")
          .some(({ name }) => name.endsWith("/chat.js"));
        await new Promise((done) => requestIdleCallback(done));
        await settled();
        const before = came();
        if (sign !== "none") {
          $(".vt-launcher").dispatchEvent(new Event(sign));
          await until(came, "the chat");
        }
        await settled();
        return [before, came(), seen(".vt-panel")]""",
        sign=sign,
    )
    assert came == [False, sign != "none", 0]


def test_the_chat_comes_by_itself_when_the_page_is_idle(shop: WidgetPage) -> None:
    shop.open(SIMULATED)
    assert shop.run(
        """return until(() => performance.getEntriesByType("resource")
          .some(({ name }) => name.endsWith("/chat.js")))"""
    )
