"""What a hand on the wall sees: edits on four devices at once, and a resized screen.

Prints JSON, ours and bare views' in turns: `edit`, `edit_bare` in ms (95th percentile
from the change to the last of four pixels), `fps`, `fps_bare` while resizing.

The eye looks at the screen, every 2 ms, at one pixel a device: what has been flushed to
the window, as a person would see it. (Grabbing the views instead has them drawn once
more for each look, and kept one of two processors busy: bare views took 90 ms so.)
Nobody edits while what was edited before still fades: each edit begins at rest.
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QPoint, QSettings, Qt, QTimer, QUrl
from PySide6.QtGui import QColor
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from desktop.app import make_qt
from desktop.canvas.canvas import Canvas
from desktop.canvas.spot import Spot
from desktop.document import Document
from desktop.picturing import serving
from exporter.providers.registry import provider
from tests.bench.scripts.shown import when_shown

PATH = "theme.surface.background"
DEVICES = ("iphone-15", "pixel-10", "galaxy-s25", "iphone-13-mini")
EDITS = 40
REST_MS, LOOK_MS = 400, 2
HAND_MS, PULL_MS = 8, 2_000
_BARE = """(() => {
  const own = document.querySelector("[data-vitrine]").shadowRoot.querySelector(".vt");
  for (const name of ["--vt-fast", "--vt-slow"]) own.style.setProperty(name, "0s");
  own.style.setProperty("--vt-own-surface-background", "%s");
})()"""
_COUNT = """(() => {
  const begin = performance.now();
  let last = innerWidth;
  window.framesSeen = 0;
  (function look() {
    if (innerWidth !== last) { last = innerWidth; window.framesSeen += 1; }
    if (performance.now() - begin < %d) requestAnimationFrame(look);
  })();
})()"""


def rest(ms: int) -> None:
    """Let the app run on for so long."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def until_shown(views: Sequence[QWebEngineView], key: str) -> None:
    """Wait for every view's widget."""
    loop, left = QEventLoop(), {id(view) for view in views}

    def shown(view: QWebEngineView) -> None:
        left.discard(id(view))
        if not left:
            loop.quit()

    for view in views:
        when_shown(view.page(), key, lambda view=view: shown(view))  # type: ignore[misc]  # bound now
    QTimer.singleShot(60_000, loop.quit)
    loop.exec()
    if left:
        raise SystemExit("a page never showed its widget")


def near(one: QColor, other: QColor) -> bool:
    """The same but for rounding."""
    parts = (one.red() - other.red(), one.green() - other.green())
    return all(abs(part) <= 2 for part in (*parts, one.blue() - other.blue()))


