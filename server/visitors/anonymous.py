"""Ids of visitors whom nobody knows: made here, signed, bound to one widget."""

from __future__ import annotations

import base64
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from server.guard.signing import Signer

_SIZE = 16


class AnonymousIds:
    """Issues ids and knows its own again; nobody can make or guess one."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer

    def issue(self, widget_key: str) -> tuple[str, str]:
        """A fresh id, and the signed text by which it is known again."""
        chance = secrets.token_bytes(_SIZE)
        return _spoken(chance), self._signer.sign(chance, widget_key)

    def read(self, widget_key: str, signed: str) -> str | None:
        """The id in a signed text; None where it is not this widget's, or not ours."""
        chance = self._signer.verify(signed, widget_key)
        return _spoken(chance) if chance and len(chance) == _SIZE else None


def _spoken(chance: bytes) -> str:
    return base64.urlsafe_b64encode(chance).rstrip(b"=").decode()
