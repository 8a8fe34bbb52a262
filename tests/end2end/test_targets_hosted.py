"""Every target and mode that yields HTML or an address, pasted where it belongs and
run through a whole hosted server over https: its chat opens, and a message goes out.

Frameworks have builds of their own: test_builds.py.
"""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import zxingcpp
from PySide6.QtGui import QImage

from exporter.editing import with_values
from exporter.providers.n8n.settings import N8nConnection, N8nWidget
from exporter.snippets import snippet, targets
from tests.end2end.chat import ANSWER, HOSTILE, talk
from tests.end2end.test_three_sites import Hosting
from tests.standins.n8n import Workflow, says
from tests.standins.sites import BROWSER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Frame, Page

    from exporter.contract.layout import Mode
    from exporter.snippets import Snippet
    from tests.standins.n8n import N8nStandIn

pytestmark = [pytest.mark.browser, pytest.mark.e2e]
KEY = "t" * 16
SHOP = "shop.example"
BUILT = ("react", "nextjs", "vue", "svelte", "angular", "astro", "qr")
CASES = [
    (target.name, mode)
    for target in targets()
    for mode in target.modes
    if not target.provider and target.name not in BUILT
]
WORDPRESS = """<?php
function add_action($hook, $do) { if ($hook === 'wp_footer') { $do(); } }
function wp_print_script_tag($facts) {
    echo '<script';
    foreach ($facts as $name => $value) {
        $text = htmlspecialchars((string) $value, ENT_QUOTES);
        echo $value === true ? " $name" : " $name=\\"$text\\"";
    }
    echo '></script>';
}
"""
"""What WordPress does with what a functions.php says."""


@pytest.fixture(scope="module")
def hosting(
    n8n: N8nStandIn, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hosting]:
    """A hosted server, and a widget that shops and Notion may carry."""
    chat = n8n.add(Workflow(says(ANSWER)))
    with Hosting(tmp_path_factory.mktemp("hosting"), chat.url, None) as made:
        port = made.sites.port
        connection = N8nConnection(webhook_url=chat.url)
        made.house.put(
            N8nWidget(
                key=KEY,
                name=HOSTILE,
                domains=(f"{SHOP}:{port}", f"www.notion.so:{port}"),
                connection=connection,
            )
        )
        yield made


@pytest.fixture(scope="module")
def browser(hosting: Hosting) -> Iterator[Browser]:
    """A Chromium that finds every name on this computer."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no Chromium here")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=list(BROWSER))
        yield launched
        launched.close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor whom no site knows; no page may raise an error."""
    complaints: list[str] = []
    made = browser.new_context(ignore_https_errors=True)
    made.set_default_timeout(10_000)
    made.on("weberror", lambda error: complaints.append(str(error.error)))
    yield made
    made.close()
    assert complaints == []


def pasted(visitor: BrowserContext, hosting: Hosting, site: str, body: str) -> Page:
    """A page of this site with that in it."""
    hosting.sites.pages["/page"] = body
    page = visitor.new_page()
    page.goto(hosting.sites.at(site, "/page"))
    return page


def chat_of(page: Page, hosting: Hosting) -> Page | Frame:
    """Where the chat is: in the page, in its frame, or behind its link."""
    if page.locator("iframe").count():
        page.frame_locator("iframe").locator("[data-vitrine]").wait_for(
            state="attached"
        )
        (frame,) = [one for one in page.frames if one.url.startswith(hosting.base)]
        return frame
    links = page.get_by_role("link")
    if not links.count():
        return page
    with page.context.expect_page() as opened:
        links.click()
    return opened.value


def opened(visitor: BrowserContext, hosting: Hosting, made: Snippet) -> Page | Frame:
    """The chat, after the code was put where its steps say."""
    if made.code.startswith("<"):
        return chat_of(pasted(visitor, hosting, SHOP, made.code), hosting)
    if made.target == "link":
        page = visitor.new_page()
        page.goto(made.code.strip())
        return page
    site = "www.notion.so" if made.target == "notion" else SHOP
    frame = f'<iframe src="{made.code.strip()}"></iframe>'
    return chat_of(pasted(visitor, hosting, site, frame), hosting)


def embed(hosting: Hosting, target: str, mode: Mode) -> Snippet:
    widget = N8nWidget(key=KEY, name=HOSTILE)
    own: dict[str, Any] = {"domains": [SHOP, "www.notion.so"]}
    return snippet(with_values(widget, own), hosting.base, target=target, mode=mode)


def sent(n8n: N8nStandIn) -> str:
    return str(n8n.messages()[-1].fields["chatInput"])


@pytest.mark.parametrize(("target", "mode"), CASES)
def test_the_chat_opens_and_a_message_goes_out(
    target: str,
    mode: Mode,
    hosting: Hosting,
    visitor: BrowserContext,
    n8n: N8nStandIn,
) -> None:
    made = embed(hosting, target, mode)
    place = opened(visitor, hosting, made)
    talk(place, f"{target} {mode}", KEY)
    assert sent(n8n) == f"{target} {mode}"
    assert n8n.faults == []
    framed = place.url.startswith(hosting.base) and mode == "inline"
    assert shape(place) == ("fullpage" if framed else mode)


def shape(place: Page | Frame) -> str:
    """The mode that the chat took by itself; a page of our own shows it in full."""
    page = "chat/" in place.url
    inline = place.locator("[id^=vitrine] > [data-vitrine]").count() == 1
    if page:
        return "portal" if "mode=portal" in place.url else "fullpage"
    return "inline" if inline else "popup"


def test_the_html_page_in_a_frame(
    hosting: Hosting, visitor: BrowserContext, n8n: N8nStandIn
) -> None:
    ((_, code),) = embed(hosting, "html", "fullpage").alternatives
    page = pasted(visitor, hosting, SHOP, code)
    talk(chat_of(page, hosting), "in a frame", KEY)
    assert sent(n8n) == "in a frame"
    assert page.locator("iframe").get_attribute("title") == HOSTILE


@pytest.mark.parametrize("mode", ["fullpage", "portal"])
def test_a_phone_that_reads_the_qr_code_gets_to_the_chat(
    mode: Mode, hosting: Hosting, visitor: BrowserContext, n8n: N8nStandIn
) -> None:
    made = embed(hosting, "qr", mode)
    shown = pasted(visitor, hosting, SHOP, made.code).locator("svg").screenshot()
    gray = QImage.fromData(shown).convertToFormat(QImage.Format.Format_Grayscale8)
    size = (gray.height(), gray.bytesPerLine())
    (code,) = zxingcpp.read_barcodes(
        memoryview(bytes(gray.constBits())).cast("B", size)
    )
    assert code.text == made.address
    page = visitor.new_page()
    page.goto(code.text)
    talk(page, f"by phone {mode}", KEY)
    assert sent(n8n) == f"by phone {mode}"


@pytest.mark.skipif(not shutil.which("php"), reason="no PHP here")
def test_wordpress_says_it_in_its_functions(
    hosting: Hosting, visitor: BrowserContext, n8n: N8nStandIn
) -> None:
    ((_, code),) = embed(hosting, "wordpress", "popup").alternatives
    done = subprocess.run(
        ["php"], input=WORDPRESS + code, capture_output=True, text=True, timeout=30
    )
    assert done.returncode == 0, done.stderr
    talk(pasted(visitor, hosting, SHOP, done.stdout), "from PHP", KEY)
    assert sent(n8n) == "from PHP"
