"""Whatever the accent: words on it are read, and the launcher is seen on its scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporter.colors import contrast, words_on
from tests.browser.shop import opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.shop import Shop

pytestmark = pytest.mark.browser
ACCENTS = [
    *("#0ea5e9", "#0f172a", "#000000", "#ffffff", "#777777", "#f97316", "#facc15"),
    *("#22c55e", "#ec4899", "#6d28d9", "#0284c7", "#ff0000", "#0000ff", "#00ffff"),
    *("#7c1d1d", "#1e3a8a", "#767676", "#8a8a00"),
]
PAINTED = """(selector) => {
  const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const node = document.querySelector("[data-vitrine]").shadowRoot
    .querySelector(selector);
  return [getComputedStyle(node).backgroundColor, getComputedStyle(node).color]
    .map((color) => {
      pen.fillStyle = color;
      pen.fillRect(0, 0, 1, 1);
      const parts = [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
      return "#" + parts.map((one) => one.toString(16).padStart(2, "0")).join("");
    });
}"""
DARKEST = "#17191d"  # the ground of the dark scheme


def alike(one: str, other: str) -> bool:
    """The same but for rounding, which near black is some steps of eight bits."""
    parts = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return all(abs(here - there) <= 6 for here, there in parts)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_on_every_accent_are_read(page: Page, shop: Shop, scheme: str) -> None:
    page.goto(shop.write("n8n", {"theme.color_scheme": scheme}))
    opened(page)
    odd = {}
    for accent in ACCENTS:
        page.evaluate(
            """(primary) => [...Vitrine.widgets.values()][0]
            .update({ theme: { accent: { primary } } })""",
            accent,
        )
        for selector in (".vt-launcher", ".vt-go"):
            ground, ink = page.evaluate(PAINTED, selector)
            if contrast(ground, ink) < 4.5 or not alike(ink, words_on(ground)):
                odd[accent, selector] = (ground, ink, words_on(ground))
    assert odd == {}


@pytest.mark.parametrize("face", ["n8n", "chatkit"])
def test_the_usual_launcher_is_seen_in_the_dark(
    page: Page, shop: Shop, face: str
) -> None:
    values = {"theme.color_scheme": "dark"}
    page.goto(shop.write(face, values, {"simulated": "for its look"}))
    page.wait_for_selector(".vt-launcher", state="visible")
    ground, _ = page.evaluate(PAINTED, ".vt-launcher")
    assert contrast(ground, DARKEST) >= 3


def test_words_keep_the_hue_of_a_bright_accent(page: Page, shop: Shop) -> None:
    page.goto(shop.write("n8n", {"theme.accent.primary": "#0ea5e9"}))
    page.wait_for_selector(".vt-launcher", state="visible")
    _, ink = page.evaluate(PAINTED, ".vt-launcher")
    red, green, blue = bytes.fromhex(ink[1:])
    assert red < green < blue


def test_a_line_parts_the_launcher_from_a_page_of_its_colour(
    page: Page, shop: Shop
) -> None:
    """A light widget's dark launcher on a dark page."""
    head = "<style>html { background: #0f172a }</style>"
    page.goto(shop.write("chatkit", {}, {"simulated": "for its look"}, head=head))
    page.wait_for_selector(".vt-launcher", state="visible")
    shadow = page.locator(".vt-launcher").evaluate(
        "(node) => getComputedStyle(node).boxShadow"
    )
    assert "0px 0px 0px 1px" in shadow
