"""Who may come in: an invitation lets one phone in, once, and gives it a key."""

from __future__ import annotations

import hashlib
import secrets
import threading

_MOST_PHONES = 12


class Door:
    """Used from the window's thread and the host's.

    Only hashes of what phones hold are kept. An unspent invitation is void as soon
    as there is a newer one, or none wanted.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._invitation = ""
        self._keys: list[str] = []

    def invite(self) -> str:
        """A new invitation, good for one phone."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._invitation = _digest(token)
        return token

    def withdraw(self) -> None:
        """Nobody is invited any more; who is in stays."""
        with self._lock:
            self._invitation = ""

    def enter(self, token: str) -> str:
        """Spend an invitation; answers the phone's key, "" where it is not good."""
        with self._lock:
            wanted, given = self._invitation, _digest(token)
            if not wanted or not secrets.compare_digest(wanted, given):
                return ""
            self._invitation = ""
            key = secrets.token_urlsafe(24)
            self._keys = [*self._keys, _digest(key)][-_MOST_PHONES:]
            return key

    def knows(self, key: str) -> bool:
        """Whether a phone that holds this key was let in."""
        given = _digest(key)
        with self._lock:
            return any(secrets.compare_digest(one, given) for one in self._keys)

    def shut(self) -> None:
        """Nobody is invited, nobody is in."""
        with self._lock:
            self._invitation, self._keys = "", []


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
