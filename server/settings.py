"""The server's settings: from the environment, each with a line for `serve --help`."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from exporter.contract.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from server.store.database import Database
    from server.store.keys import Keys

DEFAULT_BIND = "127.0.0.1:8080"
_PORTS = {"http": 80, "https": 443}

VARIABLES = {
    "VITRINE_BIND": f"address and port to listen at; {DEFAULT_BIND}",
    "VITRINE_DATABASE": "a SQLite file, or postgresql+psycopg://USER@HOST/NAME; "
    "server.db in your data folder",
    "VITRINE_PUBLIC_URL": "the address the world sees, as in https://chat.example.com; "
    "else http:// and the bind address",
    "VITRINE_SECRETS_KEYS": "keys that seal secrets, base64 of 32 bytes each, commas "
    "between: the first seals, all open",
    "VITRINE_SECRETS_KEYS_FILE": "or a file with one a line; beside a SQLite database "
    "DATABASE.keys is made",
    "VITRINE_PRIVATE_UPSTREAMS": "1 lets n8n's webhooks be on private networks",
    "REDIS_URL": "redis://HOST:6379/0, where several processes share limits; else each "
    "has its own",
    "VITRINE_PROXIES": "networks of your own proxies, as in 10.0.0.0/8: their "
    "X-Forwarded-For is believed",
    "VITRINE_LIMITS": "limits to change, as in message.session=30/minute,"
    "message.address=600/minute",
    "VITRINE_METRICS_TOKEN": "Bearer token of /metrics; without one only this machine "
    "may read it",
    "VITRINE_OPENAI_BASE": "another address for OpenAI's API, for tests",
}
"""Every variable and what it is for."""


@dataclass(frozen=True)
class Settings:
    """What an operator decides; `bind` is host and port, `public_url` "" for those."""

    bind: tuple[str, int]
    database: str
    public_url: str
    private_upstreams: bool = False
    secrets_keys: str = field(default="", repr=False)
    secrets_keys_file: str = ""
    redis_url: str = field(default="", repr=False)
    proxies: str = ""
    limits: str = ""
    metrics_token: str = field(default="", repr=False)

    def keys(self, database: Database) -> Keys:
        """Where the keys of the secrets come from; raises InputError."""
        from server.store.keys import FileKeys, FixedKeys, parse_keys

        if self.secrets_keys:
            return FixedKeys(parse_keys(self.secrets_keys))
        if self.secrets_keys_file:
            return FileKeys(Path(self.secrets_keys_file))
        if database.path:
            return FileKeys(Path(f"{database.path}.keys"))
        return FixedKeys(())


def read_settings(
    environ: Mapping[str, str] = os.environ, *, bind: str = "", database: str = ""
) -> Settings:
    """The environment's settings, the command line's first; raises InputError."""
    address = parse_bind(bind or environ.get("VITRINE_BIND") or DEFAULT_BIND)
    return Settings(
        bind=address,
        database=database or environ.get("VITRINE_DATABASE") or _default_database(),
        public_url=public_url_of(environ.get("VITRINE_PUBLIC_URL", "")),
        private_upstreams=_switch(environ, "VITRINE_PRIVATE_UPSTREAMS"),
        secrets_keys=environ.get("VITRINE_SECRETS_KEYS", ""),
        secrets_keys_file=environ.get("VITRINE_SECRETS_KEYS_FILE", ""),
        redis_url=environ.get("REDIS_URL", ""),
        proxies=environ.get("VITRINE_PROXIES", ""),
        limits=environ.get("VITRINE_LIMITS", ""),
        metrics_token=environ.get("VITRINE_METRICS_TOKEN", ""),
    )


def parse_bind(text: str) -> tuple[str, int]:
    """HOST:PORT, [V6]:PORT or :PORT; port 0 is any free one."""
    host, colon, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not colon or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise InputError(
            f"{text[:100]!r} is no address to listen at.", f"As in {DEFAULT_BIND}."
        )
    return host or "0.0.0.0", int(port)


def url_of(address: tuple[str, int]) -> str:
    """The http:// address of a host and port."""
    host, port = address
    if host in ("0.0.0.0", "::"):
        host = "localhost"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def public_url_of(text: str) -> str:
    """As browsers write it: they send it as the Origin of our own pages."""
    from exporter.contract.domains import parse_origin  # brings pydantic

    if not text:
        return ""
    url = text.rstrip("/")
    try:
        parts = urlsplit(url)
        plain = not (parts.path or parts.query or parts.fragment or "@" in url)
        origin = f"{parts.scheme}://{_host(parts.hostname or '')}"
        port = "" if parts.port in (None, _PORTS[parts.scheme]) else f":{parts.port}"
    except (ValueError, KeyError):
        plain = False
    if not plain or parse_origin(origin + port) is None:
        raise InputError(
            "VITRINE_PUBLIC_URL is no plain address.",
            "As in https://chat.example.com, without a path.",
        )
    return origin + port


def _host(host: str) -> str:
    if ":" in host:
        return f"[{ipaddress.IPv6Address(host).compressed}]"
    host = host.removesuffix(".")
    if host.isascii():
        return host
    import idna  # only international names need it

    return idna.encode(host, uts46=True, transitional=False).decode()


def _switch(environ: Mapping[str, str], name: str) -> bool:
    text = environ.get(name, "").lower()
    if text not in ("", "0", "1", "true", "false", "yes", "no"):
        raise InputError(f"{name} is neither 1 nor 0.")
    return text in ("1", "true", "yes")


def _default_database() -> str:
    from platformdirs import user_data_path

    from server.store.errors import FileRefused

    folder = user_data_path("vitrine", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileRefused(str(folder), error) from error
    return str(folder / "server.db")
