"""What a ChatKit widget's page may know of its connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exporter.providers.chatkit.settings import ChatKitWidget

if TYPE_CHECKING:
    from exporter.contract.widget import Widget


def runtime_connection(widget: Widget) -> dict[str, Any]:
    """For a server its address and domain key, which are public; else only the kind."""
    assert isinstance(widget, ChatKitWidget)
    connection = widget.connection
    if connection.kind == "server":
        return {
            "kind": "server",
            "url": connection.url,
            "domain_key": connection.domain_key,
        }
    return {"kind": "hosted"}


def opens_sessions(widget: Widget) -> bool:
    """Whether pages need a client secret: hosted workflows do."""
    return isinstance(widget, ChatKitWidget) and widget.connection.kind == "hosted"


def faults(widget: Widget) -> tuple[tuple[str, str], ...]:
    """What keeps a valid widget from working."""
    assert isinstance(widget, ChatKitWidget)
    connection = widget.connection
    if connection.kind == "hosted" and not connection.workflow_id:
        return (
            (
                "connection.workflow_id",
                "No workflow yet: paste the wf_… ID from Agent Builder.",
            ),
        )
    if connection.kind == "server" and not connection.url:
        return (("connection.url", "No server yet: paste its ChatKit address."),)
    return ()
