"""What every test stands on: a Qt that needs no screen and asks no one outside."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault(
    "QTWEBENGINE_CHROMIUM_FLAGS",
    "--disable-background-networking --disable-component-update --disable-sync "
    "--disable-gpu --no-first-run",
)
if hasattr(os, "geteuid") and os.geteuid() == 0:
    # Chromium refuses to start its sandbox for root.
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
