"""Website and portal packages in a real browser, talking to a stand-in for n8n."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporter.packages import make_package, website
from exporter.saving import save_folder
from tests.end2end.chat import HOSTILE, KEY, MODES, PNG, n8n_widget, talk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from exporter.contract.widget import Widget
    from tests.standins.n8n import N8nStandIn, Workflow
    from tests.standins.static import StaticHost

pytestmark = [pytest.mark.browser, pytest.mark.e2e]


def put(host: StaticHost, widget: Widget, kind: str = "website") -> str:
    """Put the package on the host, as its owner would; its address."""
    save_folder(host.folder / "site", make_package(widget, kind).files)
    return f"{host.base}/site/"


def sent(n8n: N8nStandIn) -> list[str]:
    return [str(each.fields["chatInput"]) for each in n8n.messages()]


@pytest.mark.parametrize("mode", MODES)
def test_it_talks_to_the_webhook_in_every_mode(
    mode: str, page: Page, n8n: N8nStandIn, workflow: Workflow, host: StaticHost
) -> None:
    widget = n8n_widget(workflow.url, layout__mode=mode, name=HOSTILE, header__logo=PNG)
    address = put(host, widget)
    page.goto(address)
    talk(page, f"from {mode}")
    assert page.title() == HOSTILE
    assert sent(n8n)[-1] == f"from {mode}"
    assert n8n.faults == []
    sources = page.locator("img[src]").evaluate_all(
        "all => all.map(image => [image.src, image.naturalWidth])"
    )
    assert sources, sources
    assert [src for src, _ in sources if not src.startswith(f"{address}assets/")] == []
    assert {width for _, width in sources} == {1}


def test_the_portal_is_a_page_of_its_own_whatever_the_mode(
    page: Page, n8n: N8nStandIn, workflow: Workflow, host: StaticHost
) -> None:
    widget = n8n_widget(workflow.url, layout__mode="popup", name=HOSTILE)
    page.goto(put(host, widget, "portal"))
    page.get_by_role("textbox").fill("from the portal")
    page.keyboard.press("Enter")
    page.get_by_text("there", exact=True).wait_for(timeout=15000)
    assert page.title() == HOSTILE
    assert sent(n8n)[-1] == "from the portal"


def test_a_changed_runtime_is_refused_by_its_integrity(
    browser: Browser, workflow: Workflow, host: StaticHost
) -> None:
    address = put(host, n8n_widget(workflow.url))
    for file in (host.folder / "site" / "runtime").glob("*/chat.js"):
        file.write_bytes(file.read_bytes() + b"\n// changed")
    opened = browser.new_page()
    with opened.expect_console_message(lambda said: "integrity" in said.text):
        opened.goto(address)
        opened.wait_for_function("window.Vitrine !== undefined")
        opened.evaluate(f"Vitrine.get('{KEY}').open()")
    opened.close()


def test_the_policy_of_the_readme_is_enough_on_the_customers_own_page(
    page: Page, workflow: Workflow, host: StaticHost
) -> None:
    widget = n8n_widget(workflow.url)
    put(host, widget)
    readme = website(widget).files["README.txt"].decode()
    (policy,) = [line.strip() for line in readme.splitlines() if "script-src" in line]
    host.policies["/own-"] = f"default-src 'none'; img-src data:; {policy}"
    own = '<!doctype html><title>Own</title><link rel="icon" href="data:,">'
    (host.folder / "own-page.html").write_text(
        f'{own}<script src="/site/widget.js" async></script>'
    )
    page.goto(f"{host.base}/own-page.html")
    talk(page)
