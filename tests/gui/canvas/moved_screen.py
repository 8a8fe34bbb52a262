"""A wall whose window moves to a screen of twice the scale and back.

Prints JSON: for each stop the window's scale, what the page sees, the size of a picture
and of the window's own pixels, and how often the page has loaded.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtGui import QGuiApplication, QImage

from desktop.app import make_qt
from desktop.canvas.canvas import Canvas
from desktop.canvas.capture import capture
from desktop.canvas.spot import Spot
from desktop.document import Document
from desktop.picturing import serving
from exporter.providers.registry import provider

_SEES = "JSON.stringify([innerWidth, innerHeight, devicePixelRatio, screen.width])"


def rest(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def wait_for(there: object) -> None:
    for _ in range(900):
        if there():  # type: ignore[operator]
            return
        rest(50)
    raise SystemExit(f"{there} never came")


def told(canvas: Canvas) -> dict[str, object]:
    card = canvas.card
    assert card is not None
    seen: list[object] = []
    taken: list[QImage | None] = []
    card.view.run(_SEES, seen.append)
    capture(card.view, taken.append)
    wait_for(lambda: seen and taken)
    image = taken[0]
    assert image is not None
    window = canvas.grab().toImage()
    return {
        "scale": canvas.devicePixelRatioF(),
        "sees": json.loads(str(seen[0])),
        "picture": [image.width(), image.height()],
        "window": [window.width(), window.height()],
        "loads": card.view.loads,
    }


def run(folder: Path) -> list[dict[str, object]]:
    document = Document(provider("n8n").samples()[0])
    with serving([document.widget]) as base:
        canvas = Canvas(QSettings(str(folder / "ini"), QSettings.Format.IniFormat))
        canvas.resize(900, 700)
        canvas.show()
        canvas.show_widget(document, base)
        canvas.wall.hang([Spot("iphone-15", keyboard=True)])
        canvas.start()
        wait_for(lambda: canvas.card and canvas.card.view.state == "ready")
        rest(1500)
        stops = [told(canvas)]
        window = canvas.windowHandle()
        for screen, x in ((1, 1400), (0, 0)):
            canvas.move(x, 0)
            window.setScreen(QGuiApplication.screens()[screen])
            rest(1500)
            stops.append(told(canvas))
        canvas.shutdown()
    return stops


qt = make_qt()
with tempfile.TemporaryDirectory() as name:
    print(json.dumps(run(Path(name))))
sys.stdout.flush()
os._exit(0)
