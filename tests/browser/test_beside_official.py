"""Ours and the official @n8n/chat, side by side before the same n8n.

The official one is fetched by npm at one version, and only looked at here.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import TimeoutError

from tests.bench.official import official_chat
from tests.standins import n8n as standin
from tests.standins.n8n import N8nStandIn, Workflow, event, says, streams

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.shop import Shop

pytestmark = pytest.mark.browser
OFFICIAL = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title>
<link rel="stylesheet" href="/official/style.css"><body><main><p>Shop</p></main>
<script type="module">
import {{ createChat }} from "/official/chat.bundle.es.js";
createChat({options});</script></html>"""
# The widget's own root, whichever it is: a shadow root or the page.
ROOT = """
const root = document.querySelector("[data-vitrine]")?.shadowRoot ?? document;
const field = () => root.querySelector("textarea");
const active = () => root.activeElement;
const seen = (node) => Boolean(node?.checkVisibility({ visibilityProperty: true }));
"""
LAUNCHER = {"ours": ".vt-launcher", "theirs": ".chat-window-toggle"}
SAID = {
    "ours": ".vt-row:not(.vt-mine):not([data-state=streaming]) .vt-text",
    "theirs": ".chat-message-from-bot:not(.chat-message-typing)",
}
PICTURE = """async () => {
  const canvas = new OffscreenCanvas(4, 4);
  canvas.getContext("2d").fillRect(0, 0, 4, 4);
  const picture = await canvas.convertToBlob();
  await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
}"""


class Side:
    """One of the two on a page of its own, at the same n8n."""

    def __init__(self, name: str, page: Page, shop: Shop) -> None:
        self.name, self.page, self.shop = name, page, shop
        if name == "theirs":
            try:
                shop.server.folders["/official/"] = official_chat()
            except RuntimeError as error:
                pytest.skip(str(error))

    def open(self, workflow: Workflow, *, streaming: bool = False) -> None:
        """Load the page, and wait for the launcher."""
        self.page.goto(self._address(workflow, streaming=streaming))
        self.page.wait_for_selector(LAUNCHER[self.name], state="visible")

    def _address(self, workflow: Workflow, *, streaming: bool) -> str:
        if self.name == "ours":
            values = {
                "connection.access": "direct",
                "connection.webhook_url": workflow.url,
                "connection.streaming": streaming,
                "composer.attachments.enabled": True,
            }
            return self.shop.write("n8n", values, {"kind": "hosted"})
        options = {
            "webhookUrl": workflow.url,
            "loadPreviousSession": False,
            "allowFileUploads": True,
            "enableStreaming": streaming,
            "initialMessages": [],
        }
        page = OFFICIAL.format(options=json.dumps(options))
        self.shop.server.pages["/"] = page
        return f"{self.shop.server.base}/"

    def look(self, expression: str, value: Any = None) -> Any:
        """What an expression about `root` says."""
        return self.page.evaluate(
            f"(value) => {{ {ROOT} return {expression}; }}", value
        )

    def comes(self, expression: str) -> bool:
        """Whether it becomes true; only theirs is known to leave that to wait for."""
        patience = 30_000 if self.name == "ours" else 1500
        test = f"() => {{ {ROOT} return {expression}; }}"
        try:
            self.page.wait_for_function(test, timeout=patience)
        except TimeoutError:
            return False
        return True

    def click_open(self) -> None:
        """Open it as a mouse does."""
        self.page.click(LAUNCHER[self.name])
        self.page.wait_for_selector("textarea", state="visible")

    def say(self, text: str = "Hello") -> list[str]:
        """Send something; what the other side is then shown to say."""
        self.page.fill("textarea", text)
        self.page.keyboard.press("Enter")
        self.page.locator(SAID[self.name]).last.wait_for()
        self.comes('!root.querySelector(".chat-message-typing, .vt-go[data-busy]")')
        return self.page.locator(SAID[self.name]).all_inner_texts()


@pytest.fixture(params=["ours", "theirs"])
def side(request: pytest.FixtureRequest, page: Page, shop: Shop) -> Side:
    return Side(request.param, page, shop)


