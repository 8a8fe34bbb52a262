"""What answers for a widget whose conversations our own server keeps."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Brain:
    """The backend behind `POST /api/chatkit/KEY`, and the owner's rules for it.

    `kind` names the adapter (server.chatkit.backends), `url` where it is asked;
    `secret` is the owner's key or credentials, "" for none. `wire` is which of a
    backend's interfaces to speak, `model`, `instructions` and `transcriber` are for
    backends that take them; `models` are those a visitor may choose between.
    `timeout` is in seconds between two signs of life, `keep_days` how long a
    conversation stays after its last message, `sealed` whether it is encrypted where
    it is kept. `max_file` is in bytes.
    """

    kind: str
    url: str
    secret: str = field(default="", repr=False)
    wire: str = "auto"
    model: str = ""
    instructions: str = ""
    transcriber: str = ""
    models: tuple[str, ...] = ()
    timeout: int = 60
    keep_days: int = 90
    sealed: bool = False
    max_file: int = 0
    max_files: int = 0
