"""From the first responder to the whole server: no connection is let down."""

from __future__ import annotations

import random
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from desktop.preview.opening import open_preview
from exporter.providers.registry import providers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desktop.preview.host import PreviewHost

WIDGET = providers()[0].samples()[0]
PAGES = 12


class NoSecrets:
    async def read(self, widget_key: str, name: str) -> str | None:
        return None


async def nothing(app: object) -> None:
    return None


@pytest.fixture
def make_host() -> Iterator[Callable[[], PreviewHost]]:
    made: list[PreviewHost] = []

    def make() -> PreviewHost:
        host = open_preview(lambda _key: WIDGET, NoSecrets(), simulated=lambda _k: "x")
        made.append(host)
        host.start()
        return host

    yield make
    for host in made:
        host.shutdown()


def connected(host: PreviewHost) -> socket.socket:
    return socket.create_connection(("127.0.0.1", host.port), timeout=20)


def request(host: PreviewHost, path: str = f"/preview/{WIDGET.key}") -> bytes:
    place = host.base.partition(str(host.port))[2] + path
    name = f"localhost:{host.port}"
    return f"GET {place} HTTP/1.1\r\nhost: {name}\r\nconnection: close\r\n\r\n".encode()


def whole(connection: socket.socket) -> bytes:
    answer = b""
    while part := connection.recv(65536):
        answer += part
    return answer


def asked(host: PreviewHost, pause: threading.Event | None = None) -> bytes:
    """One page's request, the first half of it before the pause."""
    with connected(host) as connection:
        said = request(host)
        half = random.randrange(len(said)) if pause else 0
        connection.sendall(said[:half])
        if pause is not None:
            pause.wait(10)
        connection.sendall(said[half:])
        return whole(connection)


@pytest.mark.parametrize("said", [0, 1, 40])
def test_who_has_not_asked_yet_is_answered_by_the_next(
    make_host: Callable[[], PreviewHost], said: int
) -> None:
    host = make_host()
    with connected(host) as early:
        early.sendall(request(host)[:said])
        assert asked(host).startswith(b"HTTP/1.1 200")  # so the early one was let in
        host.submit(nothing).result(20)
        early.sendall(request(host)[said:])
        assert whole(early).startswith(b"HTTP/1.1 200 OK\r\n")


def test_who_asks_for_the_whole_server_first_takes_nobody_along(
    make_host: Callable[[], PreviewHost],
) -> None:
    host = make_host()
    body = b"x" * 300_000
    with connected(host) as early, connected(host) as posting:
        assert asked(host).startswith(b"HTTP/1.1 200")
        head = request(host, "/api/events").replace(b"GET", b"POST", 1)
        length = b"\r\ncontent-length: %d\r\n\r\n" % len(body)
        posting.sendall(head.replace(b"\r\n\r\n", length) + body)
        assert whole(posting).startswith(b"HTTP/1.1 307 ")
        early.sendall(request(host))
        assert whole(early).startswith(b"HTTP/1.1 200 OK\r\n")


def test_many_pages_at_the_very_moment_all_come(
    make_host: Callable[[], PreviewHost],
) -> None:
    for _ in range(5):
        host, moment = make_host(), threading.Event()
        with ThreadPoolExecutor(PAGES + 1) as pool:
            pages = [pool.submit(asked, host, moment) for _ in range(PAGES)]
            assert asked(host).startswith(b"HTTP/1.1 200")
            future = host.submit(nothing)
            moment.set()
            answers = [page.result(30) for page in pages]
            future.result(20)
        assert [answer[:12] for answer in answers] == [b"HTTP/1.1 200"] * PAGES


def test_what_goes_wrong_in_the_first_answer_is_the_next_ones_to_say(
    caplog: pytest.LogCaptureFixture,
) -> None:
    fails = iter((True, False))

    def current(_key: str) -> object:
        if next(fails, False):
            raise ImportError("partially initialized module")
        return WIDGET

    host = open_preview(current, NoSecrets(), simulated=lambda _key: "x")  # type: ignore[arg-type]
    host.start()
    try:
        assert asked(host).startswith(b"HTTP/1.1 200")
    finally:
        host.shutdown()
    assert "could not answer" in caplog.text
    caplog.clear()


def test_an_end_in_between_closes_what_waits(
    make_host: Callable[[], PreviewHost],
) -> None:
    for is_whole in (False, True):
        host = make_host()
        with connected(host) as early:
            assert asked(host).startswith(b"HTTP/1.1 200")
            if is_whole:
                host.submit(nothing).result(20)
            host.shutdown()
            try:
                assert early.recv(1) == b""
            except ConnectionResetError:
                pass
