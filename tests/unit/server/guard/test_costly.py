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
from server.store import licences
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
PICTURE = b"\x89PNG\r\n\x1a\n and more"
FILE = {"name": "a.png", "size": 10, "mime_type": "image/png"}


def put(house: House, model: ModelStandIn) -> None:
    """Publish an assistant that takes files and dictation."""
    composer = ChatKitComposer(attachments=ChatKitAttachments(enabled=True))
    connection = ChatKitConnection(
        kind="openai", base_url=model.base, model="small", dictation_model="whisper-1"
    )
    sites = ("shop.example",)
    house.put(
        ChatKitWidget(key=KEY, domains=sites, composer=composer, connection=connection)
    )


@pytest.mark.parametrize(
    ("kind", "params"), [("input.transcribe", SPEECH), ("attachments.create", FILE)]
)
async def test_counts_as_a_message(
    tmp_path: Path, stores: Stores, kind: str, params: dict[str, Any]
) -> None:
    limits = {"limits": "message.address=3/minute"}
    house = House(tmp_path, more=limits, stores=stores)
    with ModelStandIn() as model:
        put(house, model)
        async with house.client(headers={"origin": SITE}) as client:
            body = {"type": kind, "params": params}
            address = f"/api/chatkit/{KEY}"
            said = [await client.post(address, json=body) for _ in range(5)]
    house.close()
    assert [one.status_code for one in said] == [200] * 3 + [429] * 2, said[0].text


async def test_a_files_ticket_is_no_way_around(tmp_path: Path, stores: Stores) -> None:
    """It lets a file be sent, but not again and again, and not to a paused chat."""
    house = House(tmp_path, more={"limits": "message.address=3/minute"}, stores=stores)
    with ModelStandIn() as model:
        put(house, model)
        async with house.client(headers={"origin": SITE}) as client:
            body = {"type": "attachments.create", "params": FILE}
            made = (await client.post(f"/api/chatkit/{KEY}", json=body)).json()
            place = made["upload_descriptor"]["url"]
            said = [await client.put(place, content=PICTURE) for _ in range(3)]
            assert (await client.get(made["preview_url"])).content == PICTURE
        with house.database.writing() as session:
            licences.set_state(session, house.licence.key, "paused")
        async with house.client(headers={"origin": SITE}) as client:
            seen = await client.get(made["preview_url"])
            again = await client.put(place, content=PICTURE)
    house.close()
    assert [one.status_code for one in said] == [204, 204, 429]
    assert (seen.status_code, again.status_code) == (410, 410)
    assert again.headers["access-control-allow-origin"] == SITE
