"""Four devices on a canvas (or four bare views, with "bare"): what they cost.

Prints "ready" and JSON: `memory` in MB, `idle` in percent of a processor, and `appear`:
ms from the click that asks for one more until its widget is drawn. The menu that the
click is in was open for 0.7 s, which is quick for a person.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QWidget

from desktop.app import make_qt
from tests.bench.scripts.shown import when_shown
from tests.bench.tree import memory, processor

address, key, kind = sys.argv[1:]
qt = make_qt()
DEVICES = ("iphone-15", "pixel-10", "galaxy-s25", "iphone-13-mini")
IDLE_SECONDS = 8


def wait(milliseconds: int) -> None:
    """Let the app run on for so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until_shown(pages: list[QWebEnginePage]) -> None:
    """Let the app run until every page has drawn its widget."""
    loop, left = QEventLoop(), set(range(len(pages)))

    def shown(number: int) -> None:
        left.discard(number)
        if not left:
            loop.quit()

    for number, page in enumerate(pages):
        when_shown(page, key, partial(shown, number))
    QTimer.singleShot(60_000, loop.quit)
    loop.exec()
    if left:
        raise SystemExit("a page never showed its widget")


def costs() -> dict[str, float]:
    """Memory and idle load as things stand, once all has settled."""
    wait(4_000)
    before, began = processor(os.getpid()), time.perf_counter()
    wait(IDLE_SECONDS * 1000)
    used = processor(os.getpid()) - before
    idle = 100 * used / (time.perf_counter() - began)
    return {"memory": memory(os.getpid()), "idle": idle}


def bare() -> dict[str, float]:
    """Four plain views of the same page, as large as the canvas shows it."""
    from PySide6.QtWebEngineWidgets import QWebEngineView

    window = QWidget()
    window.resize(1280, 800)
    views = []
    for number in range(4):
        view = QWebEngineView(window)
        view.setGeometry(20 + 310 * number, 20, 300, 650)
        view.load(QUrl(address))
        views.append(view)
    window.show()
    until_shown([view.page() for view in views])
    found = costs()
    took = []
    for _ in range(5):
        began = time.perf_counter()
        view = QWebEngineView(window)
        view.setGeometry(20, 20, 300, 650)
        view.load(QUrl(address))
        view.show()
        until_shown([view.page()])
        took.append((time.perf_counter() - began) * 1000)
        view.hide()
        view.deleteLater()
        wait(300)
    return {**found, "appear": statistics.median(took)}


def wall() -> dict[str, float]:
    """The canvas with four phones, then five more that come one by one."""
    from desktop.canvas.canvas import Canvas
    from desktop.canvas.spot import Spot

    folder = tempfile.mkdtemp()
    settings = QSettings(str(Path(folder) / "s.ini"), QSettings.Format.IniFormat)
    canvas = Canvas(settings)
    canvas.resize(1280, 800)
    canvas.show()
    base = address.partition("/preview/")[0]
    canvas.show_early(key, base, {"key": key})
    canvas.wall.hang([Spot(name) for name in DEVICES])
    canvas.set_site("blank")
    canvas.start()
    until_shown([card.view.page() for card in canvas.wall.cards])
    found = costs()
    took = []
    for _ in range(5):
        canvas.bar.add_menu.aboutToShow.emit()  # a click needs its menu open
        wait(700)
        began = time.perf_counter()
        canvas.wall.add(Spot("iphone-15"))
        assert canvas.card is not None
        until_shown([canvas.card.view.page()])
        took.append((time.perf_counter() - began) * 1000)
        canvas.selected.close_device()
        wait(300)
    canvas.shutdown()
    return {**found, "appear": statistics.median(took)}


result = bare() if kind == "bare" else wall()
print("ready", json.dumps(result), flush=True)
os._exit(0)
