"""A visitor's spoken words, written down by what answers, where it can."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from server.chatkit.backends.backend import Attached
from server.chatkit.errors import NoDictation, RequestInvalid

if TYPE_CHECKING:
    from server.chatkit import requests
    from server.chatkit.asker import Asker
    from server.chatkit.events import Event


async def transcribe(asker: Asker, params: requests.Spoken) -> Event:
    """What a visitor said, written down; raises NoDictation, RequestInvalid."""
    transcribe = asker.backend.transcribe
    if transcribe is None:
        raise NoDictation
    try:
        data = base64.b64decode(params.audio_base64, validate=True)
    except (ValueError, binascii.Error):
        raise RequestInvalid("params.audio_base64", "it is no base64") from None
    kind = params.mime_type.partition(";")[0]
    name = f"speech.{kind.rpartition('/')[2] or 'webm'}"
    return {"text": await transcribe(Attached(name, kind, data))}
