"""`openai-chatkit`, the public word on the protocol; only tests know it."""

from __future__ import annotations

import warnings
from typing import Any

from pydantic import TypeAdapter

with warnings.catch_warnings():
    # It deprecates classes of its own that its types are made of.
    warnings.simplefilter("ignore", DeprecationWarning)
    from chatkit import types

REQUEST: TypeAdapter[Any] = TypeAdapter(types.ChatKitReq)
EVENT: TypeAdapter[Any] = TypeAdapter(types.ThreadStreamEvent)
ANSWERS: dict[str, TypeAdapter[Any]] = {
    "threads.get_by_id": TypeAdapter(types.Thread),
    "threads.list": TypeAdapter(types.Page[types.Thread]),
    "threads.update": TypeAdapter(types.Thread),
    "items.list": TypeAdapter(types.Page[types.ThreadItem]),
    "attachments.create": TypeAdapter(types.Attachment),
    "input.transcribe": TypeAdapter(types.TranscriptionResult),
    "threads.sync_custom_action": TypeAdapter(types.SyncCustomActionResponse),
}
