"""The app: start-up, in order of need, and shutdown.

First the window's shell is painted; then the web engine and the preview's host start
with the page that was shown last (`glimpse`); once it can be seen, contract, widget,
sidebar and library follow (`workshop`). Everything heavy is imported where it is
needed, for that reason.
"""

from __future__ import annotations

import gc
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QObject,
    QSettings,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.command_list import COMMANDS, EARLY
from desktop.commands import Commands
from desktop.store.folder import data_folder
from desktop.style.appearance import MODES, appearance
from desktop.topbar import TopBar
from desktop.window import Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.glimpse import Glimpse
    from desktop.store.folder import DataFolder
    from desktop.workshop import Workshop


_CHROMIUM = (
    "--disable-logging --log-level=3 --disable-background-networking "
    "--disable-component-update --disable-sync --no-first-run"
)
"""A web engine that calls nobody and keeps its own troubles off the terminal."""


def run(path: str | None) -> int:
    """Open the window, perhaps with a file, and stay until it closes."""
    qt = make_qt()
    app = App(data_folder(), [path] if path else [])
    if not app.open():
        return 0
    code = qt.exec()
    app.end()
    return code


def make_qt() -> QApplication:
    """The Qt application, ready for a web engine that comes later."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Chromium refuses to start its sandbox for root.
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", _CHROMIUM)
    qInstallMessageHandler(_on_qt_message)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    QCoreApplication.setApplicationName("Vitrine")
    QCoreApplication.setOrganizationName("Vitrine")
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    # On the command line, for QStyle's enumerations cost 6 ms before the first pixel.
    return QApplication([*sys.argv[:1], "-style", "fusion", *sys.argv[1:]])


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Qt's own remarks help nobody at a terminal; what is fatal does."""
    if kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
        print(text, file=sys.stderr)


def _collect_again() -> None:
    """Leave what the start made to itself, and collect what comes after it."""
    gc.freeze()
    gc.enable()


class App(QObject):
    """One running Vitrine on one data folder; owns what starts and what stops."""

    def __init__(self, folder: DataFolder, files: Sequence[str] = ()) -> None:
        super().__init__()
        self.folder = folder
        self._files = list(files)
        self._waiting: list[str] = []
        ini = str(folder.path / "settings.ini")
        self.settings = QSettings(ini, QSettings.Format.IniFormat)
        self.glimpse: Glimpse | None = None
        self.workshop: Workshop | None = None
        self._instance: Any = None

    def open(self) -> bool:
        """Show the window; False where another Vitrine took the files instead."""
        if not self._is_first():
            return False
        self._dress()
        self.window = Window(self.settings)
        self.commands = self._commands()
        self.bar = TopBar(self.commands, self.window)
        self.window.set_top_bar(self.bar)
        self.window.library_shown.connect(self.bar.show_library)
        self.window.closing.connect(self.shutdown)
        # Queued: the first pixel is on the screen before anything else begins.
        self.window.painted.connect(
            partial(QTimer.singleShot, 0, self.start),
            Qt.ConnectionType.QueuedConnection,
        )
        self.window.show()
        return True

    def start(self) -> None:
        """Start what stands behind the shell."""
        if self.glimpse is not None:
            return
        from desktop.glimpse import Glimpse
        from desktop.shell import Shell

        self.shell = Shell(self.window, self.commands, self.bar, self.settings)
        self.glimpse = Glimpse(self.shell, self.folder)
        # Queued, for the page itself tells it, from inside the engine.
        self.glimpse.settled.connect(self._go_on, Qt.ConnectionType.QueuedConnection)
        self.glimpse.start()
        # Not later: who starts a second time waits three seconds for an answer.
        if self._instance is not None:
            self._instance.listen()

    def _go_on(self) -> None:
        from desktop.workshop import Workshop

        assert self.glimpse is not None
        self.commands.make_late()
        self.workshop = Workshop(self.shell, self.folder, self._files, self.glimpse)
        self.workshop.start()
        self.workshop.ready.connect(_collect_again)
        self._waiting, waiting = [], self._waiting
        self.workshop.open_files(waiting)

    def _on_asked(self, files: list[str]) -> None:
        """Another start hands over its files; they wait for who can open them."""
        if self.workshop is None:
            self._waiting += files
        else:
            self.workshop.open_files(files)
        self._come_to_front()

    def end(self) -> None:
        """Take the window down while Qt still stands: pages before their profile."""
        self.shutdown()
        if QGuiApplication.platformName() == "offscreen":
            # Its clipboard outlives the interpreter, and would call into it.
            QGuiApplication.clipboard().clear()
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def shutdown(self) -> None:
        """Save and stop everything; may be called twice."""
        if self.workshop is not None:
            self.workshop.shutdown()
            self.workshop = None
        if self.glimpse is not None:
            self.glimpse.shutdown()
            self.glimpse = None
        if self._instance is not None:
            self._instance.shutdown()
            self._instance = None

    def _is_first(self) -> bool:
        from desktop.store.lock import SingleInstance

        self._instance = SingleInstance(self.folder.path, self)
        self._instance.asked.connect(self._on_asked)
        if self._instance.acquire():
            return True
        files = [str(Path(name).absolute()) for name in self._files]
        if not self._instance.hand_over(files):
            print(
                "Vitrine is open already, but does not answer. Close it and try again.",
                file=sys.stderr,
            )
        return False

    def _dress(self) -> None:
        mode = self.settings.value("app/appearance", "auto")
        appearance().set_mode(mode if mode in MODES else "auto")

    def _commands(self) -> Commands:
        commands = Commands(self.window)
        for entry in COMMANDS:
            commands.add(
                entry.name,
                entry.title,
                partial(self._run, entry.name),
                shortcut=entry.shortcut,
                group=entry.group,
                icon=entry.icon,
                late=True,
            )
        off = [entry.name for entry in COMMANDS if entry.name not in EARLY]
        commands.enable(*off, on=False)
        return commands

    def _run(self, name: str) -> None:
        if name.startswith("appearance_"):
            self._set_appearance(name.removeprefix("appearance_"))
        elif name == "quit":
            self.window.close()
        elif name == "palette":
            from desktop.palette import Palette

            Palette(self.commands, self.window).open()
        elif self.workshop is not None:
            self.workshop.run_command(name)

    def _set_appearance(self, mode: str) -> None:
        self.settings.setValue("app/appearance", mode)
        self._dress()

    def _come_to_front(self) -> None:
        self.window.setWindowState(
            self.window.windowState() & ~Qt.WindowState.WindowMinimized
        )
        self.window.raise_()
        self.window.activateWindow()
