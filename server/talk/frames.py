"""The frames of a talk, old and new, as each side may see them.

Old: `n8n|heartbeat` (a run whose heartbeats go unanswered is cancelled after 60 s),
`n8n|continue`, or words as they are. New: `{"type": "heartbeat" | "continue" |
"message" | "error" | "with-buttons", …}`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from server.bodies import parse_object, too_large
from server.errors import BadMessage, MessageTooLarge

if TYPE_CHECKING:
    from collections.abc import Callable

    from exporter.contract.relay import RelayTarget

ACK = "n8n|heartbeat-ack"
_BEATS = ("n8n|heartbeat",)
_MOST_TEXT = 1024 * 1024
_FILE = ("name", "type", "data")
_PORTS = {"http": 80, "https": 443}


def is_heartbeat(frame: str) -> bool:
    """Whether the workflow's server only asks if anybody is there."""
    return frame.strip() in _BEATS or _read(frame).get("type") == "heartbeat"


def for_page(frame: str, target: RelayTarget, press: Callable[[str], str]) -> str:
    """A frame as the page gets it: links through `press`, foreign ones left out."""
    said = _read(frame)
    buttons = said.get("buttons")
    if said.get("type") != "with-buttons" or not isinstance(buttons, list):
        return frame
    own = [
        {**button, "link": press(button["link"])}
        for button in buttons
        if isinstance(button, dict) and is_own(button.get("link"), target.url)
    ]
    return json.dumps({**said, "buttons": own}, ensure_ascii=False)


def for_workflow(frame: str, session: str, target: RelayTarget) -> str | None:
    """A page's frame as the workflow gets it; None for a mere sign of life.

    Raises BadMessage or MessageTooLarge.
    """
    if frame.startswith("n8n|"):
        return None
    if len(frame) > _MOST_TEXT + target.max_files * _encoded(target.max_file):
        raise MessageTooLarge("The message is too large.", "Send less at once.")
    said = parse_object(frame)
    text, files = said.get("chatInput"), said.get("files", [])
    if said.get("action") != "sendMessage" or not isinstance(text, str):
        raise BadMessage("The frame is no message.", "Send chatInput as a text.")
    if said.get("sessionId") != session:
        raise BadMessage("The session is another one.", "Open it by a message.")
    if len(text) > _MOST_TEXT:
        raise too_large(_MOST_TEXT)
    sent = {"sessionId": session, "action": "sendMessage", "chatInput": text}
    kept = _files(files, target)
    return json.dumps({**sent, **({"files": kept} if kept else {})}, ensure_ascii=False)


def failed(message: str) -> str:
    """An error as the page knows it from the workflow's server."""
    return json.dumps({"type": "error", "content": message}, ensure_ascii=False)


def is_own(link: Any, webhook: str) -> bool:
    """Whether a link stays with the webhook's own server."""
    if not isinstance(link, str) or not link.isascii() or len(link) > 4000:
        return False
    if not link.isprintable() or any(sign in link for sign in " \\"):
        return False
    try:
        return _origin(link) == _origin(webhook)
    except ValueError:
        return False


def _origin(address: str) -> tuple[str, str, int]:
    parts = urlsplit(address)
    if parts.scheme not in _PORTS or parts.username is not None or not parts.hostname:
        raise ValueError(address)
    return parts.scheme, parts.hostname, parts.port or _PORTS[parts.scheme]


def _files(files: Any, target: RelayTarget) -> list[dict[str, str]]:
    if not isinstance(files, list) or len(files) > target.max_files:
        raise BadMessage("There are more files than this chat takes.", "Send fewer.")
    return [_file(one, target) for one in files]


def _file(one: Any, target: RelayTarget) -> dict[str, str]:
    fields = one if isinstance(one, dict) else {}
    kept = {name: fields.get(name) for name in _FILE}
    if not all(isinstance(value, str) for value in kept.values()):
        raise BadMessage("A file lacks its name, type or data.", "Send all three.")
    if not str(kept["data"]).startswith("data:"):
        raise BadMessage("A file is no data: address.", "Read it as one.")
    if len(str(kept["data"])) > _encoded(target.max_file):
        raise too_large(target.max_file)
    return {name: str(value) for name, value in kept.items()}


def _encoded(size: int) -> int:
    """Most characters of a data: address of that many bytes."""
    return size * 4 // 3 + 300


def _read(frame: str) -> dict[str, Any]:
    if not frame.lstrip().startswith("{"):
        return {}
    try:
        value = json.loads(frame)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
