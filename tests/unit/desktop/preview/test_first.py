"""The first responder: the same answers, before asyncio and uvicorn are there."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import httpx
import pytest

from desktop.preview.opening import open_preview
from exporter.providers.registry import providers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.preview.host import PreviewHost

SAMPLES = {widget.key: widget for each in providers() for widget in each.samples()}
KEY = next(iter(SAMPLES))
PAGE_WITHOUT_A_LOOP = """
import socket, sys
from desktop.preview.opening import open_preview
from desktop.preview.widgets import Remembered

config = {"key": "k" * 16, "name": "Kept", "theme": {"color_scheme": "light"}}
host = open_preview(lambda key: None, None, simulated=lambda key: "x",
                    remembered=Remembered(config["key"], config))
host.start()
base = host.base.partition(str(host.port))[2]
for path in ("/preview/" + config["key"], "/w/" + config["key"] + ".js"):
    connection = socket.create_connection(("127.0.0.1", host.port))
    line = f"GET {base}{path} HTTP/1.1\\r\\nhost: localhost:{host.port}\\r\\n\\r\\n"
    connection.sendall(line.encode())
    answer = b""
    while part := connection.recv(65536):
        answer += part
    assert answer.startswith(b"HTTP/1.1 200 OK\\r\\n"), answer[:200]
    assert b"Kept" in answer
slow = {"asyncio", "uvicorn", "pydantic", "fastapi", "httpx", "h11", "PySide6"}
print(*slow & set(sys.modules))
host.shutdown()
"""


class NoSecrets:
    async def read(self, widget_key: str, name: str) -> str | None:
        return None


@pytest.fixture
def host() -> Iterator[PreviewHost]:
    one = open_preview(SAMPLES.get, NoSecrets(), simulated=lambda key: "no network")
    one.start()
    yield one
    one.shutdown()


def talk(host: PreviewHost, data: bytes) -> bytes:
    """What comes back until the server closes; it does so after each answer."""
    with socket.create_connection(("127.0.0.1", host.port), timeout=10) as connection:
        answer = b""
        with suppress(OSError):  # it need not read what is too long, and hangs up
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65536):
                answer += part
        return answer


def test_a_first_page_imports_neither_loop_nor_framework() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PAGE_WITHOUT_A_LOOP], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_both_servers_answer_alike(host: PreviewHost) -> None:
    addresses = [host.address(KEY), f"{host.base}/w/{KEY}.js", f"{host.base}/w/no.js"]
    with httpx.Client(trust_env=False, timeout=20) as client:
        first = [client.get(address) for address in addresses[:2]]
        host.submit(_nothing).result(20)  # now the whole server is there
        later = [client.get(address) for address in addresses[:2]]
        assert client.get(addresses[2]).status_code == 404
    for before, after in zip(first, later, strict=True):
        assert before.content == after.content
        names = set(before.headers) - {"connection"}
        assert {name: before.headers[name] for name in names} == {
            name: after.headers[name] for name in names
        }


async def _nothing(app: object) -> None:
    return None


def test_what_needs_the_whole_server_waits_for_it(host: PreviewHost) -> None:
    with httpx.Client(trust_env=False, timeout=20, follow_redirects=True) as client:
        answer = client.post(f"{host.base}/api/events", json={"widget": "x"})
    assert [one.status_code for one in answer.history] == [307]
    assert answer.json()["error"]["code"] == "bad_message"


def test_it_makes_room_when_it_is_quiet(host: PreviewHost) -> None:
    with httpx.Client(trust_env=False, timeout=20) as client:
        assert client.get(host.address(KEY)).headers["connection"] == "close"
        for _ in range(20):
            if "connection" not in client.get(host.address(KEY)).headers:
                return
            # Each request puts the quiet off; silence on a socket's own ends it.
            with socket.create_connection(("127.0.0.1", host.port)) as idle:
                idle.settimeout(1)
                with suppress(TimeoutError):
                    idle.recv(1)
    pytest.fail("it never made room")


@pytest.mark.parametrize(
    "data",
    [
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/2\r\n\r\n",
        b"GET http://localhost/ HTTP/1.1\r\n\r\n",
        b"\xff\xfe / HTTP/1.1\r\n\r\n",
        b"GET /half",
        b"x" * 70_000,
        b"",
    ],
)
def test_what_is_no_request_is_closed(host: PreviewHost, data: bytes) -> None:
    assert talk(host, data) == b""
    assert talk(host, _get(host, f"/preview/{KEY}")).startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize(
    "headers",
    [
        b"",
        b"host: evil.example\r\n",
        b"host: localhost\r\n",
        b"host: %s\r\nhost: %s\r\n",
        b"host: %s\r\norigin: https://evil.example\r\n",
    ],
)
def test_it_is_as_deaf_as_the_other(host: PreviewHost, headers: bytes) -> None:
    name = f"localhost:{host.port}".encode()
    path = host.base.partition(str(host.port))[2] + f"/preview/{KEY}"
    filled = headers.replace(b"%s", name)
    answer = talk(host, f"GET {path} HTTP/1.1\r\n".encode() + filled + b"\r\n")
    assert answer.startswith(b"HTTP/1.1 404")
    assert KEY.encode() not in answer


def test_a_post_without_the_token_is_refused_at_once(host: PreviewHost) -> None:
    name = f"localhost:{host.port}"
    answer = talk(host, f"POST /api/events HTTP/1.1\r\nhost: {name}\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 404")


def test_an_idle_connection_holds_nobody_up(host: PreviewHost) -> None:
    with socket.create_connection(("127.0.0.1", host.port)):
        assert talk(host, _get(host, f"/preview/{KEY}")).startswith(b"HTTP/1.1 200")


def _get(host: PreviewHost, path: str) -> bytes:
    place = host.base.partition(str(host.port))[2] + path
    return f"GET {place} HTTP/1.1\r\nHost: localhost:{host.port}\r\n\r\n".encode()
