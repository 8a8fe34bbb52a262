"""Notches, keyboards, turned phones, sandboxes, strict policies, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.shop import Shop, opened, rest
from tests.standins.n8n import N8nStandIn, Workflow, event, says, streams

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page

pytestmark = pytest.mark.browser
SIMULATED = {
    "simulated": "for a test",
    "scenario": {
        "name": "a",
        "title": "A",
        "steps": [{"user": "?"}, {"assistant": "An answer.", "delay": 0, "pace": 0}],
    },
}
PHONE = {
    "viewport": {"width": 390, "height": 800},
    "has_touch": True,
    "is_mobile": True,
}
TURNED = {**PHONE, "viewport": {"width": 800, "height": 390}}
TOP, SIDE, BOTTOM = 47, 44, 34
WHOLE = ("fullpage", "portal", "popup")
NEEDED = (
    ".vt-header .vt-heading",
    ".vt-field",
    ".vt-go",
    ".vt-powered span:last-child",
)


def cut_out(page: Page, **insets: int) -> None:
    """A screen with these parts of it behind a notch or a bar."""
    session = page.context.new_cdp_session(page)
    sides = {side: insets.get(side, 0) for side in ("top", "left", "right", "bottom")}
    session.send("Emulation.setSafeAreaInsetsOverride", {"insets": sides})


def place(page: Page, name: str) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what stands there."""
    box = page.locator(name).first.bounding_box()
    assert box is not None, name
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


@pytest.mark.parametrize("mode", WHOLE)
@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_nothing_needed_lies_under_the_notch_or_the_home_bar(
    page: Page, shop: Shop, mode: str
) -> None:
    values = {"layout.mode": mode, "layout.portal.title": "Ask us"}
    page.goto(shop.write("n8n", values, SIMULATED))
    cut_out(page, top=TOP, bottom=BOTTOM)
    opened(page)
    names = [*NEEDED, ".vt-portal-head h1"] if mode == "portal" else NEEDED
    for name in names:
        _, top, _, bottom = place(page, name)
        assert top >= TOP, name
        assert bottom <= 800 - BOTTOM, name
    # The ground reaches into both.
    ground = ".vt" if mode == "portal" else ".vt-panel"
    assert place(page, ground)[1] <= 0
    assert place(page, ground)[3] >= 800


@pytest.mark.parametrize("mode", WHOLE)
@pytest.mark.parametrize("context", [TURNED], indirect=True)
def test_nothing_needed_lies_beside_the_turned_phone_s_notch(
    page: Page, shop: Shop, mode: str
) -> None:
    page.goto(shop.write("n8n", {"layout.mode": mode}, SIMULATED))
    cut_out(page, left=SIDE, right=SIDE, bottom=21)
    opened(page)
    for name in NEEDED[1:]:
        left, top, right, bottom = place(page, name)
        assert left >= SIDE, name
        assert right <= 800 - SIDE, name
        if mode != "portal":  # which scrolls
            assert top >= 0, name
            assert bottom <= 390, name


@pytest.mark.parametrize("position", ["bottom-right", "top-left"])
@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_the_launcher_keeps_off_them_too(page: Page, shop: Shop, position: str) -> None:
    values = {"layout.popup.position": position}
    page.goto(shop.write("n8n", values, SIMULATED))
    cut_out(page, top=TOP, bottom=BOTTOM)
    _, top, _, bottom = place(page, ".vt-launcher")
    assert top >= TOP
    assert bottom <= 800 - BOTTOM


ON_SCREEN = """(names) => names.every((name) => {
  const { shadowRoot } = document.querySelector("[data-vitrine]");
  const { left, top, right, bottom } =
    shadowRoot.querySelector(name).getBoundingClientRect();
  return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
})"""


