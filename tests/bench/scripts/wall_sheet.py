"""A contact sheet of twelve, beside bare captures of the same pages.

Prints JSON: `sheet`, seconds for all of it, and `capture`, seconds for one bare view
that loads the page at the device's pixels and is grabbed once its chat can be seen: a
picture without it, which is sooner, would be another picture.
"""

import json
import statistics
import sys
import time

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, QUrl
from PySide6.QtWebEngineCore import QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView

from desktop.app import make_qt
from desktop.canvas.plan import Planned, planned
from desktop.canvas.screen import screen_of
from desktop.canvas.series import Series
from desktop.canvas.sheet import Picture, contact_sheet
from desktop.canvas.spot import Spot
from desktop.picturing import serving
from exporter.providers.registry import provider
from tests.bench.scripts.shown import when_open

DEVICES = ("iphone-15", "pixel-10", "galaxy-s25")
ROWS = {"open": 0, "history": 4}
"""How many messages a moment shows: a picture without them is none of the same page."""
widget = provider("n8n").samples()[0]


def shots() -> tuple[Planned, ...]:
    """Three devices in two schemes at two moments."""
    spots = [Spot(name) for name in DEVICES]
    return planned(spots, ("light", "dark"), ("open", "history"))


def sheet(base: str) -> float:
    """Seconds for the pictures and the sheet they make."""
    series, loop = Series(parent), QEventLoop()
    taken: list[Picture] = []
    series.finished.connect(taken.extend)
    series.finished.connect(loop.quit)
    series.failed.connect(loop.quit)
    began = time.perf_counter()
    series.take(shots(), base, widget.key, site="blank", title="")
    loop.exec()
    if len(taken) != 12:
        raise SystemExit("the sheet was not taken")
    contact_sheet(widget.name, taken)
    took = time.perf_counter() - began
    series.shutdown()
    return took


def captures(base: str) -> float:
    """Seconds for the same pages, one bare view after the other."""
    began = time.perf_counter()
    profile = QWebEngineProfile(parent)
    for shot in shots():
        order = shot.order(base, widget.key, site="blank", frame=False, title="")
        capture(profile, order.address, shot)
    return time.perf_counter() - began


def capture(profile: QWebEngineProfile, address: str, shot: Planned) -> None:
    """One of them."""
    screen, loop = screen_of(shot.pose), QEventLoop()
    view = QWebEngineView(profile)
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.resize(round(screen.width * screen.dpr), round(screen.height * screen.dpr))
    view.setZoomFactor(screen.dpr)
    when_open(view.page(), ROWS[shot.moment], loop.quit)
    QTimer.singleShot(30_000, loop.quit)
    view.load(QUrl(address))
    view.show()
    loop.exec()
    if view.page().title() != "shown" or view.grab().toImage().isNull():
        raise SystemExit("a bare view showed nothing")
    view.hide()
    view.deleteLater()


qt = make_qt()
parent = QObject()
with serving([widget]) as address:
    pairs = [(sheet(address), captures(address)) for _ in range(3)]
found = {
    "sheet": statistics.median(ours for ours, _ in pairs),
    "capture": statistics.median(bare for _, bare in pairs) / 12,
    "ratio": statistics.median(12 * ours / bare for ours, bare in pairs),
}
print(json.dumps(found))
sys.stdout.flush()
