"""Sealed notes that a page keeps for us: it can show them, but not read or change them.

AES-256-GCM under a key derived for this purpose. A ticket is bound to its kind, its
widget and the origin of the page that it was made for, so that it opens nowhere else.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import time
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from server.store.errors import KeysMissing
from server.talk.errors import TicketRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.store.keys import Keys

_NONCE = 12
_LONGEST = 8000


class Tickets:
    """Seals and opens tickets of one kind."""

    def __init__(
        self, keys: Keys, kind: str, now: Callable[[], float] = time.time
    ) -> None:
        self._keys = keys
        self._kind = kind
        self._now = now

    def seal(
        self, widget_key: str, origin: str, said: dict[str, Any], seconds: int
    ) -> str:
        """A ticket that opens for `seconds`; raises KeysMissing."""
        key_id, key = self._keys.current()
        note = json.dumps([self._now() + seconds, said]).encode()
        nonce = secrets.token_bytes(_NONCE)
        bound = self._bound(widget_key, origin)
        sealed = nonce + _cipher(key).encrypt(nonce, note, bound)
        return f"{key_id}.{base64.urlsafe_b64encode(sealed).rstrip(b'=').decode()}"

    def open(self, widget_key: str, origin: str, ticket: str) -> dict[str, Any]:
        """What was sealed; raises TicketRefused."""
        key_id, _, text = ticket.partition(".")
        if len(ticket) > _LONGEST or not ticket.isascii():
            raise TicketRefused
        try:
            padded = text + "=" * (-len(text) % 4)
            sealed = base64.b64decode(padded, b"-_", validate=True)
            cipher = _cipher(self._keys.find(key_id))
            bound = self._bound(widget_key, origin)
            note = cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound)
        except (KeysMissing, InvalidTag, ValueError, binascii.Error):
            raise TicketRefused from None
        ends, said = json.loads(note)
        if self._now() >= ends:
            raise TicketRefused
        return dict(said)

    def _bound(self, widget_key: str, origin: str) -> bytes:
        return json.dumps([self._kind, widget_key, origin]).encode()


@lru_cache(16)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"vitrine talk").derive(key))