@pytest.mark.parametrize("mode", WHOLE)
@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_a_phone_may_be_turned_while_it_is_open(
    page: Page, shop: Shop, mode: str
) -> None:
    page.goto(shop.write("n8n", {"layout.mode": mode}, SIMULATED))
    opened(page)
    page.fill(".vt-field", "half a sentence")
    for width, height in ((800, 390), (390, 800), (800, 390), (390, 800)):
        page.set_viewport_size({"width": width, "height": height})
        rest(page)
        assert page.input_value(".vt-field") == "half a sentence"
        if mode == "portal" and width > height:
            continue  # a page that scrolls
        page.wait_for_function(ON_SCREEN, arg=[".vt-panel", *NEEDED[1:3]])
    held = "document.documentElement.style.overflow"
    assert page.evaluate(held) == ("hidden" if mode == "popup" else "")


KEYBOARD = """(height) => {
  const seen = { value: height, configurable: true };
  Object.defineProperty(visualViewport, "height", seen);
  visualViewport.dispatchEvent(new Event("resize"));
}"""


@pytest.mark.parametrize("mode", ["popup", "fullpage"])
@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_the_field_stands_above_the_on_screen_keyboard(
    page: Page, shop: Shop, mode: str
) -> None:
    page.goto(shop.write("n8n", {"layout.mode": mode}, SIMULATED))
    opened(page)
    before = place(page, ".vt-panel")
    page.evaluate(KEYBOARD, 460)
    rest(page)
    for name in (".vt-header", ".vt-field", ".vt-go"):
        _, top, _, bottom = place(page, name)
        assert top >= 0, name
        assert bottom <= 460, name
    page.evaluate(KEYBOARD, 800)
    rest(page)
    assert place(page, ".vt-panel") == before


PANNED = """([height, top]) => {
  for (const [name, value] of [["height", height], ["offsetTop", top]])
    Object.defineProperty(visualViewport, name, { value, configurable: true });
  visualViewport.dispatchEvent(new Event("scroll"));
}"""


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_a_page_that_the_keyboard_pans_takes_the_panel_along(
    page: Page, shop: Shop
) -> None:
    """As iOS does: the layout stays, and what is seen of it moves."""
    page.goto(shop.write("n8n", {}, SIMULATED))
    opened(page)
    page.evaluate(PANNED, [420, 130])
    rest(page)
    _, top, _, bottom = place(page, ".vt-panel")
    assert (round(top), round(bottom)) == (130, 550)


@pytest.mark.parametrize("mode", ["popup", "fullpage"])
@pytest.mark.parametrize("context", [TURNED], indirect=True)
def test_a_turned_phone_s_keyboard_leaves_words_and_field(
    page: Page, shop: Shop, mode: str
) -> None:
    values = {"composer.disclaimer.text": "It may be wrong.", "layout.mode": mode}
    page.goto(shop.write("n8n", values, SIMULATED))
    opened(page)
    page.evaluate(KEYBOARD, 150)
    rest(page)
    for name in (".vt-field", ".vt-go"):
        _, top, _, bottom = place(page, name)
        assert top >= 0, name
        assert bottom <= 150, name
    _, top, _, bottom = place(page, ".vt-scroller")
    assert bottom - top > 60
    page.evaluate(KEYBOARD, 390)
    rest(page)
    assert page.is_visible(".vt-header")


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_a_page_that_is_pinched_larger_is_no_keyboard(page: Page, shop: Shop) -> None:
    """True pixels of a true pinch: the visual viewport shrinks there too."""
    page.goto(shop.write("n8n", {"layout.mode": "fullpage"}, SIMULATED))
    opened(page)
    session = page.context.new_cdp_session(page)
    session.send("Input.synthesizePinchGesture", {"x": 195, "y": 400, "scaleFactor": 2})
    page.wait_for_function("() => visualViewport.scale > 1.5")
    rest(page)
    left, top, right, bottom = place(page, ".vt-panel")
    # What a pinch scrolls and scales by is no round number.
    assert (right - left, bottom - top) == pytest.approx((390, 800), abs=0.01)
    assert page.evaluate("() => visualViewport.height < innerHeight * .7")


