"""An n8n widget's way through the server: the owner's parts are added there.

Names and forms: the Chat Trigger's source; basic auth is its only credential.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from exporter.contract.relay import RelayTarget
from exporter.providers.n8n.runtime import all_metadata
from exporter.providers.n8n.settings import N8nWidget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exporter.contract.widget import Widget

AUTH_SECRET = "webhook_auth"
_MB = 1024 * 1024
_WEBHOOK = re.compile(r"/webhook(-test)?/.*$")


def relay_target(widget: Widget, secrets: Mapping[str, str]) -> RelayTarget | None:
    """The webhook with headers and metadata; None without an address."""
    assert isinstance(widget, N8nWidget)
    connection, files = widget.connection, widget.composer.attachments
    if not connection.webhook_url:
        return None
    return RelayTarget(
        connection.webhook_url,
        connection.method,
        (
            "action",
            connection.chat_session_key,
            connection.chat_input_key,
            "metadata",
        ),
        "metadata",
        all_metadata(widget),
        connection.timeout,
        files.max_size * _MB,
        files.max_count if files.enabled else 0,
        connection.chat_session_key,
        _talk_url(connection.webhook_url),
        {**connection.headers, **_credentials(secrets)},
    )


def _talk_url(webhook: str) -> str:
    """Where response nodes wait: `/chat` beside `/webhook`, by WebSocket."""
    place = _WEBHOOK.sub("/chat", webhook.partition("?")[0])
    return re.sub("^http", "ws", place) if place.endswith("/chat") else ""


def _credentials(secrets: Mapping[str, str]) -> dict[str, str]:
    secret = secrets.get(AUTH_SECRET, "")
    if not secret:
        return {}
    return {"authorization": "Basic " + base64.b64encode(secret.encode()).decode()}
