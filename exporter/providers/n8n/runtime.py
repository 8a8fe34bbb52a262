"""What an n8n widget's page may know of its connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exporter.providers.n8n.settings import N8nWidget

if TYPE_CHECKING:
    from exporter.contract.widget import Widget

_PRIVATE = {"webhook_url", "route"}


def runtime_connection(widget: Widget) -> dict[str, Any]:
    """The public part: the webhook's address only where the owner chose "direct"."""
    assert isinstance(widget, N8nWidget)
    connection = widget.connection
    public = connection.model_dump(mode="json", exclude=_PRIVATE)
    if connection.access == "direct":
        public["webhook_url"] = connection.webhook_url
        public["metadata"] = all_metadata(widget)
    else:
        public["metadata"], public["headers"] = {}, {}
    return public


def all_metadata(widget: N8nWidget) -> dict[str, Any]:
    """The metadata of every message: the owner's table and the route."""
    connection = widget.connection
    route = {"route": connection.route} if connection.route else {}
    return {**connection.metadata, **route}


def faults(widget: Widget) -> tuple[tuple[str, str], ...]:
    """What keeps a valid widget from working."""
    assert isinstance(widget, N8nWidget)
    url = widget.connection.webhook_url
    if not url:
        return (
            (
                "connection.webhook_url",
                "No webhook yet: paste the production address of your Chat Trigger.",
            ),
        )
    if "/webhook-test/" in url:
        return (
            (
                "connection.webhook_url",
                "This is n8n's test address; it answers only while the editor "
                "listens. Use the production address.",
            ),
        )
    return ()
