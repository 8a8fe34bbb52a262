"""Ours: the app's window, painted and free for input."""

from PySide6.QtCore import QTimer

from desktop.app import App, make_qt
from desktop.store.folder import data_folder


def say() -> None:
    """The event loop came round: whoever clicks now is heard."""
    print("ready", flush=True)
    app.shutdown()
    qt.quit()


qt = make_qt()
app = App(data_folder())
app.open()
app.window.painted.connect(lambda: QTimer.singleShot(0, say))
qt.exec()
