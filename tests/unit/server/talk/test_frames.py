"""Frames of a talk: links stay home, messages are what they say."""

from __future__ import annotations

import json
from typing import Any

import pytest

from exporter.contract.relay import RelayTarget
from server.errors import BadMessage, MessageTooLarge
from server.talk import frames

WEBHOOK = "https://n8n.example/webhook/secret/chat"
TARGET = RelayTarget(
    WEBHOOK, "POST", (), "metadata", {}, 60, 3000, 1, talk_url="wss://n8n.example/chat"
)
SENT = {"sessionId": "s-1", "action": "sendMessage", "chatInput": "Ada"}
FILE = {"name": "a.txt", "type": "text/plain", "data": "data:text/plain;base64,YQ=="}


@pytest.mark.parametrize(
    ("frame", "is_one"),
    [
        ("n8n|heartbeat", True),
        ('{"type": "heartbeat"}', True),
        ('{"type": "message", "content": "heartbeat"}', False),
        ("heartbeat", False),
        ("n8n|continue", False),
        ("{", False),
        ("[]", False),
    ],
)
def test_heartbeats_old_and_new(frame: str, *, is_one: bool) -> None:
    assert frames.is_heartbeat(frame) is is_one


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/",
        "http://n8n.example/webhook-waiting/1",
        "https://n8n.example:444/",
        "https://n8n.example.evil.example/",
        "https://user@n8n.example/",
        "https://n8n.example@evil.example/",
        "https://evil.example\\@n8n.example/",
        "https://n8n.example\t.evil.example/",
        "//n8n.example/",
        "javascript:alert(1)",
        "https://n8n.example:port/",
        "https://[n8n.example/",
        "https://\uff4e8n.example/",
        "",
        None,
        7,
    ],
)
def test_foreign_links_are_left_out(link: Any) -> None:
    assert not frames.is_own(link, WEBHOOK)
    frame = {"type": "with-buttons", "text": "?", "buttons": [{"link": link}, 7, None]}
    shown = frames.for_page(json.dumps(frame), TARGET, str.upper)
    assert json.loads(shown) == {**frame, "buttons": []}


def test_own_links_are_put_elsewhere() -> None:
    buttons = [{"text": "Yes", "link": "https://N8N.example:443/webhook-waiting/1"}]
    frame = {"type": "with-buttons", "text": "Sure?", "buttons": buttons}
    shown = frames.for_page(json.dumps(frame), TARGET, lambda link: "https://us/1")
    assert json.loads(shown)["buttons"] == [{"text": "Yes", "link": "https://us/1"}]
    assert "n8n.example" not in shown.lower()


@pytest.mark.parametrize("frame", ["n8n|continue", "words", '{"type": "x"}', "{", "7"])
def test_other_frames_pass_as_they_are(frame: str) -> None:
    assert frames.for_page(frame, TARGET, str.upper) == frame


def test_only_what_is_known_reaches_the_workflow() -> None:
    said = json.dumps({**SENT, "files": [{**FILE, "path": "/"}], "isPublic": False})
    sent = frames.for_workflow(said, "s-1", TARGET)
    assert json.loads(sent or "") == {**SENT, "files": [FILE]}
    assert frames.for_workflow("n8n|heartbeat-ack", "s-1", TARGET) is None


@pytest.mark.parametrize(
    "change",
    [
        {"sessionId": "s-2"},
        {"sessionId": None},
        {"action": "loadPreviousSession"},
        {"chatInput": 7},
        {"files": "x"},
        {"files": [FILE, FILE]},
        {"files": [{**FILE, "data": "https://evil.example/"}]},
        {"files": [{"name": "a"}]},
        {"files": [7]},
    ],
)
def test_bad_messages(change: dict[str, Any]) -> None:
    with pytest.raises(BadMessage):
        frames.for_workflow(json.dumps({**SENT, **change}), "s-1", TARGET)


@pytest.mark.parametrize(
    "change",
    [
        {"chatInput": "a" * 1_100_000},
        {"files": [{**FILE, "data": "data:" + "a" * 5000}]},
    ],
)
def test_large_messages(change: dict[str, Any]) -> None:
    with pytest.raises(MessageTooLarge):
        frames.for_workflow(json.dumps({**SENT, **change}), "s-1", TARGET)
