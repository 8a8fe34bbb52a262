"""What a widget shares with others and with the visitor's own hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.shop import opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.shop import Shop

pytestmark = pytest.mark.browser
SIMULATED = {"simulated": "for a test"}
PHONE = {
    "viewport": {"width": 390, "height": 800},
    "has_touch": True,
    "is_mobile": True,
}
OVERFLOW = "() => document.documentElement.style.overflow"
CALL = "([at, name]) => [...Vitrine.widgets.values()][at][name]()"


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_two_chats_on_a_phone_give_the_page_its_scrolling_back(
    page: Page, shop: Shop
) -> None:
    address = shop.write("n8n", {}, SIMULATED)
    script = (shop.folder / "w.js").read_text("utf-8")
    key = script.partition('({key:"')[2][:16]
    (shop.folder / "v.js").write_text(script.replace(key, "SecondSecondSeco"), "utf-8")
    shop.server.pages["/"] += '<script src="/site/v.js"></script>'
    page.goto(address)
    for call in ([0, "open"], [1, "open"]):
        page.evaluate(CALL, call)
    assert page.evaluate(OVERFLOW) == "hidden"
    page.evaluate(CALL, [0, "close"])
    assert page.evaluate(OVERFLOW) == "hidden"
    page.evaluate(CALL, [1, "close"])
    assert page.evaluate(OVERFLOW) == ""


def test_escape_gives_up_a_word_of_an_input_method_and_not_the_chat(
    page: Page, shop: Shop
) -> None:
    page.goto(shop.write("n8n", {}, SIMULATED))
    opened(page)
    composing = """(field, composing) => field.dispatchEvent(new KeyboardEvent(
      "keydown", { key: "Escape", isComposing: composing, bubbles: true }))"""
    page.locator(".vt-field").evaluate(composing, True)
    assert page.locator(".vt[data-open]").count() == 1
    page.locator(".vt-field").evaluate(composing, False)
    page.wait_for_selector(".vt-field", state="hidden")


def test_a_launcher_that_is_dragged_goes_to_the_corner_and_does_not_open(
    page: Page, shop: Shop
) -> None:
    page.goto(shop.write("n8n", {"launcher.draggable": True}, SIMULATED))
    page.wait_for_selector(".vt-launcher[aria-expanded]")
    page.wait_for_function(
        "() => performance.getEntriesByType('resource')"
        ".some(({ name }) => name.endsWith('/drag.js'))"
    )
    page.hover(".vt-launcher")
    page.mouse.down()
    page.mouse.move(500, 400, steps=5)
    page.mouse.move(60, 60, steps=5)
    page.mouse.up()
    page.wait_for_selector(".vt[data-position=top-left]", state="attached")
    assert not page.locator(".vt[data-open]").count()
    page.click(".vt-launcher")
    page.wait_for_selector(".vt-field", state="visible")
    page.reload()
    page.wait_for_selector(".vt[data-position=top-left]", state="attached")
