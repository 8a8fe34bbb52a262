"""Ours: the app's window, painted and free for input."""

from desktop.prelude import begin

begin()  # as main.py does

from PySide6.QtCore import QTimer  # noqa: E402

from desktop.app import App, make_qt  # noqa: E402
from desktop.store.folder import data_folder  # noqa: E402


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
