"""Ours: one canvas with four devices, their pages emulated by the hub."""

import json
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer

from desktop.app import make_qt
from desktop.canvas.canvas import Canvas
from desktop.canvas.spot import Spot
from desktop.document import Document
from exporter.providers.registry import provider
from tests.bench.scripts.memory import proportional_mb

DEVICES = ("iphone-15", "iphone-15", "iphone-15", "iphone-15")


def run(folder: Path, base: str) -> float:
    """MB with all four pages there."""
    document = Document(provider("n8n").samples()[0])
    canvas = Canvas(QSettings(str(folder / "ini"), QSettings.Format.IniFormat))
    canvas.resize(1600, 800)
    canvas.show()
    canvas.start()
    canvas.show_widget(document, base)
    canvas.wall.hang([Spot(device=name) for name in DEVICES])
    loop, timer = QEventLoop(), QTimer(interval=20)

    def look() -> None:
        cards = canvas.wall.cards
        if len(cards) == 4 and all(card.view.state == "ready" for card in cards):
            timer.stop()
            QTimer.singleShot(1500, loop.quit)

    timer.timeout.connect(look)
    timer.start()
    loop.exec()
    found = proportional_mb()
    canvas.shutdown()
    return found


qt = make_qt()
with tempfile.TemporaryDirectory() as name:
    print(json.dumps({"mb": run(Path(name), sys.argv[1])}), flush=True)