@pytest.mark.parametrize("context", [{}, PHONE], indirect=True)
def test_a_page_with_a_zoom_of_its_own_leaves_the_whole_panel_on_the_screen(
    page: Page, shop: Shop
) -> None:
    head = "<style>html { zoom: 1.3 }</style>"
    page.goto(shop.write("n8n", {}, SIMULATED, head=head))
    opened(page)
    for name in (".vt-header", ".vt-field"):
        left, top, right, bottom = place(page, name)
        assert (left >= 0, top >= 0) == (True, True), name
        assert right <= page.evaluate("innerWidth"), name
        assert bottom <= page.evaluate("innerHeight"), name


@pytest.mark.parametrize("corner", ["bottom-right", "top-left"])
@pytest.mark.parametrize("size", [(320, 568), (852, 393), (1280, 800), (1920, 1080)])
def test_no_distance_pushes_the_widget_off_the_screen(
    page: Page, shop: Shop, size: tuple[int, int], corner: str
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    popup = "layout.popup"
    values = {
        **{f"{popup}.{name}": 500 for name in ("offset_x", "offset_y")},
        f"{popup}.position": corner,
        f"{popup}.fullscreen_on_phones": False,
    }
    page.goto(shop.write("n8n", values, SIMULATED))
    launcher = place(page, ".vt-launcher")
    opened(page)
    rest(page)
    for left, top, right, bottom in (launcher, place(page, ".vt-field")):
        assert min(left, top) >= 0
        assert (right <= size[0], bottom <= size[1]) == (True, True)
        assert right - left >= 44
    left, top, right, bottom = place(page, ".vt-panel")
    assert min(left, top) >= 0
    assert right - left >= min(270, size[0])


@pytest.mark.parametrize("context", [PHONE], indirect=True)
@pytest.mark.parametrize("size", [14, 18])
def test_no_field_is_so_small_that_a_phone_zooms_into_it(
    page: Page, shop: Shop, size: int
) -> None:
    scenario = {"name": "n", "title": "t", "steps": [{"user": "?"}, {"assistant": "!"}]}
    values = {"typography.base_size": size, "history.enabled": True}
    page.goto(shop.write("n8n", values, {**SIMULATED, "scenario": scenario}))
    opened(page)
    page.fill(".vt-field", "Hello")
    page.click(".vt-go")
    page.wait_for_selector(".vt-go:not([data-busy])")
    page.click(".vt-header .vt-btn:has(path[d^='M4 12a8'])")
    page.click(".vt-threads .vt-btn >> nth=0")
    page.wait_for_selector(".vt-threads input")
    sizes = page.evaluate(
        """() => [...document.querySelector("[data-vitrine]").shadowRoot
        .querySelectorAll("input, textarea")]
        .map((one) => parseFloat(getComputedStyle(one).fontSize))"""
    )
    assert len(sizes) >= 2
    assert min(sizes) >= 16


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_the_last_words_stay_in_sight_as_the_keyboard_comes(
    page: Page, shop: Shop, n8n: N8nStandIn
) -> None:
    workflow = n8n.add(Workflow(says({"output": "a line\n\n" * 60 + "the last"})))
    page.goto(shop.write("n8n", direct(workflow), {"kind": "hosted"}))
    opened(page)
    talk(page, "Hello", answers=1)
    page.locator(".vt-text").get_by_text("the last").wait_for()
    page.evaluate(KEYBOARD, 460)
    rest(page)
    page.wait_for_function(
        """() => {
          const { shadowRoot } = document.querySelector("[data-vitrine]");
          const words = [...shadowRoot.querySelectorAll(".vt-text p")].at(-1);
          const foot = shadowRoot.querySelector(".vt-foot");
          const end = words.getBoundingClientRect().bottom;
          return end > 0 && end <= foot.getBoundingClientRect().top + 1;
        }"""
    )


def direct(workflow: Workflow) -> dict[str, Any]:
    """A widget that asks this workflow itself."""
    return {"connection.access": "direct", "connection.webhook_url": workflow.url}


def test_a_sandbox_that_keeps_nothing_still_talks(
    page: Page, shop: Shop, n8n: N8nStandIn
) -> None:
    """Without allow-same-origin there is no storage and no origin."""
    workflow = n8n.add(Workflow(says({"output": "Hi **you**"})))
    values = {**direct(workflow), "history.enabled": True, "launcher.draggable": True}
    address = shop.write("n8n", values, {"kind": "hosted"})
    shop.server.pages["/around"] = (
        f'<!doctype html><iframe sandbox="allow-scripts" src="{address}"'
        ' style="width:900px;height:700px"></iframe>'
    )
    page.goto(f"{address}around")
    frame = inner(page)
    frame.evaluate("[...Vitrine.widgets.values()][0].open()")
    talk(frame, "Hello", answers=1)
    frame.wait_for_selector(".vt-md strong")
    assert n8n.received[0].headers["Origin"] == "null"
    frame.click(".vt-header .vt-btn:has(path[d^='M4 12a8'])")
    frame.wait_for_selector(".vt-threads li")


def inner(page: Page) -> Frame:
    """The frame in the page, once its widget is there."""
    page.frame_locator("iframe").locator(".vt-launcher").wait_for()
    return page.frames[1]


POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
    " script-src 'nonce-n0nce' 'strict-dynamic'; connect-src {};"
    " base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'\">"
)


