"""A loopback web server: folders as they are, and pages made of strings."""

from __future__ import annotations

import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".html": "text/html",
}


class FileServer:
    """Serves `folders` (prefix → folder) and `pages` (path → HTML), to every origin.

    `cache` is what browsers are told of keeping them.
    """

    def __init__(self, folders: dict[str, Path], pages: dict[str, str]) -> None:
        self.folders, self.pages = folders, pages
        self.cache = "no-store"
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )
        self._thread.start()

    @property
    def base(self) -> str:
        """The server's origin, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def find(self, path: str) -> tuple[bytes, str] | None:
        """The body and type behind a path."""
        if path in self.pages:
            return self.pages[path].encode(), "text/html"
        for prefix, folder in self.folders.items():
            file = (folder / path.removeprefix(prefix)).resolve()
            inside = path.startswith(prefix) and file.is_relative_to(folder.resolve())
            if inside and file.is_file():
                return file.read_bytes(), _TYPES.get(file.suffix, "text/plain")
        return None

    def close(self) -> None:
        """Stop, and give the port back."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _handler(server: FileServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = server.find(self.path.partition("?")[0])
            body, kind = found or (b"", "text/plain")
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", server.cache)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            with suppress(BrokenPipeError, ConnectionResetError):  # a page that left
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler
