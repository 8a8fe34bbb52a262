"""One answer as it is read: its head, then its body piece by piece, by httptools."""

from __future__ import annotations

import httptools
import httpx

MOST_BETWEEN = 64 * 1024
"""Bytes without a whole head, or a piece of the body: more than that is no answer."""

_BODILESS = (204, 304)


class Reading:
    """Fed with `feed`; then `status` and `headers` once `has_head`, `take` the body.

    `keep` is whether the connection may be used again once the answer `is_whole`.
    """

    def __init__(self, method: str) -> None:
        self._method = method
        self._parser = httptools.HttpResponseParser(self)
        self.status, self.headers = 0, list[tuple[bytes, bytes]]()
        self.has_head = self.is_whole = False
        self.keep = True
        self.fault: httpx.TransportError | None = None
        self.held = 0
        self._pieces: list[bytes] = []
        self._between = 0
        self._is_interim = self._is_framed = False

    def feed(self, data: bytes) -> None:
        """Read on; a `fault` says why it cannot."""
        if self._between > MOST_BETWEEN:
            self.fail("the answer's head has no end")
            return
        self._between += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self.fail(f"the answer is no HTTP: {type(error).__name__}")

    def end(self) -> None:
        """The connection ended: a body without a length is whole by that."""
        if self.has_head and not self._is_framed and self.fault is None:
            self.is_whole = True
        where = "within an answer" if self.has_head else "without an answer"
        self.fail(f"the connection ended {where}")

    def fail(self, words: str) -> None:
        """It goes no further; what is whole already stays so."""
        self.keep = False
        if not self.is_whole and self.fault is None:
            self.fault = httpx.RemoteProtocolError(words)

    def take(self) -> bytes:
        """What came of the body since; b"" for nothing."""
        data = b"".join(self._pieces)
        self._pieces.clear()
        self.held = 0
        return data

    def on_message_begin(self) -> None:
        """httptools: an answer; a second one was not asked for."""
        self.keep = self.keep and not self.is_whole

    def on_header(self, name: bytes, value: bytes) -> None:
        """httptools: one line of the head, or of what trails a body."""
        if not self.has_head:
            self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        """httptools: the head is whole."""
        status = self._parser.get_status_code()
        self._is_interim = status < 200
        if self._is_interim:
            self.headers = []
        elif not self.has_head:
            self._begin(status)

    def on_body(self, data: bytes) -> None:
        """httptools: a piece of the body."""
        self._between = 0
        if not self.is_whole:
            self._pieces.append(data)
            self.held += len(data)

    def on_message_complete(self) -> None:
        """httptools: the answer is whole."""
        self.is_whole = self.is_whole or not self._is_interim

    def _begin(self, status: int) -> None:
        self.status, self.has_head, self._between = status, True, 0
        self.keep = self._parser.should_keep_alive()
        names = {name.lower() for name, _ in self.headers}
        self._is_framed = bool(names & {b"content-length", b"transfer-encoding"})
        if self._method == "HEAD" or status in _BODILESS:
            self.is_whole = True  # httptools does not know what was asked
            self.keep = self.keep and self._method != "HEAD"
