"""Sealing a secret into its own row: AES-256-GCM, the place as associated data.

What is sealed opens with its key and in its place only: carried to another widget,
name or licence it is noise.
"""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING

from server.store.errors import KeysMissing
from server.store.records import Sealed

if TYPE_CHECKING:
    from server.store.keys import Keys

_SHOWN = 4
_LONG_ENOUGH = 12


def seal(keys: Keys, place: tuple[str, str, str], value: str) -> Sealed:
    """Seal a value; `place` is licence key, widget key and the secret's name."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key_id, key = keys.current()
    nonce = secrets.token_bytes(12)
    data = AESGCM(key).encrypt(nonce, value.encode(), bound(place, key_id))
    return Sealed(place, key_id, nonce, data)


def unseal(keys: Keys, sealed: Sealed) -> str:
    """The value; raises KeysMissing where it does not open in its place."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key = keys.find(sealed.key_id)
    told = bound(sealed.place, sealed.key_id)
    try:
        return AESGCM(key).decrypt(sealed.nonce, sealed.data, told).decode()
    except (InvalidTag, ValueError):
        raise KeysMissing("A secret does not open: its row was changed.") from None


def hint_of(value: str) -> str:
    """What may be shown of a secret: its last four, where it is long enough."""
    return "••••" + (f" {value[-_SHOWN:]}" if len(value) >= _LONG_ENOUGH else "")


def bound(place: tuple[str, str, str], key_id: str) -> bytes:
    """What a sealed thing is bound to: its key and its place."""
    return json.dumps(["vitrine secret", 1, key_id, *place]).encode()
