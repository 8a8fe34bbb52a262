"""Three made-up sites in a real browser: allowed, its subdomain, and another's.

Every mode of both providers, through a whole hosted server over https, to stand-ins
for n8n and OpenAI; on SQLite, and on PostgreSQL with Redis.
"""

from __future__ import annotations

import asyncio
import shutil
import threading
from typing import TYPE_CHECKING

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from exporter.bundle import runtime_bundles
from exporter.providers.chatkit.settings import ChatKitConnection, ChatKitWidget
from exporter.providers.n8n.settings import N8nConnection, N8nWidget
from server.sessions import BASE_VARIABLE
from server.store import tallies
from tests.databases import Stores
from tests.hosting import House
from tests.standins.n8n import N8nStandIn, Workflow, says
from tests.standins.openai import GOOD_KEY, WORKFLOW, OpenAIStandIn
from tests.standins.postgres import PostgreSQL, binaries
from tests.standins.redis import PROGRAM, Redis
from tests.standins.sites import BROWSER, Sites, certificate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.e2e,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
]
STORES = [
    "sqlite",
    pytest.param(
        "postgresql and redis",
        marks=[
            pytest.mark.postgres,
            pytest.mark.skipif(not (binaries() and PROGRAM), reason="not installed"),
        ],
    ),
]
N8N_KEY, CHATKIT_KEY = "n" * 16, "c" * 16
ALLOWED = ("shop.example", "www.shop.example")
OTHERS = ("evil.example", "shop.example.evil.example", "evilshop.example")
MODES = ("popup", "inline", "fullpage", "portal")
PATIENCE = 20_000
FAULT = '[data-state="error"]'
_CHATKIT = """
customElements.define("openai-chatkit", class extends HTMLElement {
  async setOptions(options) {
    this.options = options;
    if (this.asked) return;
    this.asked = true;
    this.dispatchEvent(new CustomEvent("chatkit.ready"));
    const secret = await options.api.getClientSecret(null);
    this.textContent = "talking with " + secret.length + " signs of secret";
  }
  focusComposer() {}
  sendUserMessage({ text }) { this.textContent = "sent " + text; }
});
"""


