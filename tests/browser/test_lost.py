"""A chat that cannot be loaded, for each reason there is: a sentence and a way on."""

from __future__ import annotations

import base64
import json
from hashlib import sha384
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

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


def test_code_that_is_not_the_pinned_one_never_runs(page: Page, shop: Shop) -> None:
    """An import map's sums hold at every try, whatever name it goes by."""
    shop.write("n8n", {}, HOST)
    (chat,) = shop.folder.glob("runtime/*/chat.js")
    pinned = f"{shop.server.base}/site/{chat.relative_to(shop.folder)}"
    sums = json.dumps({"integrity": {pinned: f"sha384-{'A' * 64}"}})
    head = f'<script type="importmap">{sums}</script>'
    page.goto(shop.write("n8n", {}, HOST, head=head))
    assert '"Chat offline. Try again"' in told(page)
    for _ in range(2):
        page.evaluate("[...Vitrine.widgets.values()][0].open()")
        page.wait_for_selector(".vt-launcher[data-lost]:not([aria-busy])")
    assert page.locator(".vt-panel").count() == 0


def test_a_policy_of_integrity_is_told_too(page: Page, shop: Shop) -> None:
    """A page that lets no script in without a sum, and has none for the chat."""
    address = shop.write("n8n", {}, HOST)
    digest = base64.b64encode(sha384((shop.folder / "w.js").read_bytes()).digest())
    pinned = f'<script crossorigin integrity="sha384-{digest.decode()}" src='
    shop.server.pages["/"] = shop.server.pages["/"].replace("<script src=", pinned)

    def strict(route: Route) -> None:
        answer = route.fetch()
        policy = {"integrity-policy": "blocked-destinations=(script)"}
        route.fulfill(response=answer, headers={**answer.headers, **policy})

    page.route(address, strict)
    page.goto(address)
    assert '"Chat offline. Try again"' in told(page)


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
