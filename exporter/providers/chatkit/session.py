"""The body of a request for a ChatKit session: only what differs from the defaults.

Fields, limits and defaults: `POST /v1/chatkit/sessions` with
`OpenAI-Beta: chatkit_beta=v1` (November 2026). An unknown field is refused there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exporter.providers.chatkit.settings import ChatKitWidget

if TYPE_CHECKING:
    from exporter.contract.widget import Widget
    from exporter.providers.chatkit.settings import (
        ChatKitConfiguration,
        ChatKitConnection,
    )

API_KEY_SECRET = "openai_api_key"
_USER_MOST = 512
_EXPIRES_AFTER, _REQUESTS = 600, 10
_FILE_MB, _FILES = 512, 10


def session_request(widget: Widget, user: str) -> dict[str, Any]:
    """What to post for one visitor; `user` has 1 to 512 characters."""
    assert isinstance(widget, ChatKitWidget)
    if not 1 <= len(user) <= _USER_MOST:
        raise ValueError(f"a visitor's id has 1 to {_USER_MOST} characters")
    connection = widget.connection
    body: dict[str, Any] = {"user": user, "workflow": _workflow(connection)}
    if connection.session.expires_after != _EXPIRES_AFTER:
        seconds = connection.session.expires_after
        body["expires_after"] = {"anchor": "created_at", "seconds": seconds}
    if connection.session.max_requests_per_minute != _REQUESTS:
        most = connection.session.max_requests_per_minute
        body["rate_limits"] = {"max_requests_per_1_minute": most}
    configuration = _configuration(connection.chatkit_configuration)
    if configuration:
        body["chatkit_configuration"] = configuration
    return body


def session_fault(widget: Widget) -> str:
    """What keeps a session from being asked for: "" for nothing."""
    assert isinstance(widget, ChatKitWidget)
    if widget.connection.kind != "hosted":
        return "This ChatKit widget asks its own server, which needs no session."
    if not widget.connection.workflow_id:
        return "No workflow yet."
    return ""


def _workflow(connection: ChatKitConnection) -> dict[str, Any]:
    workflow: dict[str, Any] = {"id": connection.workflow_id}
    if connection.workflow_version:
        workflow["version"] = connection.workflow_version
    if connection.state_variables:
        workflow["state_variables"] = dict(connection.state_variables)
    if not connection.tracing:
        workflow["tracing"] = {"enabled": False}
    return workflow


def _configuration(configuration: ChatKitConfiguration) -> dict[str, Any]:
    parts = {
        "automatic_thread_titling": {}
        if configuration.automatic_thread_titling.enabled
        else {"enabled": False},
        "file_upload": _file_upload(configuration),
        "history": _history(configuration),
    }
    return {name: part for name, part in parts.items() if part}


def _file_upload(configuration: ChatKitConfiguration) -> dict[str, Any]:
    upload = configuration.file_upload
    if not upload.enabled:
        return {}
    part: dict[str, Any] = {"enabled": True}
    if upload.max_file_size != _FILE_MB:
        part["max_file_size"] = upload.max_file_size
    if upload.max_files != _FILES:
        part["max_files"] = upload.max_files
    return part


def _history(configuration: ChatKitConfiguration) -> dict[str, Any]:
    history = configuration.history
    if not history.enabled:
        return {"enabled": False}
    if history.recent_threads is None:
        return {}
    return {"enabled": True, "recent_threads": history.recent_threads}
