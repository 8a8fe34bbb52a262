"""Short texts that this server signs and later knows again: HMAC-SHA256.

A signed text is `KEYID.PAYLOAD.MAC` in URL-safe base64. Every purpose has a key of its
own, derived by HKDF, so that a token of one kind is never one of another. The key in
front signs; those that were rotated out of the front still verify.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from server.store.errors import KeysMissing

if TYPE_CHECKING:
    from server.store.keys import Keys

_LONGEST = 1000
_FRONT_SECONDS = 1.0
"""For how long digests need not ask which key is in front: it may be in a file."""


class Signer:
    """Signs and verifies for one purpose."""

    def __init__(self, keys: Keys, purpose: str) -> None:
        self._keys = keys
        self._purpose = purpose
        self._front, self._front_until = b"", -1.0

    def sign(self, payload: bytes, about: str = "") -> str:
        """The signed text; `about` is bound in without being told."""
        key_id, key = self._keys.current()
        mac = self._mac(key, payload, about)
        return ".".join((key_id, _written(payload), _written(mac)))

    def verify(self, text: str, about: str = "") -> bytes | None:
        """What was signed; None where anything about it is not right."""
        if len(text) > _LONGEST or not text.isascii():
            return None
        parts = text.split(".")
        if len(parts) != 3:
            return None
        payload, mac = _read(parts[1]), _read(parts[2])
        try:
            key = self._keys.find(parts[0])
        except KeysMissing:
            return None
        if payload is None or mac is None:
            return None
        good = hmac.compare_digest(mac, self._mac(key, payload, about))
        return payload if good else None

    def digest(self, text: str) -> str:
        """A short name for a text that tells nothing of it, under the front key."""
        now = time.monotonic()
        if now > self._front_until:
            self._front = self._keys.current()[1]
            self._front_until = now + _FRONT_SECONDS
        mac = self._mac(self._front, text.encode("utf-8", "replace"), "digest")
        return mac.hex()[:32]

    def _mac(self, key: bytes, payload: bytes, about: str) -> bytes:
        inside = _derived(key, self._purpose)
        told = about.encode("utf-8", "replace")
        size = len(told).to_bytes(4, "big")
        return hmac.digest(inside, size + told + payload, hashlib.sha256)


@lru_cache(64)
def _derived(key: bytes, purpose: str) -> bytes:
    info = b"vitrine signing " + purpose.encode()
    return HKDF(SHA256(), 32, salt=None, info=info).derive(key)


def _written(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _read(text: str) -> bytes | None:
    """Only the one way in which `_written` writes it."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    return data if _written(data) == text else None
