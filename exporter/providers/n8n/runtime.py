"""What an n8n widget's page may know of its connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from exporter.contract.errors import InputError
from exporter.contract.provider import PageNeeds, Standalone
from exporter.providers.n8n.settings import N8nWidget

if TYPE_CHECKING:
    from exporter.contract.widget import Widget

_PUBLIC = (
    "The page talks straight to the webhook, so its address becomes public; a webhook "
    "that asks for credentials refuses it, as no secret can be in a folder of files."
)
_PUBLIC_EXTRAS = "Headers, metadata and route become public too."
_CORS = (
    "Name the site's address in the Chat Trigger under “Allowed Origins (CORS)”, "
    "or the browser hides its answers."
)
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


def standalone(widget: Widget) -> Standalone:
    """Straight to the webhook, which becomes public with all that is sent along."""
    assert isinstance(widget, N8nWidget)
    for path, sentence in faults(widget):
        raise InputError(sentence, f"It is the setting {path}.")
    connection = widget.connection
    if connection.access == "direct":
        return Standalone(widget, (_CORS,))
    direct = connection.model_copy(update={"access": "direct"})
    extra = (_PUBLIC_EXTRAS,) if _has_extras(widget) else ()
    return Standalone(
        widget.model_copy(update={"connection": direct}), (_PUBLIC, *extra, _CORS)
    )


def page_needs(widget: Widget) -> PageNeeds:
    """The webhook's own origin, where the page talks to it straight.

    Relayed, a workflow with response nodes is talked to by a socket of the server's.
    """
    assert isinstance(widget, N8nWidget)
    connection = widget.connection
    if connection.access != "direct":
        return PageNeeds(sockets=True)
    if not connection.webhook_url:
        return PageNeeds()
    parts = urlsplit(connection.webhook_url)
    socket = {"https": "wss", "http": "ws"}[parts.scheme]
    places = (f"{scheme}://{parts.netloc}" for scheme in (parts.scheme, socket))
    return PageNeeds(connections=tuple(places))


def _has_extras(widget: N8nWidget) -> bool:
    connection = widget.connection
    return bool(connection.headers or connection.metadata or connection.route)


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
