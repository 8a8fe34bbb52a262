"""A loopback web server: folders as they are, and pages made of strings."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tests.standins.loopback import Loopback, Quiet

if TYPE_CHECKING:
    from pathlib import Path

_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".html": "text/html",
}


class FileServer(Loopback):
    """Serves `folders` (prefix → folder) and `pages` (path → HTML), to every origin.

    `cache` is what browsers are told of keeping them.
    """

    def __init__(self, folders: dict[str, Path], pages: dict[str, str]) -> None:
        self.folders, self.pages = folders, pages
        self.cache = "no-store"
        super().__init__(_handler(self))

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


def _handler(server: FileServer) -> type[Quiet]:
    class Handler(Quiet):
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

    return Handler
