"""Ours: the whole app, until its last widget can be seen on its device."""

from desktop.prelude import begin

begin()  # as main.py does

from PySide6.QtCore import QTimer  # noqa: E402

from desktop.app import App, make_qt  # noqa: E402
from desktop.store.folder import data_folder  # noqa: E402
from tests.bench.scripts.shown import when_shown  # noqa: E402


def watch() -> None:
    """Wait for the canvas' first page."""
    glimpse = app.glimpse
    if glimpse is None or glimpse.canvas is None or glimpse.canvas.card is None:
        QTimer.singleShot(5, watch)
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