def test_the_strictest_policy_stops_nothing_of_ours(
    page: Page, shop: Shop, n8n: N8nStandIn
) -> None:
    """No style, no image, no frame, no eval, no policy for trusted types."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    code = "```js\nconst a = 1;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    workflow = n8n.add(Workflow(streams(event("begin"), event("item", code),
                                        event("end"))))  # fmt: skip
    values = {
        **direct(workflow),
        "composer.attachments.enabled": True,
        "composer.dictation.enabled": True,
        "messages.feedback": True,
        "behavior.rating": True,
        "history.enabled": True,
        "texts.locale": "ar",
    }
    host = {"kind": "static"}
    head = POLICY.format(n8n.base)
    page.goto(shop.write("n8n", values, host, attributes="nonce=n0nce", head=head))
    opened(page)
    talk(page, "Hello", answers=1)
    talk(page, "More", answers=2)
    page.wait_for_selector(".vt-code .vt-btn")
    page.wait_for_selector(".vt-md td")
    page.wait_for_selector("[dir=rtl] .vt-rating")
    # The page's own style attribute is what it forbids.
    assert [one for one in said if "style" not in one] == []


def test_a_page_that_comes_back_from_the_cache_goes_on(
    keeping: Browser, shop: Shop, n8n: N8nStandIn
) -> None:
    workflow = n8n.add(Workflow(says({"output": "Hi"})))
    address = shop.write("n8n", direct(workflow), {"kind": "hosted"})
    shop.server.cache = "no-cache"  # what may not be stored is not gone back to
    shop.server.pages["/other"] = "<!doctype html><title>Other</title><p>Other"
    page = keeping.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    page.evaluate(
        "addEventListener('pageshow', ({persisted}) => { window.back = persisted; })"
    )
    opened(page)
    talk(page, "Hello", answers=1)
    page.fill(".vt-field", "half a sentence")
    page.goto(f"{address}other")
    page.go_back(wait_until="commit")
    page.wait_for_function("() => window.back !== undefined")
    assert page.evaluate("window.back") is True
    assert page.input_value(".vt-field") == "half a sentence"
    talk(page, "and more", answers=2)
    first, second = n8n.messages()
    assert first.fields["sessionId"] == second.fields["sessionId"]
    assert errors == []


def talk(page: Page | Frame, text: str, answers: int) -> None:
    """Send, and wait until there are so many answers."""
    page.fill(".vt-field", text)
    page.click(".vt-go")
    page.wait_for_function(
        """(count) => document.querySelector("[data-vitrine]").shadowRoot
        .querySelectorAll(".vt-row:not(.vt-mine)[data-state=done]").length === count""",
        arg=answers,
    )
