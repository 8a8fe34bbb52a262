"""axe finds nothing to say: every state, mode, scheme and face, and right to left."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.shop import Shop, opened, rest

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not AXE.is_file(), reason="no axe here"),
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# axe can't read oklch(), oklab() or color(), so the contrast is worked out here, from
# what each colour paints and from what lies below it.
LOOK = """async (tags) => {
  const pen = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const painted = (color) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = color;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = ([a, b, c, alpha], ground) =>
    [a, b, c].map((one, at) => one * alpha + ground[at] * (1 - alpha));
  const parent = (node) => node.parentElement ?? node.getRootNode().host;
  const below = (node) => {
    if (!node) return [255, 255, 255];
    const {backgroundColor} = getComputedStyle(node);
    const color = painted(backgroundColor);
    return color[3] === 1 ? color : over(color, below(parent(node)));
  };
  const light = (color) => {
    const [red, green, blue] = color.map((one) => one / 255)
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const opacity = (node) => node
    ? Number(getComputedStyle(node).opacity) * opacity(parent(node)) : 1;
  const faint = (node) => {
    const style = getComputedStyle(node);
    const ground = below(node);
    const ink = painted(style.color);
    ink[3] *= opacity(node);
    const [one, other] = [light(over(ink, ground)), light(ground)];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    return ratio < (large ? 3 : 4.49) ? ratio : 0;
  };
  const {shadowRoot} = document.querySelector("[data-vitrine]");
  for (const one of shadowRoot.getAnimations())
    if (one.effect.getComputedTiming().endTime < Infinity) one.finish();
  const read = [...shadowRoot.querySelectorAll("*")].filter((node) =>
    [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim())
    && node.checkVisibility({visibilityProperty: true})
    && !node.matches(":disabled, [aria-disabled=true], .vt-hidden-text"));
  const pale = read.map((node) => [node, faint(node)]).filter(([, ratio]) => ratio)
    .map(([node, ratio]) => `color-contrast: ${node.className || node.tagName}:`
      + ` ${ratio.toFixed(2)} of ${node.textContent.slice(0, 20)}`);
  const {violations, incomplete} = await axe.run({runOnly: tags});
  const sentences = ({id, nodes}) => nodes.map(({target, any, all, none}) => {
    const said = [...any, ...all, ...none].map((one) => one.message);
    return `${id}: ${target.flat().pop()}: ${said.join("; ")}`;
  });
  const unsure = incomplete.filter(({id}) => id !== "color-contrast");
  return [...pale, ...[...violations, ...unsure].flatMap(sentences)];
}"""
LONG = """### A heading

Words, **strong**, [a link](https://example.com) and `code`.

- [x] done
- [ ] open

| Size | Price |
| ---- | ----: |
| M    | 12    |

```js
const answer = 42; // said at last
```

> quoted
"""
SCENARIO = {
    "name": "axe",
    "title": "Axe",
    "instant": True,
    "steps": [
        {"user": "One"},
        {"assistant": LONG},
        {"user": "Two"},
        {
            "assistant": "Choose",
            "buttons": [{"text": "Yes", "link": "https://a.example"}],
        },
        {"user": "Three"},
        {"error": "server"},
    ],
}
SLOW = {
    "name": "slow",
    "title": "Slow",
    "steps": [{"user": "?"}, {"assistant": "word " * 500, "delay": 0, "pace": 400}],
}
TOOLS = [
    {"id": "a", "label": "Search", "icon": "globe", "pinned": True},
    {"id": "b", "label": "Draw", "icon": "sparkle"},
]
MODELS = [
    {"id": "x", "label": "Quick", "description": "Fast", "default": True},
    {"id": "y", "label": "Deep", "description": "Slow"},
]
VALUES = {
    "launcher.teaser.enabled": True,
    "launcher.teaser.text": "May I help?",
    "launcher.teaser.delay": 0,
    "start_screen.prompts": [{"label": "Size", "prompt": "Size?", "icon": "star"}],
    "composer.attachments.enabled": True,
    "composer.tools": TOOLS,
    "composer.models": MODELS,
    "composer.disclaimer.text": "It may be [wrong](https://example.com).",
    "composer.dictation.enabled": True,
    "messages.feedback": True,
    "header.right_action.enabled": True,
    "history.enabled": True,
}
N8N = {
    "messages.show_avatar": True,
    "messages.show_timestamps": True,
    "header.subtitle": "We reply at once",
    "start_screen.subtitle": "Ask away",
    "start_screen.initial_messages": ["Hello!"],
    "behavior.rating": True,
    "behavior.print_transcript": True,
    "behavior.email_transcript": True,
}
MODES = ["popup", "phone", "inline", "fullpage", "portal"]
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True}


class Walk:
    """Goes from state to state, and keeps what axe says about each."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: dict[str, Any] = {}

    def look(self, state: str) -> None:
        rest(self.page)
        said = self.page.evaluate(LOOK, RULES)
        if said:
            self.found[state] = said

    def patch(self, change: dict[str, Any]) -> None:
        self.page.evaluate(
            "(change) => [...Vitrine.widgets.values()][0].update(change)", change
        )

    def send(self, text: str) -> None:
        self.page.fill(".vt-field", text)
        self.page.click(".vt-go")

    def ready(self) -> None:
        self.page.wait_for_selector(".vt-go:not([data-busy])")


CASES = [
    *((face, mode, scheme, "en") for face, mode, scheme in product(
        ("n8n", "chatkit"), MODES, ("light", "dark"))),
    ("n8n", "popup", "light", "ar"),
    ("chatkit", "phone", "dark", "he"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("face", "mode", "scheme", "locale", "context"),
    [(*case, PHONE if case[1] == "phone" else {}) for case in CASES],
    ids=["-".join(case) for case in CASES],
    indirect=["context"],
)
def test_nothing_to_say(
    page: Page, shop: Shop, face: str, mode: str, scheme: str, locale: str
) -> None:
    values = {
        **VALUES,
        **(N8N if face == "n8n" else {}),
        "layout.mode": "popup" if mode == "phone" else mode,
        "layout.popup.expandable": True,
        "theme.color_scheme": scheme,
        "texts.locale": locale,
    }
    host = {"simulated": "for axe", "scenario": SCENARIO}
    place = 'data-target="#chat"' if mode == "inline" else ""
    page.goto(shop.write(face, values, host, attributes=place))
    page.evaluate(AXE.read_text("utf-8"))
    walk = Walk(page)
    if mode in ("popup", "phone"):
        walk.look("closed")
        page.wait_for_selector(".vt-teaser", state="visible")
        walk.look("teaser")
    opened(page)
    page.wait_for_selector(".vt-model")
    page.wait_for_selector("input[type=file]", state="attached")
    walk.look("start screen")
    page.click(".vt-model")
    page.wait_for_selector(".vt-menu")
    walk.look("menu")
    page.keyboard.press("Escape")
    file: FilePayload = {"name": "a.txt", "mimeType": "text/plain", "buffer": b"words"}
    page.set_input_files("input[type=file]", [file])
    page.wait_for_selector(".vt-picked li")
    walk.look("attachments")
    for number, text in enumerate(("One", "Two", "Three"), 1):
        walk.send(text)
        page.wait_for_selector(f".vt-mine:nth-of-type({number * 2 - 1})")
        walk.ready()
        walk.look(f"conversation {number}")
    page.wait_for_selector(".vt-row[data-state=error]")
    page.click(".vt-header .vt-btn:has(path[d^='M4 12a8'])")
    page.wait_for_selector(".vt-history :is(li, p)")
    walk.look("history")
    page.keyboard.press("Escape")
    walk.patch({"scenario": SLOW})
    walk.send("Tell me")
    page.wait_for_function(
        """() => document.querySelector("[data-vitrine]").shadowRoot
        .querySelector(".vt-row:not(.vt-mine)[data-state=streaming]")"""
    )
    walk.look("streaming")
    page.click(".vt-go")
    if face == "n8n":
        walk.ready()
        walk.patch({"start_screen": {"welcome_screen": True}})
        page.click(".vt-header .vt-btn:has(path[d^='M12 5H6.5'])")
        page.wait_for_selector(".vt-welcome", state="visible")
        walk.look("welcome")
    assert walk.found == {}


def test_axe_looks_inside_the_widget(page: Page, shop: Shop) -> None:
    # No scenario: as it began, the composer would get its words again.
    page.goto(shop.write("n8n", {}, {"kind": "static"}))
    page.evaluate(AXE.read_text("utf-8"))
    opened(page)
    for name in ("aria-label", "title"):
        page.locator(".vt-go").evaluate(f"(node) => node.removeAttribute('{name}')")
    pale = "(node) => node.style.setProperty('color', 'oklch(.8 0 0)')"
    page.locator(".vt-intro .vt-greeting").evaluate(pale)
    walk = Walk(page)
    walk.look("spoiled")
    said = [one.partition(":")[0] for one in walk.found["spoiled"]]
    assert sorted(said) == ["button-name", "color-contrast"]
