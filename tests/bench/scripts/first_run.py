"""Prepare a data folder: the app as it is after it was used once."""

from PySide6.QtCore import QTimer

from desktop.app import App, make_qt
from desktop.store.folder import data_folder


def leave() -> None:
    """Open the first sample and go, so that the next start has a last widget."""
    workshop = app.workshop
    if workshop is None or workshop.document is None:
        QTimer.singleShot(50, leave)
        return
    workshop.document.open(workshop.document.widget)
    app.window.close()
    print("ready", flush=True)
    qt.quit()


qt = make_qt()
app = App(data_folder())
app.open()
leave()
qt.exec()