def seen(view: QWebEngineView) -> QColor:
    """The pixel in the middle of the chat's ground, as it is on the screen now."""
    window = view.window()
    at = view.mapTo(window, QPoint(8, view.height() * 3 // 5))
    shot = view.screen().grabWindow(window.winId(), at.x(), at.y(), 1, 1)
    return shot.toImage().pixelColor(0, 0)


def edit_time(
    views: Sequence[QWebEngineView], color: QColor, change: Callable[[QColor], None]
) -> float:
    """Ms until the last view has the colour, begun at rest."""
    rest(REST_MS)
    loop, left = QEventLoop(), list(views)
    eye = QTimer(interval=LOOK_MS, timerType=Qt.TimerType.PreciseTimer)

    def look() -> None:
        left[:] = [view for view in left if not near(seen(view), color)]
        if not left or time.perf_counter() - begin > 20:
            loop.quit()

    eye.timeout.connect(look)
    begin = time.perf_counter()
    eye.start()
    change(color)
    loop.exec()
    eye.stop()
    if left:
        raise SystemExit(f"{seen(left[0]).name()} stays, not {color.name()}")
    return (time.perf_counter() - begin) * 1000


def pulled(view: QWebEngineView, pull: Callable[[int], None]) -> float:
    """New widths that the page draws in a second while a hand pulls at it."""
    view.page().runJavaScript(_COUNT % PULL_MS)
    timer, loop, began = QTimer(), QEventLoop(), time.perf_counter()
    timer.timeout.connect(lambda: pull(round((time.perf_counter() - began) * 100)))
    timer.start(HAND_MS)
    QTimer.singleShot(PULL_MS, loop.quit)
    loop.exec()
    timer.stop()
    got: list[float] = []
    view.page().runJavaScript("window.framesSeen", 0, lambda n: got.append(n))
    while not got:
        qt.processEvents()
    return got[0] / PULL_MS * 1000


def p95(times: Sequence[float]) -> float:
    """What one in twenty is above."""
    return statistics.quantiles(times, n=20)[-1]


def bare_views(address: str, size: tuple[int, int]) -> tuple[QWidget, list[Any]]:
    """Four plain views of a page, side by side."""
    window = QWidget()
    window.resize(1280, 800)
    views = []
    for number in range(4):
        view = QWebEngineView(window)
        view.setGeometry(10 + 315 * number, 20, *size)
        view.load(QUrl(address))
        views.append(view)
    window.show()
    return window, views


def run(folder: Path) -> dict[str, float]:
    """All figures."""
    widget = provider("n8n").samples()[0]
    document = Document(widget)
    document.set("theme.surface.enabled", True)
    document.set("layout.mode", "fullpage")
    with serving([document.widget]) as base:
        canvas = Canvas(QSettings(str(folder / "ini"), QSettings.Format.IniFormat))
        canvas.resize(1280, 800)
        canvas.show()
        canvas.show_widget(document, base)
        canvas.wall.hang([Spot(name) for name in DEVICES])
        canvas.set_site("blank")
        canvas.start()
        ours = [card.view for card in canvas.wall.cards]
        until_shown(ours, widget.key)
        size = (ours[0].width(), ours[0].height())
        window, bare = bare_views(canvas.address().toString(), size)
        until_shown(bare, widget.key)
        try:
            found = edits(document, ours, bare)
            return {**found, **resizing(canvas, bare[0], widget.key)}
        finally:
            window.close()
            canvas.shutdown()


def edits(
    document: Document, ours: Sequence[QWebEngineView], bare: Sequence[QWebEngineView]
) -> dict[str, float]:
    """The same edit by the document, and by a script in each bare view, in turns."""

    def by_hand(color: QColor) -> None:
        assert not document.set(PATH, color.name(), merge="drag")

    def by_script(color: QColor) -> None:
        for view in bare:
            view.page().runJavaScript(_BARE % color.name())

    pairs = []
    for number in range(EDITS + 2):
        color = QColor(255 - number % 2 * 40, 200 + number % 50, 255)
        pairs.append(
            (edit_time(ours, color, by_hand), edit_time(bare, color, by_script))
        )
    pairs = pairs[2:]
    return {"edit": p95([a for a, _ in pairs]), "edit_bare": p95([b for _, b in pairs])}


def resizing(canvas: Canvas, bare: QWebEngineView, key: str) -> dict[str, float]:
    """One screen that is pulled wider by its handle, beside a view that is resized."""
    canvas.wall.hang([Spot("400x700")])
    rest(500)
    card, resizer = canvas.card, canvas.resizer
    assert card is not None
    bare.resize(400, 700)
    ours_fps, bare_fps = [], []
    for _ in range(3):
        canvas.set_device("400x700")
        rest(300)
        assert resizer.handles is not None
        resizer.handles.resize_started.emit()
        ours_fps.append(
            pulled(card.view, lambda by: canvas.set_device(f"{400 + by}x700"))
        )
        resizer.handles.resize_finished.emit()
        bare_fps.append(pulled(bare, lambda by: bare.resize(400 + by, 700)))
    return {
        "fps": statistics.median(ours_fps),
        "fps_bare": statistics.median(bare_fps),
    }


qt = make_qt()
with tempfile.TemporaryDirectory() as name:
    result = run(Path(name))
print(json.dumps(result))
sys.stdout.flush()
