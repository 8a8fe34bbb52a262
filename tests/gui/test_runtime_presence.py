"""A widget on somebody's page: it stands its ground and leaves the page alone."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from exporter.editing import with_values
from exporter.providers.registry import provider
from tests.gui.widget_page import WidgetPage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOSTILE = """
* { color: red !important; font: 40px cursive !important; margin: 9px !important;
    display: block !important; direction: rtl !important; opacity: .3 !important; }
html { font-size: 62.5% !important; }
body { transform: translate(40px, 40px) scale(.5); filter: blur(1px); }
button, div { all: unset !important; }
"""
LOOK = """
await widget.open();
await still();
const parts = [".vt-launcher", ".vt-panel", ".vt-header", ".vt-greeting", ".vt-field"];
return parts.map((part) => {
  const {color, fontSize, fontFamily, display, direction, opacity} =
    getComputedStyle($(part));
  return [part, box(part), color, fontSize, fontFamily, display, direction, opacity];
});
"""
CLOSED_POLICY = (
    "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none';"
    " script-src 'self' 'unsafe-inline'; require-trusted-types-for 'script';"
    " trusted-types 'none'\">"
)


@pytest.fixture
def shop(qapp: object, tmp_path: Path) -> Iterator[WidgetPage]:
    widget = provider("n8n").widget(provider="n8n")
    shop = WidgetPage(tmp_path, with_values(widget, {"typography.base_size": 15}))
    yield shop
    shop.close()


SIMULATED = {"simulated": "offline"}


def test_hostile_styles_change_nothing(shop: WidgetPage) -> None:
    shop.open(SIMULATED)
    calm = shop.run(LOOK)
    shop.open(SIMULATED, style=HOSTILE)
    assert shop.run(LOOK) == calm


def test_a_transformed_root_does_not_move_it(shop: WidgetPage) -> None:
    held = "html { overflow: hidden }"
    shop.open(SIMULATED, style=held)
    calm = shop.run(LOOK)
    shop.open(SIMULATED, style=held + "html { transform: translate(50px, 90px) }")
    assert shop.run(LOOK) == calm


def test_a_strict_policy_lets_everything_work(shop: WidgetPage) -> None:
    shop.open(SIMULATED, head=CLOSED_POLICY)
    assert shop.run("await widget.open(); return seen('.vt-panel')") == 1
    assert shop.page.complaints == []


def test_nothing_is_global_but_vitrine(shop: WidgetPage) -> None:
    shop.open(SIMULATED, before="window.known = new Set(Object.keys(window));")
    shop.run("await widget.open()")
    added = shop.run(
        """const ours = ["load", "known"];
        const names = Object.keys(window);
        return names.filter((name) => !known.has(name) && !ours.includes(name))"""
    )
    assert added == ["Vitrine"]


def test_a_second_tag_is_passed_over_and_another_place_is_not(shop: WidgetPage) -> None:
    tag = '<script src="/site/w.js"></script>'
    inline = tag.replace("></", ' data-mode="inline" data-target="#chat"></')
    shop.open(SIMULATED, tags=tag + tag + inline + inline)
    hosts = shop.run(
        """return [...document.querySelectorAll("[data-vitrine]")]
          .map((host) => host.parentNode.id || host.parentNode.tagName)"""
    )
    assert sorted(hosts) == ["HTML", "chat"]


def test_inline_steals_neither_focus_nor_scroll(shop: WidgetPage) -> None:
    shop.open(
        SIMULATED,
        attributes='data-mode="inline" data-target="#chat"',
        style="#chat { margin-top: 3000px }",
    )
    got = shop.run(
        """await until(() => $(".vt-field"));
        await still();
        return [document.activeElement.tagName, scrollY, host.offsetHeight]"""
    )
    assert got == ["BODY", 0, 600]


def test_a_route_change_brings_it_back(shop: WidgetPage) -> None:
    shop.open(SIMULATED, attributes='data-mode="inline" data-target="#chat"')
    got = shop.run(
        """await until(() => $(".vt-field"));
        $(".vt-field").value = "half a sentence";
        document.body.replaceChildren();
        await settled();
        const gone = host.isConnected;
        const next = document.createElement("div");
        next.id = "chat";
        document.body.append(next);
        await until(() => host.isConnected);
        return [gone, host.parentNode.id, $(".vt-field").value]"""
    )
    assert got == [False, "chat", "half a sentence"]


def test_focus_goes_in_and_comes_back(shop: WidgetPage) -> None:
    shop.open(SIMULATED)
    got = shop.run(
        """$(".vt-launcher").focus();
        $(".vt-launcher").click();
        await until(() => root.activeElement?.matches(".vt-field"));
        const open = $(".vt-launcher").ariaExpanded;
        root.activeElement.dispatchEvent(
          new KeyboardEvent("keydown", {key: "Escape", bubbles: true, composed: true}));
        await until(() => !seen(".vt-panel"));
        return [open, root.activeElement.className, $(".vt-launcher").ariaExpanded]"""
    )
    assert got == ["true", "vt-launcher", "false"]


def test_destroy_leaves_nothing_behind(shop: WidgetPage) -> None:
    shop.open(SIMULATED)
    got = shop.run(
        """await widget.open();
        widget.destroy();
        await settled();
        return [document.querySelectorAll("[data-vitrine]").length,
          Vitrine.get(key) ?? null, document.documentElement.style.overflow]"""
    )
    assert got == [0, None, ""]


def test_an_unreachable_chat_is_asked_again(shop: WidgetPage) -> None:
    shop.open({**SIMULATED, "runtime": {"chat": "nowhere.js"}})
    codes = shop.run(
        """const codes = [];
        widget.on("error", ({code}) => codes.push(code));
        await widget.open();
        await widget.open();
        return [codes.length > 1, ...new Set(codes), $(".vt-launcher").ariaBusy]"""
    )
    assert codes == [True, "runtime_unreachable", None]


LOST = """const at = $(".vt-launcher").getBoundingClientRect();
  return [$(".vt-launcher").ariaLabel, $(".vt-launcher").innerText.trim(),
    $("[role=alert].vt-voice").textContent.replace("\\n", " "), at.width > 100,
    at.left >= 0 && at.right <= innerWidth];"""


def test_a_visitor_is_told_of_a_chat_that_cannot_be_had_and_tries_again(
    shop: WidgetPage,
) -> None:
    speaks = "<script>document.documentElement.lang = 'de'</script>"
    shop.open({**SIMULATED, "runtime": {"chat": "runtime/later/chat.js"}}, head=speaks)
    pressed = """$(".vt-launcher").click();
        await until(() => attr(".vt-launcher", "data-lost") === ""); """
    told = shop.run(pressed + LOST)
    words = "Chat offline. Erneut versuchen"
    assert told == [None, words, words, True, True]
    (made,) = (folder for folder in (shop.folder / "runtime").iterdir())
    shutil.copytree(made, shop.folder / "runtime" / "later")
    opened = shop.run(
        """$(".vt-launcher").click();
        await until(() => seen(".vt-field"));
        return [attr(".vt-launcher", "data-lost"), $(".vt-voice").textContent,
          $(".vt-launcher").innerText.trim()]"""
    )
    assert opened == [None, "", ""]


def test_nobody_is_told_of_a_chat_that_nobody_asked_for(shop: WidgetPage) -> None:
    shop.open({**SIMULATED, "runtime": {"chat": "nowhere.js"}})
    told = shop.run(
        """const codes = [];
        widget.on("error", ({code}) => codes.push(code));
        $(".vt-launcher").dispatchEvent(new Event("pointerenter"));
        await until(() => codes.length);
        const words = $(".vt-launcher").innerText.trim();
        return [attr(".vt-launcher", "data-lost"), words]"""
    )
    assert told == [None, ""]


@pytest.mark.parametrize("mode", ["inline", "fullpage"])
def test_a_chat_in_a_page_that_cannot_be_had_says_so_in_its_place(
    shop: WidgetPage, mode: str
) -> None:
    shop.widget = with_values(shop.widget, {"layout.mode": mode})
    shop.open(
        {**SIMULATED, "runtime": {"chat": "nowhere.js"}}, attributes="data-target=#chat"
    )
    inside = shop.run(
        """await until(() => seen(".vt-launcher"));
        const place = document.querySelector("[data-vitrine]").getBoundingClientRect();
        const at = $(".vt-launcher").getBoundingClientRect();
        const middle = (one) => Math.round(one.top + one.height / 2);
        return [Math.abs(middle(at) - middle(place)) < 2,
          at.left >= place.left && at.right <= place.right]"""
    )
    assert inside == [True, True]


def test_events_and_badge_tell_of_a_reply_while_closed(shop: WidgetPage) -> None:
    steps = [{"assistant": "Hello"}]
    scenario = {"name": "n", "title": "t", "instant": True, "steps": steps}
    shop.open({**SIMULATED, "scenario": scenario})
    got = shop.run(
        """const heard = [];
        for (const name of ["open", "close", "message", "reply"])
          widget.on(name, () => heard.push(name));
        await widget.open(); await widget.close();
        await widget.send("Hi");
        const badge = await until(() => seen(".vt-badge") && text(".vt-badge"));
        const name = attr(".vt-launcher", "aria-label");
        await widget.open();
        return [heard, badge, name, seen(".vt-badge")]"""
    )
    heard = ["open", "close", "message", "reply", "open"]
    assert got == [heard, "1", "Open chat (1 unread)", 0]


def test_an_owner_s_mistake_does_not_stop_the_widget(shop: WidgetPage) -> None:
    shop.open(SIMULATED)
    shop.run(
        """widget.on("open", () => { throw new Error("the owner's"); });
        await widget.open();
        return until(() => seen(".vt-panel"))"""
    )
    assert "the owner's" in "".join(shop.page.complaints)


def test_typed_words_and_scroll_survive_every_patch(shop: WidgetPage) -> None:
    shop.open(SIMULATED)
    shop.run("await widget.open(); $('.vt-field').value = 'half a sentence'")
    for values in (
        {"theme.color_scheme": "dark", "theme.density": "spacious"},
        {"layout.popup.width": 700, "layout.popup.position": "top-left"},
        {"texts.locale": "de", "header.subtitle": "New"},
        {"layout.mode": "fullpage"},
        {"layout.mode": "popup", "composer.attachments.enabled": True},
    ):
        shop.become(with_values(shop.widget, values))
    assert shop.run("return $('.vt-field').value") == "half a sentence"
    assert shop.page.complaints == []


def test_a_patch_cannot_reach_the_prototype(shop: WidgetPage) -> None:
    shop.open(SIMULATED)
    shop.run("""await widget.update(JSON.parse('{"__proto__": {"owned": 1}}'))""")
    assert shop.run("return ({}).owned ?? null") is None


@pytest.mark.parametrize("width", [375, 900])
def test_phones_are_filled_and_the_page_behind_holds_still(
    shop: WidgetPage, width: int
) -> None:
    shop.page.view.resize(width, 667)
    shop.open(SIMULATED)
    got = shop.run(
        """await widget.open(); await still();
        const held = document.documentElement.style.overflow;
        const [x, y, w, h] = box(".vt-panel");
        const fills = !x && !y && w === innerWidth && h === innerHeight;
        await widget.close();
        return [fills, held, document.documentElement.style.overflow]"""
    )
    assert got == ([True, "hidden", ""] if width < 640 else [False, "", ""])
