"""What every test stands on: a Qt that needs no screen and asks no one outside."""

import os
import sysconfig

import pytest

pytest_plugins = ["tests.databases", "tests.standins.fixtures"]

# Node.js and its npm stand beside this Python: those of the system may be too old.
_HERE = sysconfig.get_path("scripts")
os.environ["PATH"] = os.pathsep.join((_HERE, os.environ["PATH"]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault(
    "QTWEBENGINE_CHROMIUM_FLAGS",
    "--disable-background-networking --disable-component-update --disable-sync "
    "--disable-gpu --no-first-run",
)
if hasattr(os, "geteuid") and os.geteuid() == 0:
    # Chromium refuses to start its sandbox for root.
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")


@pytest.fixture
def anyio_backend() -> str:
    """What asynchronous tests run on."""
    return "asyncio"