def ways(side: Side) -> dict[str, bool]:
    """What somebody without a mouse, or without sight, can do."""
    found: dict[str, bool] = {}
    press = side.page.keyboard.press
    launcher = json.dumps(LAUNCHER[side.name])
    found["the launcher has a name"] = side.look(
        f"Boolean(root.querySelector({launcher}).ariaLabel"
        f" || root.querySelector({launcher}).textContent.trim())"
    )
    reached = f"active()?.matches({launcher})"
    for _ in range(6):
        press("Tab")
        if side.look(reached):
            break
    found["Tab reaches the launcher"] = bool(side.look(reached))
    press("Enter")
    found["Enter opens it"] = side.comes("seen(field())")
    if not found["Enter opens it"]:
        side.click_open()
    found["the field has the focus"] = side.comes("active() === field()")
    side.page.fill("textarea", "Hello")
    press("Enter")
    side.page.locator(SAID[side.name]).last.wait_for()
    found["an answer is announced"] = side.comes(
        '[...root.querySelectorAll("[aria-live=polite], [role=status]")]'
        '.some((node) => node.textContent.includes("An answer"))'
    )
    press("Escape")
    found["Escape closes it"] = side.comes("!seen(field())")
    found["the focus comes back"] = side.comes(reached)
    return found


def test_without_a_mouse(side: Side, n8n: N8nStandIn) -> None:
    side.open(n8n.add(Workflow(says({"output": "An answer"}))))
    found = ways(side)
    if side.name == "ours":
        assert set(found.values()) == {True}, found
    else:
        assert set(found.values()) == {False}, found


@pytest.mark.parametrize(
    "context",
    [{"permissions": ["clipboard-read", "clipboard-write"]}],
    indirect=True,
)
def test_a_picture_is_pasted(side: Side, n8n: N8nStandIn) -> None:
    side.open(n8n.add(Workflow(says({"output": "Nice"}))))
    side.page.evaluate(PICTURE)
    side.click_open()
    side.page.focus("textarea")
    if side.name == "ours":
        side.page.wait_for_selector("input[type=file]", state="attached")
    side.page.keyboard.press("Control+v")
    came = side.comes('root.querySelector(".vt-picked li, .chat-file")')
    assert came is (side.name == "ours")
    if came:
        side.page.keyboard.press("Enter")
        side.page.locator(SAID["ours"]).last.wait_for()
        (file,) = n8n.messages()[0].files
        assert (file.name, file.type) == ("image.png", "image/png")
        assert file.data.startswith(b"\x89PNG")


FAILURES: dict[str, tuple[Workflow, str]] = {
    "failed": (Workflow(says({"message": "Error in workflow"}, 500)), "on our side"),
    "a proxy's page": (
        Workflow(standin.says_bytes(b"<!doctype html><title>504</title><h1>No</h1>")),
        "on our side",
    ),
    "nothing": (Workflow(standin.says_bytes(b"")), "no answer"),
    "no content": (Workflow(standin.says_bytes(b"", status=204)), "no answer"),
    "no output": (
        Workflow(
            says({"message": "Workflow executed successfully but nothing came out"})
        ),
        "no answer",
    ),
    "refused": (Workflow(says({}), auth=("u", "p")), "not be used here"),
    "too many": (Workflow(says({"message": "slow down"}, 429)), "a lot going on"),
    "broken off": (
        Workflow(streams(event("begin"), event("item", "half"), drop=True)),
        "broke off",
    ),
    "an error in the stream": (
        Workflow(streams(event("begin"), event("error", "TypeError: x is undefined"))),
        "on our side",
    ),
    "a stream nobody asked for": (
        Workflow(streams(event("begin"), event("item", "Hi there"), event("end"))),
        "Hi there",
    ),
}
RAW = ('"', "<", "{", "Error", "undefined", "slow down", "Workflow", "Empty")


@pytest.mark.parametrize("case", list(FAILURES))
def test_a_failure_is_a_sentence(side: Side, n8n: N8nStandIn, case: str) -> None:
    workflow, words = FAILURES[case]
    side.open(n8n.add(workflow), streaming="stream" in case and "nobody" not in case)
    side.click_open()
    said = side.say()[-1]
    human = words in said and not any(raw in said for raw in RAW)
    assert human is (side.name == "ours"), said
