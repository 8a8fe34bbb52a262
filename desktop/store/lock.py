"""One Vitrine a library: the second hands its files to the first.

The lock is the operating system's own on an open file, so that it ends with its
process however that ends; no lock can be stale. Another data folder (VITRINE_DATA)
is another library with a lock of its own.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, BinaryIO

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 3000  # milliseconds that the first instance has for its answer
_AGAIN = 0.02  # seconds till a first instance that is just starting is asked again
_READING = 500  # milliseconds without a byte before a message is given up
_MOST = 64 * 1024  # bytes of a message
_SOCKET_PATH = 100  # bytes that every system takes as a socket's path
_TAKEN = b"taken\n"


class SingleInstance(QObject):
    """Holds the library of one folder; `asked` tells what later instances bring.

    The lock decides and costs nothing; the ear for later instances, which needs
    Qt's network, is opened by `listen()` once the window can be seen.
    """

    asked = Signal(list)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._file: BinaryIO | None = None
        self._server: QLocalServer | None = None

    def acquire(self) -> bool:
        """Take the library for this process; False where another one has it.

        A folder that cannot be written holds no library, so nothing to take.
        """
        try:
            self._file = (self._folder / "vitrine.lock").open("a+b")
        except OSError:
            return True
        if not _locked(self._file):
            self._file.close()
            self._file = None
            return False
        return True

    def listen(self) -> None:
        """Hear later instances, if the library is ours; once is enough."""
        if self._file is None or self._server is not None:
            return
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        name = _server_name(self._folder)
        QLocalServer.removeServer(name)  # a killed process leaves its socket behind
        self._server.listen(name)

    def hand_over(self, files: Sequence[str]) -> bool:
        """Give the first instance these files to open; whether it took them."""
        import json

        socket = _connected(_server_name(self._folder))
        if socket is None:
            return False
        socket.write(json.dumps(list(files)).encode() + b"\n")
        answered = socket.waitForReadyRead(_PATIENCE)
        taken = answered and bytes(socket.readAll().data()) == _TAKEN
        socket.disconnectFromServer()
        return taken

    def shutdown(self) -> None:
        """Let go of the library."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._file is not None:
            self._file.close()
            self._file = None

    def _on_connection(self) -> None:
        """Read one message; whoever connects writes at once, so this hardly waits."""
        assert self._server is not None
        socket = self._server.nextPendingConnection()
        files = _files(_line(socket))
        if files is None:
            socket.abort()
        else:
            socket.write(_TAKEN)
            socket.flush()
            socket.disconnectFromServer()
        socket.deleteLater()
        if files is not None:
            self.asked.emit(files)


def _connected(name: str) -> QLocalSocket | None:
    """A connection to the first instance, which may not listen quite yet."""
    from PySide6.QtNetwork import QLocalSocket

    end = time.monotonic() + _PATIENCE / 1000
    socket = QLocalSocket()
    while time.monotonic() < end:
        socket.connectToServer(name)
        if socket.waitForConnected(_PATIENCE):
            return socket
        time.sleep(_AGAIN)
    return None


def _line(socket: QLocalSocket) -> bytes:
    while not socket.canReadLine() and socket.bytesAvailable() < _MOST:
        if not socket.waitForReadyRead(_READING):
            break
    return bytes(socket.readLine(_MOST).data())


def _files(message: bytes) -> list[str] | None:
    import json

    try:
        found = json.loads(message)
    except ValueError:
        return None
    whole = isinstance(found, list) and all(isinstance(name, str) for name in found)
    return found if whole else None


def _server_name(folder: Path) -> str:
    path = str(folder / "vitrine.sock")
    if os.name == "posix" and len(path.encode()) <= _SOCKET_PATH:
        return path  # in a folder that is nobody else's
    import hashlib

    return f"vitrine-{hashlib.sha256(str(folder).encode()).hexdigest()[:24]}"


if sys.platform == "win32":

    def _locked(file: BinaryIO) -> bool:
        import msvcrt

        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _locked(file: BinaryIO) -> bool:
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a network folder without locks
            return True
        return True
