"""The floor: a bare web view that shows the same page, served by another process."""

import sys

from PySide6.QtCore import QUrl
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication

from tests.bench.scripts.shown import when_shown


def say() -> None:
    """The widget can be seen."""
    print("ready", flush=True)
    view.close()
    app.quit()


address, key = sys.argv[1:]
app = QApplication(sys.argv)
view = QWebEngineView()
view.resize(1280, 800)
when_shown(view.page(), key, say)
view.load(QUrl(address))
view.show()
app.exec()
