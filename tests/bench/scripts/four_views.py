"""The floor: four bare views of one page."""

import json
import sys

from PySide6.QtCore import QEventLoop, QTimer, QUrl
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from tests.bench.scripts.memory import proportional_mb

app = QApplication(sys.argv)
window = QWidget()
row = QHBoxLayout(window)
views = [QWebEngineView(window) for _ in range(4)]
left = len(views)
loop = QEventLoop()


def on_loaded() -> None:
    """Quit when all are there."""
    global left
    left -= 1
    if not left:
        QTimer.singleShot(1500, loop.quit)


for view in views:
    row.addWidget(view)
    view.loadFinished.connect(on_loaded)
    view.load(QUrl(sys.argv[1]))
window.resize(1600, 800)
window.show()
loop.exec()
print(json.dumps({"mb": proportional_mb()}), flush=True)
for view in views:
    view.close()
