"""The vendors' own ways, run: @n8n/chat from its CDN and npm, ChatKit's element and
React component with a session endpoint in each language.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from exporter.providers.n8n.native import NPM_VERSION, VERSION, native
from exporter.snippets import snippet
from tests.end2end.building import MODULES, NEEDED, entry_page, vite_site
from tests.end2end.chat import HOSTILE, n8n_widget
from tests.end2end.endpoints import SERVERS, running
from tests.unit.exporter.test_targets import chatkit, part

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

    from exporter.contract.layout import Mode
    from exporter.contract.widget import Widget
    from tests.standins.n8n import N8nStandIn, Workflow
    from tests.standins.openai import OpenAIStandIn
    from tests.standins.static import StaticHost

pytestmark = [
    pytest.mark.browser,
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    *NEEDED,
]
CDN = f"https://cdn.jsdelivr.net/npm/@n8n/chat@{VERSION}/"
OPENAI_CDN = "https://cdn.platform.openai.com/deployments/chatkit/chatkit.js"
CHATKIT = Path(__file__).parents[1] / "standins" / "chatkit.js"
N8N_MODES: tuple[Mode, ...] = ("popup", "inline", "fullpage")
HEAD = '<!doctype html><meta charset="utf-8"><title>Shop</title>'
LOOK: dict[str, Any] = {
    "theme__accent__primary": "#0f766e",
    "theme__surface__enabled": True,
    "theme__surface__background": "#fff7ed",
    "theme__surface__foreground": "#ffedd5",
    "theme__text__enabled": True,
    "theme__text__color": "#431407",
    "theme__user_bubble__enabled": True,
    "theme__user_bubble__background": "#7c2d12",
    "theme__user_bubble__text": "#fffbeb",
    "theme__radius": "large",
    "launcher__size": 72,
    "launcher__colors__enabled": True,
    "launcher__colors__background": "#be123c",
    "launcher__colors__icon": "#fdf2f8",
    "typography__base_size": 18,
    "messages__style": "bubbles",
    "header__title__text": HOSTILE,
    "start_screen__initial_messages": [HOSTILE],
    "composer__placeholder": HOSTILE,
}
RESOLVED = """wanted => {
  const probe = document.body.appendChild(document.createElement("i"));
  const resolve = (value) => {
    if (!CSS.supports("color", value))
      return value.toLowerCase().replaceAll(" ", "").replaceAll("0.", ".");
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const root = getComputedStyle(document.documentElement);
  return Object.fromEntries(Object.entries(wanted).map(([name, value]) => [
    name, [resolve(value), resolve(root.getPropertyValue(name))]]));
}"""
"""Each variable as wanted and as it is, colours worked out: builds write them anew."""
NUMBER = re.compile(r"-?[0-9.]+")


def installed(package: str) -> str:
    text = (MODULES / package / "package.json").read_text("utf-8")
    return str(json.loads(text)["version"])


@pytest.fixture(scope="module")
def n8n_built(
    workflow: Workflow, host: StaticHost, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The npm way in every mode, as Vite builds it: the address of its pages."""
    assert installed("@n8n/chat") == NPM_VERSION
    files = {}
    for mode in N8N_MODES:
        made = snippet(styled(workflow), host.base, target="n8n-npm", mode=mode)
        files[f"{mode}/chat.js"] = made.code
        files[f"{mode}/chat.css"] = part(made, "chat.css")
        place = "" if mode == "popup" else part(made, "In the page")
        files[f"{mode}.html"] = entry_page(mode, f"{mode}/chat.js", place)
    vite_site(tmp_path_factory.mktemp("n8n"), host.folder / "npm", files)
    return f"{host.base}/npm/"


def styled(workflow: Workflow) -> Widget:
    return n8n_widget(workflow.url, **LOOK)


def open_cdn(page: Page, host: StaticHost, workflow: Workflow, mode: Mode) -> None:
    """The snippet in a page; its CDN is the real package of that version, from npm."""
    assert installed("n8n-chat-cdn") == VERSION
    asked = []

    def serve(route: Route) -> None:
        asked.append(route.request.url)
        file = route.request.url.removeprefix(CDN)
        route.fulfill(
            path=MODULES / "n8n-chat-cdn" / file,
            headers={"Access-Control-Allow-Origin": "*"},
        )

    page.route(f"{CDN}**", serve)
    code = snippet(styled(workflow), host.base, target="n8n-chat", mode=mode).code
    (host.folder / f"cdn-{mode}.html").write_text(HEAD + code, "utf-8")
    page.goto(f"{host.base}/cdn-{mode}.html")
    page.wait_for_selector(".n8n-chat, .chat-window-wrapper", state="attached")
    assert f"{CDN}dist/style.css" in asked
    assert f"{CDN}dist/chat.bundle.es.js" in asked


@pytest.mark.parametrize("mode", N8N_MODES)
@pytest.mark.parametrize("way", ["cdn", "npm"])
def test_n8ns_own_widget_talks_in_the_widgets_look(
    way: str,
    mode: Mode,
    page: Page,
    n8n: N8nStandIn,
    workflow: Workflow,
    host: StaticHost,
    request: pytest.FixtureRequest,
) -> None:
    if way == "cdn":
        open_cdn(page, host, workflow, mode)
    else:
        page.goto(f"{request.getfixturevalue('n8n_built')}{mode}.html")
    if mode == "popup":
        toggle = page.locator(".chat-window-toggle")
        assert style(toggle, "background-color") == "rgb(190, 18, 60)"
        assert style(toggle, "color") == "rgb(253, 242, 248)"
        assert style(toggle, "width") == "72px"
        toggle.click()
    page.get_by_placeholder(HOSTILE).fill(f"{way} {mode}")
    page.keyboard.press("Enter")
    page.get_by_text("there", exact=True).wait_for(timeout=15000)
    assert n8n.messages()[-1].fields["chatInput"] == f"{way} {mode}"
    assert n8n.faults == []
    check_look(page)
    check_variables(page, styled(workflow))


def check_look(page: Page) -> None:
    """What the visitor sees, as the browser computed it."""
    bubble = ".chat-message.chat-message-from"
    seen = {
        "header": style(page.locator(".chat-header"), "background-color"),
        "title": style(page.locator(".chat-header h1"), "color"),
        "body": style(page.locator(".chat-body"), "background-color"),
        "mine": style(page.locator(f"{bubble}-user").first, "background-color"),
        "my words": style(page.locator(f"{bubble}-user").first, "color"),
        "theirs": style(page.locator(f"{bubble}-bot").first, "background-color"),
        "their words": style(page.locator(f"{bubble}-bot").first, "color"),
        "size": style(page.locator(f"{bubble}-bot").first, "font-size"),
        "corner": style(page.locator(f"{bubble}-bot").first, "border-top-left-radius"),
    }
    assert seen == {
        "header": "rgb(255, 247, 237)",
        "title": "rgb(67, 20, 7)",
        "body": "rgb(255, 247, 237)",
        "mine": "rgb(124, 45, 18)",
        "my words": "rgb(255, 251, 235)",
        "theirs": "rgb(255, 237, 213)",
        "their words": "rgb(67, 20, 7)",
        "size": "18px",
        "corner": "16px",
    }
    assert page.locator(".chat-header h1").inner_text().strip() == HOSTILE
    assert HOSTILE in page.locator(f"{bubble}-bot").first.inner_text()
    send = page.locator(".chat-input-send-button")
    page.get_by_placeholder(HOSTILE).fill("more")
    send.hover()
    page.wait_for_function(  # once the colours have changed places
        "one => !one.getAnimations().length", arg=send.element_handle()
    )
    assert style(send, "color") != style(send, "background-color")


def check_variables(page: Page, widget: Widget) -> None:
    """Every variable has our value at the root: its own style sheet does not win."""
    wanted: dict[str, str] = dict(native(widget).values["variables"])
    plain = {name: value for name, value in wanted.items() if "var(" not in value}
    found = page.evaluate(RESOLVED, plain)
    assert len(found) > 40
    for name, (ours, theirs) in found.items():
        assert NUMBER.sub("", ours) == NUMBER.sub("", theirs), name
        assert numbers(theirs) == pytest.approx(numbers(ours), rel=1e-5), name


def numbers(text: str) -> list[float]:
    return [float(one) for one in NUMBER.findall(text)]


def style(where: Locator, name: str) -> str:
    return str(where.evaluate("(one, name) => getComputedStyle(one)[name]", name))


@pytest.fixture(scope="module")
def workflow_widget() -> Widget:
    """ChatKit, answered by a workflow, with hostile words."""
    return chatkit(
        connection__workflow_id="wf_standin",
        behavior__frame_title=HOSTILE,
        start_screen__greeting=HOSTILE,
        start_screen__prompts=[{"label": HOSTILE, "prompt": f"ask {HOSTILE}"}],
        composer__placeholder=HOSTILE,
    )


@pytest.fixture(scope="module")
def react_built(
    workflow_widget: Widget,
    host: StaticHost,
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """`@openai/chatkit-react` in a page that Vite built."""
    made = snippet(workflow_widget, host.base, target="chatkit-react", mode="inline")
    assert f"chatkit-react@{installed('@openai/chatkit-react')}\n" in part(made, "npm")
    start = (
        'import { StrictMode } from "react";\n'
        'import { createRoot } from "react-dom/client";\n'
        'import { Chat } from "./Chat.jsx";\n'
        'createRoot(document.getElementById("app"))'
        ".render(<StrictMode><Chat /></StrictMode>);\n"
    )
    head = part(made, "In the page's head")
    page = entry_page("React", "start.jsx").replace("<div", f"{head}<div", 1)
    files = {"Chat.jsx": made.code, "start.jsx": start, "index.html": page}
    vite_site(tmp_path_factory.mktemp("react"), host.folder / "react", files)
    return f"{host.base}/react/"


def talk_with_chatkit(page: Page, openai: OpenAIStandIn) -> None:
    """A session is opened, and both a prompt and typed words reach the element."""
    element = page.locator("openai-chatkit")
    page.get_by_role("heading", name=HOSTILE).wait_for()
    page.get_by_role("button", name=HOSTILE).click()
    secret = re.escape(told_secret(page, openai))
    said = re.compile(rf"sent ask {re.escape(HOSTILE)} with {secret}")
    element.get_by_text(said).wait_for()
    page.get_by_placeholder(HOSTILE).fill("typed")
    page.keyboard.press("Enter")
    element.get_by_text(re.compile(f"sent typed with {secret}")).wait_for()
    assert element.get_attribute("title") == HOSTILE


def told_secret(page: Page, openai: OpenAIStandIn) -> str:
    page.get_by_text(re.compile("sent ask")).wait_for(timeout=15000)
    (session,) = openai.sessions
    return str(session["client_secret"])


@pytest.mark.parametrize("kind", SERVERS)
def test_chatkits_element_opens_a_session_at_each_endpoint(
    kind: str,
    workflow_widget: Widget,
    page: Page,
    host: StaticHost,
    openai: OpenAIStandIn,
    tmp_path: Path,
) -> None:
    made = snippet(workflow_widget, host.base, target="chatkit-element", mode="inline")
    (host.folder / "element.html").write_text(HEAD + made.code, "utf-8")
    page.route(OPENAI_CDN, lambda route: route.fulfill(path=CHATKIT))
    with running(kind, made, openai, tmp_path) as address:
        host.behind["/api/chatkit/session"] = address
        page.goto(f"{host.base}/element.html")
        talk_with_chatkit(page, openai)
        page.goto(f"{host.base}/element.html")
        page.get_by_role("heading", name=HOSTILE).wait_for()
        with page.expect_response("**/api/chatkit/session") as answer:
            page.reload()
        assert answer.value.ok
    assert len({asked.body["user"] for asked in openai.requests}) == 1


def test_chatkits_react_component_opens_a_session(
    react_built: str,
    workflow_widget: Widget,
    page: Page,
    host: StaticHost,
    openai: OpenAIStandIn,
    tmp_path: Path,
) -> None:
    made = snippet(workflow_widget, host.base, target="chatkit-react", mode="inline")
    page.route(OPENAI_CDN, lambda route: route.fulfill(path=CHATKIT))
    with running("mjs", made, openai, tmp_path) as address:
        host.behind["/api/chatkit/session"] = address
        page.goto(react_built)
        talk_with_chatkit(page, openai)


def test_chatkits_element_talks_with_the_owners_server(
    page: Page, host: StaticHost
) -> None:
    one = chatkit(
        connection__kind="server",
        connection__url=f"{host.base}/brain",
        connection__domain_key="domain_pk_1",
    )
    made = snippet(one, host.base, target="chatkit-element", mode="fullpage")
    (host.folder / "own.html").write_text(HEAD + made.code, "utf-8")
    said = {"type": "assistant_message", "content": [{"text": "Hello from the owner"}]}
    event = json.dumps({"type": "thread.item.done", "item": said})
    asked = []

    def answer(route: Route) -> None:
        asked.append(json.loads(route.request.post_data or "{}"))
        route.fulfill(body=f"data: {event}\n\n", content_type="text/event-stream")

    page.route(OPENAI_CDN, lambda route: route.fulfill(path=CHATKIT))
    page.route(f"{host.base}/brain", answer)
    page.goto(f"{host.base}/own.html")
    page.get_by_role("textbox").fill("hi")
    page.keyboard.press("Enter")
    page.get_by_text("Hello from the owner").wait_for()
    assert [one["type"] for one in asked] == ["threads.create"]
