"""A session's request: only what the owner changed, never more than is known."""

from __future__ import annotations

import pytest

from exporter.providers.chatkit.session import session_fault, session_request
from exporter.providers.chatkit.settings import ChatKitConnection, ChatKitWidget


def widget(**connection: object) -> ChatKitWidget:
    values = {"workflow_id": "wf_1", **connection}
    return ChatKitWidget(connection=ChatKitConnection.model_validate(values))


def test_defaults_are_left_out() -> None:
    assert session_request(widget(), "visitor") == {
        "user": "visitor",
        "workflow": {"id": "wf_1"},
    }


def test_everything_that_was_set_is_said() -> None:
    body = session_request(
        widget(
            workflow_version="7",
            tracing=False,
            state_variables={"shop": "oslo", "vip": True},
            session={"expires_after": 60, "max_requests_per_minute": 3},
            chatkit_configuration={
                "automatic_thread_titling": {"enabled": False},
                "file_upload": {"enabled": True, "max_file_size": 5, "max_files": 2},
                "history": {"enabled": True, "recent_threads": 4},
            },
        ),
        "visitor",
    )
    assert body == {
        "user": "visitor",
        "workflow": {
            "id": "wf_1",
            "version": "7",
            "state_variables": {"shop": "oslo", "vip": True},
            "tracing": {"enabled": False},
        },
        "expires_after": {"anchor": "created_at", "seconds": 60},
        "rate_limits": {"max_requests_per_1_minute": 3},
        "chatkit_configuration": {
            "automatic_thread_titling": {"enabled": False},
            "file_upload": {"enabled": True, "max_file_size": 5, "max_files": 2},
            "history": {"enabled": True, "recent_threads": 4},
        },
    }


def test_history_can_be_off() -> None:
    parts = {"history": {"enabled": False, "recent_threads": 4}}
    body = session_request(widget(chatkit_configuration=parts), "visitor")
    assert body["chatkit_configuration"] == {"history": {"enabled": False}}


@pytest.mark.parametrize("user", ["", "x" * 513])
def test_a_visitor_has_a_name_of_the_right_length(user: str) -> None:
    with pytest.raises(ValueError, match="512"):
        session_request(widget(), user)


def test_says_what_keeps_it_from_asking() -> None:
    assert session_fault(widget()) == ""
    assert "workflow" in session_fault(widget(workflow_id=""))
    assert "own server" in session_fault(widget(kind="server"))
