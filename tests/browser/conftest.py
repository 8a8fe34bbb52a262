"""One Chromium for all, a fresh page for each test; no page may complain."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    sync_playwright,
)

from tests.browser.shop import Shop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="package")
def engine() -> Iterator[Playwright]:
    """What starts a browser."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(engine: Playwright) -> Iterator[Browser]:
    """Debian's Chromium."""
    launched = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield launched
    launched.close()


@pytest.fixture
def keeping(engine: Playwright) -> Iterator[Browser]:
    """One that keeps pages to go back to, which Playwright's does not."""
    launched = engine.chromium.launch(
        executable_path=CHROMIUM,
        args=["--no-sandbox", "--enable-features=BackForwardCache"],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield launched
    launched.close()


@pytest.fixture
def context(
    browser: Browser, request: pytest.FixtureRequest
) -> Iterator[BrowserContext]:
    """A browser window of its own; a test may hand in what it is like."""
    wanted = {"viewport": {"width": 1000, "height": 800}}
    made = browser.new_context(**{**wanted, **getattr(request, "param", {})})
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that must not see an uncaught error."""
    errors: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    assert errors == []


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A shop to put a widget into."""
    made = Shop(tmp_path)
    yield made
    made.close()
