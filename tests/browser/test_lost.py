"""A chat that cannot be loaded, for each reason there is: a sentence and a way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.shop import Shop

pytestmark = pytest.mark.browser
POLICY = (
    "<meta http-equiv='Content-Security-Policy'"
    " content=\"script-src 'sha256-none' {base}/site/w.js\">"
)
HOST = {"kind": "static"}
BUNDLE = "**/chat.js"


def told(page: Page) -> str:
    """What the launcher says after it was pressed with the keyboard."""
    page.wait_for_selector(".vt-launcher", state="visible")
    page.focus(".vt-launcher")
    page.keyboard.press("Enter")
    page.wait_for_selector(".vt-launcher[data-lost]")
    return page.get_by_role("button").aria_snapshot()


@pytest.mark.parametrize(
    "cause", ["blocked", "missing", "policy", "offline", "no code"]
)
def test_every_cause_is_told_and_tried_again(
    page: Page, shop: Shop, cause: str
) -> None:
    head = POLICY.format(base=shop.server.base) if cause == "policy" else ""
    address = shop.write("n8n", {}, HOST, head=head)
    if cause == "missing":
        page.route(BUNDLE, lambda route: route.fulfill(status=404))
    elif cause == "no code":
        page.route(BUNDLE, lambda route: route.fulfill(body="<html>Login</html>"))
    elif cause != "policy":
        page.route(BUNDLE, lambda route: route.abort())
    page.goto(address)
    if cause == "offline":
        page.context.set_offline(True)
    assert '"Chat offline. Try again"' in told(page)
    assert page.get_by_role("alert").all_inner_texts() == ["Chat offline. Try again"]
    if cause == "policy":
        return  # it stands till the page changes
    page.context.set_offline(False)
    page.unroute(BUNDLE)
    page.keyboard.press("Enter")
    page.wait_for_selector(".vt-field", state="visible")
    assert page.locator(".vt-launcher[data-lost]").count() == 0


@pytest.mark.parametrize(
    "context", [{"viewport": {"width": 320, "height": 600}}], indirect=True
)
@pytest.mark.parametrize("lang", ["de", "ar", "ja"])
def test_it_fits_the_smallest_phone(page: Page, shop: Shop, lang: str) -> None:
    page.route(BUNDLE, lambda route: route.abort())
    page.goto(shop.write("n8n", {}, HOST, lang=lang))
    told(page)
    box = page.locator(".vt-launcher").bounding_box()
    assert box
    assert box["x"] >= 24
    assert box["x"] + box["width"] <= 296
    words = page.locator(".vt-face + span").bounding_box()
    assert words
    assert box["y"] <= words["y"]
    assert words["y"] + words["height"] <= box["y"] + box["height"]
