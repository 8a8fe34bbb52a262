"""Made-up sites over https on the loopback: one certificate, any host name.

A page is `/?key=…&mode=…`: it carries the widget's script as a customer would paste it.
`/frame?address=…` frames an address; `pages` has bodies of others by their path. The
browser is told that every name is here.
"""

from __future__ import annotations

import ssl
import threading
from datetime import UTC, datetime, timedelta
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

if TYPE_CHECKING:
    from pathlib import Path

BROWSER = (
    "--no-sandbox",
    "--ignore-certificate-errors",
    "--host-resolver-rules=MAP * 127.0.0.1",
)
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A site</title>
<h1>A site</h1><div id="chat" style="width:400px;height:560px"></div>{body}</html>"""


def certificate(folder: Path) -> tuple[str, str]:
    """A fresh self-signed certificate and its key, as paths."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "sites.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    paths = folder / "site.crt", folder / "site.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    return str(paths[0]), str(paths[1])


class Sites:
    """The server; `at(host)` is a site's address."""

    def __init__(self, pair: tuple[str, str]) -> None:
        self.host = ""
        self.pages: dict[str, str] = {}
        sites = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                data = sites.page(self.path).encode()
                self.send_response(200)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*pair)
        # The handshake in the connection's own thread: a browser opens some in vain.
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )

    def at(self, host: str, path: str = "/") -> str:
        """The address of a site's page."""
        return f"https://{host}:{self.port}{path}"

    def page(self, path: str) -> str:
        """The HTML of a path."""
        parts = urlsplit(path)
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if parts.path in self.pages:
            body = self.pages[parts.path]
        elif parts.path == "/frame":
            address = escape(asked["address"])
            body = f'<iframe src="{address}" width="400" height="560"></iframe>'
        elif "key" in asked:
            body = (
                f'<script src="{self.host}/w/{asked["key"]}.js" async '
                f'data-mode="{asked["mode"]}" data-target="#chat"></script>'
            )
        else:
            body = ""
        return _PAGE.format(body=body)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
