"""Edits through document, canvas and feed, seen as pixels beside a bare script."""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QRect, QSettings, QTimer
from PySide6.QtGui import QColor

from desktop.app import make_qt
from desktop.canvas.canvas import Canvas
from desktop.document import Document
from desktop.picturing import serving
from exporter.providers.registry import provider

PATH = "theme.surface.background"
FRAME_MS = 1000 / 60
PAIRS = 40
STORM, PACE = 500, 4  # changes, and ms between two: 250 a second for 2 s
_BARE = """document.querySelector("[data-vitrine]").shadowRoot.querySelector(".vt")
  .style.setProperty("--vt-own-surface-background", "%s")"""


class Bench:
    """One document on one canvas, and an eye on one of its pixels."""

    def __init__(self, document: Document, canvas: Canvas) -> None:
        self.document, self.canvas = document, canvas
        assert canvas.card is not None
        self.view = canvas.card.view
        self._number = 0

    def colour(self) -> QColor:
        """A light one that the page does not show now."""
        self._number += 1
        return QColor(255 - self._number % 2 * 40, 200 + self._number % 50, 255)

    def seen(self) -> QColor:
        """The pixel in the middle of the chat's ground."""
        at = QPoint(self.view.width() // 2, self.view.height() // 2)
        return self.view.grab(QRect(at, at)).toImage().pixelColor(0, 0)

    def until(self, color: QColor) -> None:
        """Go on until the pixel has this colour, as near as a screen has it."""
        end = time.perf_counter() + 20
        while not near(self.seen(), color):
            if time.perf_counter() > end:
                raise TimeoutError(f"{self.seen().name()} stays, not {color.name()}")
            turn()

    def edit(self, color: QColor) -> None:
        """What a control does while it is dragged."""
        assert not self.document.set(PATH, color.name(), merge="drag")

    def bare(self, color: QColor) -> None:
        """What nothing could undercut."""
        self.view.page().runJavaScript(_BARE % color.name())

    def time(self, change: Callable[[QColor], None]) -> float:
        """Ms from a change to its pixels, begun on a page at rest."""
        rest(40)
        color = self.colour()
        begin = time.perf_counter()
        change(color)
        self.until(color)
        return (time.perf_counter() - begin) * 1000

    def storm(self) -> tuple[float, int]:
        """After 250 changes a second: ms till the last shows, patches sent for it."""
        timer, loop, left = QTimer(), QEventLoop(), STORM
        last = self.colour()

        def on_tick() -> None:
            nonlocal left, last
            left -= 1
            last = QColor(230, 255 - left % 128, 255)
            self.edit(last)
            if not left:
                timer.stop()
                loop.quit()

        timer.timeout.connect(on_tick)
        timer.start(PACE)
        loop.exec()
        begin, sent = time.perf_counter(), self.view.feed.sent
        self.until(last)
        took = (time.perf_counter() - begin) * 1000
        return took, self.view.feed.sent - sent


def near(one: QColor, other: QColor) -> bool:
    """Whether two colours are the same but for rounding."""
    parts = (one.red() - other.red(), one.green() - other.green())
    return all(abs(part) <= 2 for part in (*parts, one.blue() - other.blue()))


def turn() -> None:
    """Let the event loop go round once."""
    qt.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 2)


def rest(ms: int) -> None:
    """Let the page come to rest."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def run(folder: Path) -> dict[str, float]:
    """All figures."""
    widget = provider("n8n").samples()[0]
    document = Document(widget)
    document.set("theme.surface.enabled", True)
    document.set("layout.mode", "fullpage")
    with serving([document.widget]) as base:
        canvas = Canvas(QSettings(str(folder / "ini"), QSettings.Format.IniFormat))
        canvas.resize(1000, 760)
        canvas.show()
        canvas.start()
        loop = QEventLoop()
        canvas.ready.connect(loop.quit)
        canvas.show_widget(document, base)
        loop.exec()
        try:
            return figures(Bench(document, canvas))
        finally:
            canvas.shutdown()


def figures(bench: Bench) -> dict[str, float]:
    """Pairs in turns, so that noise hits both; then the storm, then `set` alone."""
    color = bench.colour()
    bench.edit(color)
    bench.until(color)
    pairs = [(bench.time(bench.edit), bench.time(bench.bare)) for _ in range(PAIRS)]
    storms = [bench.storm() for _ in range(3)]
    sets = []
    for number in range(200):
        begin = time.perf_counter()
        bench.edit(QColor(200, 200, number))
        sets.append(time.perf_counter() - begin)
    ours = statistics.median(a for a, _ in pairs)
    late = statistics.median(took for took, _ in storms) - ours
    return {
        "ours": ours,
        "bare": statistics.median(b for _, b in pairs),
        "ratio": statistics.median(a / b for a, b in pairs),
        "frames": max(0, late) / FRAME_MS,
        "patches": max(patches for _, patches in storms),
        "set": statistics.median(sets) * 1000,
    }


qt = make_qt()
with tempfile.TemporaryDirectory() as name:
    found = run(Path(name))
print(json.dumps(found))
sys.stdout.flush()
