"""Contents of conversations as they are kept: plain, or sealed in their own row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.store.errors import KeysMissing
from server.store.sealing import bound

if TYPE_CHECKING:
    from server.store.keys import Keys

_NONCE = 12


def pack(
    keys: Keys, place: tuple[str, str, str], data: bytes, *, sealed: bool
) -> tuple[str | None, bytes]:
    """The id of the key, None for none, and the bytes to keep; raises KeysMissing."""
    if not sealed:
        return None, data
    import secrets

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key_id, key = keys.current()
    nonce = secrets.token_bytes(_NONCE)
    return key_id, nonce + AESGCM(key).encrypt(nonce, data, bound(place, key_id))


def unpack(
    keys: Keys, place: tuple[str, str, str], key_id: str | None, data: bytes
) -> bytes:
    """What was packed; raises KeysMissing where it does not open in its place."""
    if key_id is None:
        return data
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cipher = AESGCM(keys.find(key_id))
    try:
        return cipher.decrypt(data[:_NONCE], data[_NONCE:], bound(place, key_id))
    except (InvalidTag, ValueError):
        raise KeysMissing(
            "A conversation does not open: its row was changed."
        ) from None
