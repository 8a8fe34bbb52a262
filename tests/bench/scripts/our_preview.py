"""Ours: the whole app, until its last widget can be seen on its device."""

from PySide6.QtCore import QTimer

from desktop.app import App, make_qt
from desktop.store.folder import data_folder
from tests.bench.scripts.shown import when_shown


def watch() -> None:
    """Wait for the canvas' first page."""
    glimpse = app.glimpse
    if glimpse is None or glimpse.canvas is None or glimpse.canvas.card is None:
        QTimer.singleShot(1, watch)
        return
    remembered = glimpse.first_page.read()
    assert remembered is not None
    when_shown(glimpse.canvas.card.view.page(), remembered.key, say)


def say() -> None:
    """The widget can be seen."""
    print("ready", flush=True)
    app.window.close()
    qt.quit()


qt = make_qt()
app = App(data_folder())
app.open()
watch()
qt.exec()
