"""What answers a ChatKit widget whose conversations our own server keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.contract.brain import Brain
from exporter.providers.chatkit.settings import ChatKitWidget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exporter.contract.widget import Widget

MODEL_KEY_SECRET = "model_api_key"
WEBHOOK_SECRET = "webhook_auth"
OURS = ("n8n", "openai")
"""Kinds of connection that go through `POST /api/chatkit/KEY`."""
_MB = 1024 * 1024
_LARGEST_MB = 25


def brain(widget: Widget, secrets: Mapping[str, str]) -> Brain | None:
    """The backend with its rules; None where another server answers."""
    assert isinstance(widget, ChatKitWidget)
    connection, files = widget.connection, widget.composer.attachments
    if connection.kind not in OURS:
        return None
    is_n8n = connection.kind == "n8n"
    return Brain(
        kind=connection.kind,
        url=connection.webhook_url if is_n8n else connection.base_url,
        secret=secrets.get(WEBHOOK_SECRET if is_n8n else MODEL_KEY_SECRET, ""),
        wire=connection.wire,
        model=connection.model,
        instructions=connection.instructions,
        transcriber="" if is_n8n else connection.dictation_model,
        models=tuple(
            model.id for model in widget.composer.models if not model.disabled
        ),
        timeout=connection.timeout,
        keep_days=connection.keep_days,
        sealed=connection.sealed,
        max_file=min(files.max_size, _LARGEST_MB) * _MB,
        max_files=files.max_count if files.enabled else 0,
    )
