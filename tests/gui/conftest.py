"""What several of the runtime's tests stand on: one engine for each module."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.gui.runtime_page import RuntimePage
from tests.gui.talk_page import TALK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="module")
def engine(qapp: QApplication) -> Iterator[RuntimePage]:
    """One engine's page for all tests of a module; each opens it anew."""
    page = RuntimePage()
    yield page
    page.close()


@pytest.fixture
def talking(engine: RuntimePage) -> Iterator[RuntimePage]:
    """A page that can hold conversations, and must not see an uncaught error."""
    engine.open()
    engine.run("localStorage.clear()")
    engine.run(TALK)
    yield engine
    assert [one for one in engine.complaints if "Uncaught" in one] == []