class Hosting:
    """A hosted server over https at a made-up name, and the sites around it."""

    def __init__(self, folder: Path, webhook: str, stores: Stores | None) -> None:
        pair = certificate(folder)
        self.sites = Sites(pair)
        port = _free_port()
        self.base = f"https://chat.vitrine.example:{port}"
        self.sites.host = self.base
        self.house = House(folder, self.base, stores=stores)
        self._publish(webhook)
        self.app = self.house.app(runtime_bundles())
        config = uvicorn.Config(
            self.app,
            host="127.0.0.1",
            port=port,
            ssl_certfile=pair[0],
            ssl_keyfile=pair[1],
            log_config=None,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        """As `serve` does it: the stores are let go of in the loop that had them."""
        await self._server.serve()
        await self.app.close()

    def _publish(self, webhook: str) -> None:
        port = self.sites.port
        domains = (f"shop.example:{port}", f"*.shop.example:{port}")
        connection = N8nConnection(webhook_url=webhook)
        self.house.put(
            N8nWidget(key=N8N_KEY, name="Shop", domains=domains, connection=connection)
        )
        chatkit = ChatKitConnection(workflow_id=WORKFLOW)
        self.house.put(
            ChatKitWidget(
                key=CHATKIT_KEY, name="Aide", domains=domains, connection=chatkit
            )
        )
        self.house.keep(CHATKIT_KEY, "openai_api_key", GOOD_KEY)

    def __enter__(self) -> Hosting:
        self.sites.__enter__()
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive(), "the server ended"
            self._ready.wait(0.02)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(15)
        self.sites.__exit__()
        self.house.close()
        assert not self._thread.is_alive()


def _free_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def n8n() -> Iterator[N8nStandIn]:
    with N8nStandIn() as one:
        yield one


@pytest.fixture(scope="module")
def openai() -> Iterator[OpenAIStandIn]:
    with OpenAIStandIn() as one, pytest.MonkeyPatch.context() as patch:
        patch.setenv(BASE_VARIABLE, one.base)
        yield one


@pytest.fixture(scope="module", params=STORES)
def stores(request: pytest.FixtureRequest) -> Iterator[Stores | None]:
    if request.param == "sqlite":
        yield None
        return
    server: PostgreSQL = request.getfixturevalue("postgres")
    with Redis() as redis:
        yield Stores(server.new(), redis.url)


@pytest.fixture(scope="module")
def hosting(
    tmp_path_factory: pytest.TempPathFactory,
    n8n: N8nStandIn,
    openai: OpenAIStandIn,
    stores: Stores | None,
) -> Iterator[Hosting]:
    workflow = n8n.add(Workflow(says({"output": "Hello **there**"})))
    with Hosting(tmp_path_factory.mktemp("hosting"), workflow.url, stores) as one:
        yield one


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=CHROMIUM, args=list(BROWSER)
        )
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh visitor; OpenAI's script is the stand-in's."""
    context = browser.new_context(
        viewport={"width": 1000, "height": 800}, ignore_https_errors=True
    )
    context.set_default_timeout(PATIENCE)
    context.route(
        "https://cdn.platform.openai.com/**",
        lambda route: route.fulfill(body=_CHATKIT, content_type="text/javascript"),
    )
    yield context.new_page()
    context.close()


def visit(page: Page, hosting: Hosting, site: str, key: str, mode: str) -> None:
    page.goto(hosting.sites.at(site, f"/?key={key}&mode={mode}"))
    page.wait_for_function("window.Vitrine !== undefined")


def say(page: Page, words: str) -> None:
    page.evaluate(f"Vitrine.get('{N8N_KEY}').open()")
    page.evaluate(f"Vitrine.get('{N8N_KEY}').send({words!r})")


def sent(n8n: N8nStandIn) -> list[str]:
    return [str(one.fields["chatInput"]) for one in n8n.messages()]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("site", ALLOWED)
def test_n8n_talks_on_sites_that_may(
    page: Page, hosting: Hosting, n8n: N8nStandIn, site: str, mode: str
) -> None:
    visit(page, hosting, site, N8N_KEY, mode)
    say(page, f"from {site} {mode}")
    page.get_by_text("there", exact=True).wait_for()
    assert f"from {site} {mode}" in sent(n8n)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("site", OTHERS)
def test_n8n_hears_nothing_from_other_sites(
    page: Page, hosting: Hosting, n8n: N8nStandIn, site: str, mode: str
) -> None:
    before = len(n8n.received)
    visit(page, hosting, site, N8N_KEY, mode)
    say(page, f"from {site}")
    page.locator(FAULT).first.wait_for()
    assert len(n8n.received) == before
    assert page.get_by_text("there", exact=True).count() == 0


@pytest.mark.parametrize("mode", ["fullpage", "portal"])
def test_n8n_talks_on_a_page_of_its_own(
    page: Page, hosting: Hosting, n8n: N8nStandIn, mode: str
) -> None:
    page.goto(f"{hosting.base}/chat/{N8N_KEY}?mode={mode}")
    page.wait_for_function("window.Vitrine !== undefined")
    say(page, f"own {mode}")
    page.get_by_text("there", exact=True).wait_for()
    assert f"own {mode}" in sent(n8n)


def framed(page: Page, hosting: Hosting, site: str, path: str) -> None:
    address = hosting.base + path
    page.goto(hosting.sites.at(site, f"/frame?address={address}"))


@pytest.mark.parametrize("site", ALLOWED)
def test_its_own_page_in_a_frame_of_a_site_that_may(
    page: Page, hosting: Hosting, n8n: N8nStandIn, site: str
) -> None:
    framed(page, hosting, site, f"/chat/{N8N_KEY}")
    inside = page.frame_locator("iframe")
    inside.locator("[data-vitrine]").wait_for(state="attached")
    frame = page.frames[1]
    frame.wait_for_function("window.Vitrine !== undefined")
    frame.evaluate(f"Vitrine.get('{N8N_KEY}').send('framed at {site}')")
    inside.get_by_text("there", exact=True).wait_for()
    assert f"framed at {site}" in sent(n8n)


@pytest.mark.parametrize("path", [f"/chat/{N8N_KEY}", f"/widget/chatkit/{CHATKIT_KEY}"])
@pytest.mark.parametrize("site", OTHERS)
def test_no_page_of_ours_in_a_frame_of_another_site(
    page: Page, hosting: Hosting, site: str, path: str
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    with page.expect_event("console", lambda one: "frame-ancestors" in one.text):
        framed(page, hosting, site, path)
    assert not page.frames[1].url.startswith(hosting.base)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("site", ALLOWED)
def test_chatkit_talks_in_its_frame(
    page: Page, hosting: Hosting, openai: OpenAIStandIn, site: str, mode: str
) -> None:
    before = len(openai.sessions)
    visit(page, hosting, site, CHATKIT_KEY, mode)
    page.evaluate(f"Vitrine.get('{CHATKIT_KEY}').open()")
    inside = page.frame_locator("iframe.vt-frame")
    expect(inside.locator("openai-chatkit")).to_contain_text("signs of secret")
    assert len(openai.sessions) == before + 1
    page.evaluate(f"Vitrine.get('{CHATKIT_KEY}').send('hello')")
    expect(inside.locator("openai-chatkit")).to_have_text("sent hello")


def test_a_chatkit_visitor_comes_back_to_the_same_threads(
    page: Page, hosting: Hosting, openai: OpenAIStandIn
) -> None:
    before = len(openai.sessions)
    for _ in range(2):
        visit(page, hosting, "shop.example", CHATKIT_KEY, "inline")
        inside = page.frame_locator("iframe.vt-frame")
        expect(inside.locator("openai-chatkit")).to_contain_text("signs of secret")
    users = [str(one["user"]) for one in openai.sessions[before:]]
    assert len(users) == 2
    assert len(set(users)) == 1


def forget(page: Page, hosting: Hosting) -> None:
    """As an owner's privacy page has it: the script, and a button of its own."""
    page.evaluate(
        """() => document.body.insertAdjacentHTML("afterbegin",
        '<button data-vitrine-forget data-done="Gone">Forget me</button>')"""
    )
    page.add_script_tag(url=f"{hosting.base}/forget/{CHATKIT_KEY}.js")
    page.get_by_text("Forget me").click()
    page.get_by_text("Gone", exact=True).wait_for()


