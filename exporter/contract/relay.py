"""How a server hands a visitor's words to the backend that the owner named."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class RelayTarget:
    """Where a widget's messages go, and what may travel there.

    `fields` lists the names a page may send; `added` is joined to the object under
    `metadata_field` and wins over what the page sent there. `headers` may hold
    credentials, so they are not shown. `timeout` is in seconds between two signs of
    life; `max_file` in bytes; `session_field` is the field that tells conversations
    apart. `talk_url` is where a workflow that waits for the visitor takes a WebSocket;
    "" where none does.
    """

    url: str
    method: Literal["POST", "GET"]
    fields: tuple[str, ...]
    metadata_field: str
    added: dict[str, Any]
    timeout: int
    max_file: int
    max_files: int
    session_field: str = ""
    talk_url: str = ""
    headers: dict[str, str] = field(default_factory=dict, repr=False)
