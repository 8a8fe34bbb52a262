"""One Chromium a module, a page that may not complain, and a workflow that answers.

A module that needs another browser or page has fixtures of these names of its own.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.end2end.chat import ANSWER
from tests.standins.n8n import N8nStandIn, Workflow, says
from tests.standins.static import StaticHost

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must neither raise nor log an error."""
    complaints: list[str] = []
    opened = browser.new_page(viewport={"width": 1000, "height": 800})
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" else None,
    )
    yield opened
    opened.close()
    assert complaints == []


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaticHost]:
    """A static host with a folder of its own; nobody misses a favicon there."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "favicon.ico").touch()
    with StaticHost(folder) as made:
        yield made


@pytest.fixture(scope="module")
def n8n() -> Iterator[N8nStandIn]:
    """A workflows' server."""
    with N8nStandIn() as made:
        yield made


@pytest.fixture(scope="module")
def workflow(n8n: N8nStandIn) -> Workflow:
    """A workflow that answers ANSWER."""
    return n8n.add(Workflow(says(ANSWER)))