@pytest.mark.parametrize("where", ["site", "own"])
def test_a_visitor_is_forgotten(
    page: Page, hosting: Hosting, openai: OpenAIStandIn, where: str
) -> None:
    """Nothing is left in the browser, and whoever comes next is somebody else."""
    before = len(openai.sessions)
    kept = "Object.keys(localStorage).filter((name) => name.startsWith('vitrine:'))"
    for _ in range(2):
        if where == "site":
            visit(page, hosting, "shop.example", CHATKIT_KEY, "inline")
            chat = page.frame_locator("iframe.vt-frame").locator("openai-chatkit")
            expect(chat).to_contain_text("signs of secret")
            page.wait_for_function(f"{kept}.length > 0")
            forget(page, hosting)
        else:
            page.goto(f"{hosting.base}/chat/{CHATKIT_KEY}")
            expect(page.locator("openai-chatkit")).to_contain_text("signs of secret")
            page.wait_for_function(f"{kept}.length > 0")
            page.goto(f"{hosting.base}/forget/{CHATKIT_KEY}")
            page.get_by_role("button", name="Forget me").click()
            page.get_by_role("button", name="Forgotten").wait_for()
        assert page.evaluate(kept) == []
    users = {str(one["user"]) for one in openai.sessions[before:]}
    assert len(users) == 2


@pytest.mark.parametrize("site", OTHERS)
def test_chatkit_opens_no_session_on_other_sites(
    page: Page, hosting: Hosting, openai: OpenAIStandIn, site: str
) -> None:
    before = len(openai.requests)
    visit(page, hosting, site, CHATKIT_KEY, "popup")
    with page.expect_event("console", lambda one: "frame-ancestors" in one.text):
        page.evaluate(f"Vitrine.get('{CHATKIT_KEY}').open()")
    status = page.evaluate(
        """async ([address, key]) => {
          const body = JSON.stringify({ widget: key });
          try { return (await fetch(address, { method: "POST", body })).status; }
          catch { return "unreadable"; }
        }""",
        [f"{hosting.base}/api/chatkit/create-session", CHATKIT_KEY],
    )
    assert status == "unreadable"
    assert len(openai.requests) == before


@pytest.mark.parametrize("mode", ["fullpage", "portal"])
def test_chatkit_on_a_page_of_its_own(
    page: Page, hosting: Hosting, openai: OpenAIStandIn, mode: str
) -> None:
    page.goto(f"{hosting.base}/chat/{CHATKIT_KEY}?mode={mode}")
    expect(page.locator("openai-chatkit")).to_contain_text("signs of secret")
    assert page.locator("iframe").count() == 0


def test_the_owner_sees_the_sites(
    page: Page, hosting: Hosting, n8n: N8nStandIn
) -> None:
    """What the pages told is counted where it happened, and nowhere else."""
    visit(page, hosting, "www.shop.example", N8N_KEY, "popup")
    say(page, "count me")
    page.get_by_text("there", exact=True).wait_for()
    waiting = hosting.app._equipment.tallies  # noqa: SLF001 - what waits is the question
    sites = {moment.site for moment in dict(waiting._waiting)}  # noqa: SLF001
    with hosting.house.database.reading() as session:
        for row in tallies.since(session, 1, "2000-01-01"):
            sites.add(row[1])
    assert f"www.shop.example:{hosting.sites.port}" in sites
    assert not any("evil" in site for site in sites)
