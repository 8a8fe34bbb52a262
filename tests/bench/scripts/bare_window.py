"""The floor: a painted main window of Qt that takes input."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Window(QMainWindow):
    """Says so once it has painted and the event loop is free."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, then answer from the event loop."""
        super().paintEvent(event)
        QTimer.singleShot(0, self, lambda: (print("ready", flush=True), app.quit()))


app = QApplication(sys.argv)
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
