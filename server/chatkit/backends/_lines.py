"""A body that comes in pieces, cut anywhere, as whole lines of text."""

from __future__ import annotations

from server.chatkit.errors import BackendError

MOST_LINE = 4 * 1024 * 1024


class Lines:
    """Fed with `feed`; `end` has the last line, which needs no end of its own."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._size = 0

    def feed(self, data: bytes) -> list[str]:
        """The lines that are whole now, without their ends; raises BackendError."""
        if b"\n" not in data:
            self._hold(data)
            return []
        if self._held:
            data = self._take() + data
        *whole, rest = data.split(b"\n")
        if rest:
            self._hold(rest)
        return [_text(one) for one in whole]

    def end(self) -> list[str]:
        """What was begun and has no more to come."""
        last = self._take()
        return [_text(last)] if last else []

    def _hold(self, data: bytes) -> None:
        self._held.append(data)
        self._size += len(data)
        if self._size > MOST_LINE:
            raise BackendError("The answer is larger than this chat can show.")

    def _take(self) -> bytes:
        data = b"".join(self._held)
        self._held.clear()
        self._size = 0
        return data


def _text(line: bytes) -> str:
    """No character is cut: a line's end is never inside of one."""
    return line.removesuffix(b"\r").decode("utf-8", "replace")
