"""`GET /runtime/HASH/NAME`: the runtime's files, which never change under a hash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.encoding import Encoded, encoded, send_encoded
from server.messages import NOSNIFF, Request, Response, error

if TYPE_CHECKING:
    from exporter.bundle import RuntimeBundles

_HEADERS = (
    ("content-type", "text/javascript; charset=utf-8"),
    ("cache-control", "public, max-age=31536000, immutable"),
    ("cross-origin-resource-policy", "cross-origin"),
    ("access-control-allow-origin", "*"),
    NOSNIFF,
)


class RuntimeFiles:
    """The bundles, compressed once, when first asked for."""

    def __init__(self, bundles: RuntimeBundles, *, compress: bool) -> None:
        self._bundles = bundles
        self._compress = compress
        self._ready: dict[str, Encoded] = {}

    def response(self, request: Request, hash_: str, name: str) -> Response:
        """The file, or 404 for another hash: its page asks for the script anew."""
        data = self._bundles.files.get(name) if hash_ == self._bundles.hash else None
        if data is None:
            return error(
                404,
                "unknown_runtime",
                "This server has no such runtime file.",
                "Load the widget's script again; it names the current files.",
                access_control_allow_origin="*",
            )
        return send_encoded(request, self._encoded(name, data), _HEADERS)

    def prepare(self) -> None:
        """Compress everything now; in a thread of its own."""
        for name, data in self._bundles.files.items():
            self._encoded(name, data)

    def _encoded(self, name: str, data: bytes) -> Encoded:
        if name not in self._ready:
            self._ready[name] = encoded(data, compress=self._compress, quality=11)
        return self._ready[name]
