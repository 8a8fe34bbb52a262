"""A press on the launcher: the field at once, and nothing that comes after it seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.shop import rest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.shop import Shop

pytestmark = pytest.mark.browser
PRESSED = """() => new Promise((done) => {
  const frames = [];
  let asked, first;
  const root = () => document.querySelector("[data-vitrine]")?.shadowRoot;
  const drawn = new MessageChannel();
  drawn.port1.onmessage = () => {
    const panel = root().querySelector(".vt-panel");
    if (panel) frames.push({
      opacity: Number(getComputedStyle(panel).opacity),
      whole: [".vt-header", ".vt-body"].every((one) => panel.querySelector(one)),
      field: panel.querySelector(".vt-field") === root().activeElement,
      foot: panel.querySelector(".vt-foot").getBoundingClientRect().top
        - panel.getBoundingClientRect().top,
    });
    if (frames.length > 9) done([first, frames]);
  };
  const look = () => {
    const launcher = root()?.querySelector(".vt-launcher");
    if (launcher && !asked) {
      asked = true;
      root().addEventListener("focusin", () => {
        first ??= !root().querySelector(".vt-header");
      }, true);
      launcher.click();
    }
    drawn.port2.postMessage(0);
    requestAnimationFrame(look);
  };
  look();
})"""


def pressed(page: Page, address: str) -> tuple[bool, list[dict[str, Any]]]:
    """Whether the field has the focus before the rest is there, and the first frames.

    The chat is wanted before it was built.
    """
    page.add_init_script("window.requestIdleCallback = () => {};")
    page.goto(address, wait_until="commit")
    page.wait_for_function("document.querySelector('[data-vitrine]')")
    first, frames = page.evaluate(PRESSED)
    return first, frames


@pytest.mark.parametrize(
    ("context", "moves"),
    [({}, True), ({"reduced_motion": "reduce"}, False)],
    ids=["moving", "still"],
    indirect=["context"],
)
def test_the_field_comes_first_and_the_rest_before_anything_is_seen(
    page: Page, shop: Shop, *, moves: bool
) -> None:
    first, frames = pressed(page, shop.write("n8n", {}, {"kind": "static"}))
    assert first == moves
    assert all(frame["field"] for frame in frames)
    assert [frame for frame in frames if frame["opacity"] and not frame["whole"]] == []
    assert len({round(frame["foot"]) for frame in frames}) == 1
    rest(page)
    order = "[...document.querySelector('[data-vitrine]').shadowRoot"
    order += ".querySelector('.vt-panel').children].map((one) => one.classList[0])"
    assert page.evaluate(order) == [
        *("vt-header", "vt-body", "vt-foot", "vt-btn", "vt-hidden-text")
    ]


def test_what_is_said_before_the_rest_is_there_shows(page: Page, shop: Shop) -> None:
    script = {
        "name": "a",
        "title": "A",
        "steps": [{"user": "?"}, {"assistant": "An answer.", "delay": 0, "pace": 0}],
    }
    host = {"simulated": "for a test", "scenario": script}
    page.goto(shop.write("n8n", {}, host), wait_until="commit")
    page.wait_for_function("window.Vitrine?.widgets.size")
    page.evaluate(
        """() => {
        const [widget] = Vitrine.widgets.values();
        widget.open();
        widget.send("At once");
        }"""
    )
    page.get_by_text("At once").wait_for()
    page.get_by_text("An answer.").first.wait_for(state="attached")
