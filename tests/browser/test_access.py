"""Keys, focus, motion, forced colours, zoom and targets, as people need them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.shop import Shop, opened, rest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
HOST = {
    "simulated": "for a test",
    "scenario": {
        "name": "a",
        "title": "A",
        "steps": [{"user": "?"}, {"assistant": "An answer.", "delay": 0, "pace": 0}],
    },
}
INSIDE = "document.querySelector('[data-vitrine]').shadowRoot"
FOCUSED = f"() => {INSIDE}.activeElement?.className ?? ''"
PHONE = {
    "viewport": {"width": 390, "height": 800},
    "has_touch": True,
    "is_mobile": True,
}


def test_keys_alone_open_talk_and_close(page: Page, shop: Shop) -> None:
    page.goto(shop.write("n8n", {}, HOST))
    page.wait_for_selector(".vt-launcher[aria-expanded]")
    page.keyboard.press("Tab")
    assert "vt-launcher" in page.evaluate(FOCUSED)
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => {INSIDE}.activeElement?.matches('.vt-field')")
    page.keyboard.type("Hello")
    page.keyboard.press("Enter")
    page.wait_for_selector(".vt-row:not(.vt-mine)[data-state=done]")
    assert "vt-field" in page.evaluate(FOCUSED)
    page.keyboard.press("Escape")
    page.wait_for_selector(".vt-panel", state="hidden")
    assert "vt-launcher" in page.evaluate(FOCUSED)
    assert page.get_attribute(".vt-launcher", "aria-expanded") == "false"


def test_every_control_is_reached_by_tab(page: Page, shop: Shop) -> None:
    page.goto(shop.write("n8n", {"messages.feedback": True}, HOST))
    opened(page)
    page.fill(".vt-field", "Hello")
    page.keyboard.press("Enter")
    page.wait_for_selector(".vt-row:not(.vt-mine)[data-state=done] .vt-actions button")
    wanted = page.evaluate(
        f"""() => {{ globalThis.missing = new Set([...{INSIDE}.querySelectorAll(
        ".vt-panel :is(button, textarea)")].filter((one) => one.checkVisibility()));
        return missing.size; }}"""
    )
    assert wanted > 5
    for _ in range(wanted + 6):
        page.evaluate(f"() => missing.delete({INSIDE}.activeElement)")
        page.keyboard.press("Tab")
    assert page.evaluate("() => [...missing].map((one) => one.outerHTML)") == []


@pytest.mark.parametrize("context", [{"reduced_motion": "reduce"}], indirect=True)
def test_nothing_moves_where_motion_is_unwanted(page: Page, shop: Shop) -> None:
    page.goto(shop.write("n8n", {}, HOST))
    page.evaluate("() => [...Vitrine.widgets.values()][0].open()")
    page.wait_for_selector(".vt-panel", state="visible")
    longest = page.evaluate(
        f"""() => Math.max(0, ...{INSIDE}.getAnimations()
        .map((one) => one.effect.getComputedTiming().endTime))"""
    )
    assert longest <= 10


def test_rings_are_seen_whatever_lies_below(page: Page, shop: Shop) -> None:
    """Around a launcher on a page of its colour, and around what is greyed out."""
    page.goto(shop.write("n8n", {}, HOST))
    page.keyboard.press("Tab")
    style = f"([name, what]) => getComputedStyle({INSIDE}.querySelector(name))[what]"
    assert page.evaluate(style, [".vt-launcher", "outlineStyle"]) == "solid"
    assert page.evaluate(style, [".vt-launcher", "boxShadow"]) == (
        "rgb(255, 255, 255) 0px 0px 0px 3px"
    )
    page.keyboard.press("Enter")
    page.wait_for_selector(".vt-field:focus", state="visible")
    page.keyboard.press("Tab")
    page.wait_for_selector(".vt-go[aria-disabled=true]:focus-visible")
    rest(page)
    assert page.evaluate(style, [".vt-go", "opacity"]) == "1"


@pytest.mark.parametrize("context", [{"reduced_motion": "reduce"}], indirect=True)
def test_nothing_fades_from_part_to_part_either(page: Page, shop: Shop) -> None:
    """A fade of one ms each is a frame for every generation of elements."""
    page.goto(shop.write("n8n", {}, HOST))
    opened(page)
    begun = page.evaluate(
        f"""async () => {{
        let begun = 0;
        {INSIDE}.addEventListener("transitionrun", () => begun += 1);
        {INSIDE}.querySelector(".vt-panel").style.color = "red";
        for (let frame = 0; frame < 5; frame++)
          await new Promise((done) => requestAnimationFrame(done));
        return begun; }}"""
    )
    assert begun == 0


@pytest.mark.parametrize("context", [{"forced_colors": "active"}], indirect=True)
def test_edges_stay_where_colours_are_forced(page: Page, shop: Shop) -> None:
    page.goto(shop.write("n8n", {}, HOST))
    edges = f"(name) => getComputedStyle({INSIDE}.querySelector(name)).borderTopStyle"
    assert page.evaluate(edges, ".vt-launcher") == "solid"
    opened(page)
    assert page.evaluate(edges, ".vt-composer") == "solid"
    assert page.evaluate(edges, ".vt-go") == "solid"
    ring = f"(name) => getComputedStyle({INSIDE}.querySelector(name)).outlineStyle"
    assert page.evaluate(ring, ".vt-panel") == "solid"
    page.focus(".vt-field")
    assert page.evaluate(ring, ".vt-composer") == "solid"


@pytest.mark.parametrize(
    "context", [{"viewport": {"width": 640, "height": 360}}], indirect=True
)
def test_at_200_percent_there_is_room_to_read(page: Page, shop: Shop) -> None:
    """A laptop of 1280 × 720, with all that a composer can have."""
    values = {
        "composer.attachments.enabled": True,
        "composer.models": [{"id": one, "label": one} for one in ("Quick", "Deep")],
        "composer.disclaimer.text": "It may be wrong.",
    }
    page.goto(shop.write("n8n", values, HOST))
    opened(page)
    page.wait_for_selector(".vt-model")
    rest(page)
    box = page.locator(".vt-scroller").bounding_box()
    assert box is not None
    assert box["height"] >= 120


@pytest.mark.parametrize(
    "context", [{"viewport": {"width": 500, "height": 400}}], indirect=True
)
def test_at_200_percent_everything_is_still_on_the_screen(
    page: Page, shop: Shop
) -> None:
    """1000 × 800 at 200 % is 500 × 400 to a page."""
    page.goto(shop.write("n8n", {}, HOST))
    opened(page)
    for name in (".vt-header", ".vt-field", ".vt-go", ".vt-header .vt-btn:last-child"):
        box = page.locator(name).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 500
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 400


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_targets_are_large_enough_for_a_thumb(page: Page, shop: Shop) -> None:
    values = {"messages.feedback": True, "launcher.teaser.enabled": True}
    values |= {"launcher.teaser.text": "May I help?", "launcher.teaser.delay": 0}  # type: ignore[dict-item]  # plain JSON
    page.goto(shop.write("n8n", values, HOST))
    page.wait_for_selector(".vt-teaser", state="visible")
    small = f"""() => [...{INSIDE}.querySelectorAll("button")]
        .filter((one) => one.checkVisibility({{visibilityProperty: true}}))
        .map((one) => [one.className, one.getBoundingClientRect()])
        .filter(([, box]) => box.width < 44 || box.height < 44)
        .map(([name, box]) => `${{name}} ${{box.width}} × ${{box.height}}`)"""
    assert page.evaluate(small) == []
    opened(page)
    page.fill(".vt-field", "Hello")
    page.click(".vt-go")
    page.wait_for_selector(".vt-row:not(.vt-mine)[data-state=done] .vt-actions button")
    rest(page)
    assert page.evaluate(small) == []


@pytest.mark.parametrize(
    "context", [{"viewport": {"width": 820, "height": 1180}}], indirect=True
)
def test_the_portal_s_card_stands_in_the_middle_of_a_tablet(
    page: Page, shop: Shop
) -> None:
    page.goto(shop.write("n8n", {"layout.mode": "portal"}, HOST))
    opened(page)
    box = page.locator(".vt-panel").bounding_box()
    assert box is not None
    assert box["x"] > 0
    assert box["x"] == 820 - box["x"] - box["width"]
