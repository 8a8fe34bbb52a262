"""Requests beside the conversation that cost the owner something count as messages."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest

from exporter.providers.chatkit.settings import (
    ChatKitAttachments,
    ChatKitComposer,
    ChatKitConnection,
    ChatKitWidget,
)
from tests.hosting import House
from tests.standins.completions import ModelStandIn
from tests.unit.server.furnished import SITE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.databases import Stores

pytestmark = pytest.mark.anyio
KEY = "k" * 16
SPEECH = {
    "audio_base64": base64.b64encode(b"hello").decode(),
    "mime_type": "audio/webm",
}
FILE = {"name": "a.png", "size": 10, "mime_type": "image/png"}


@pytest.mark.parametrize(
    ("kind", "params"), [("input.transcribe", SPEECH), ("attachments.create", FILE)]
)
async def test_counts_as_a_message(
    tmp_path: Path, stores: Stores, kind: str, params: dict[str, Any]
) -> None:
    limits = {"limits": "message.address=3/minute"}
    house = House(tmp_path, more=limits, stores=stores)
    with ModelStandIn() as model:
        house.put(
            ChatKitWidget(
                key=KEY,
                domains=("shop.example",),
                composer=ChatKitComposer(attachments=ChatKitAttachments(enabled=True)),
                connection=ChatKitConnection(
                    kind="openai",
                    base_url=model.base,
                    model="small",
                    dictation_model="whisper-1",
                ),
            )
        )
        async with house.client(headers={"origin": SITE}) as client:
            body = {"type": kind, "params": params}
            address = f"/api/chatkit/{KEY}"
            said = [await client.post(address, json=body) for _ in range(5)]
    house.close()
    assert [one.status_code for one in said] == [200] * 3 + [429] * 2, said[0].text
