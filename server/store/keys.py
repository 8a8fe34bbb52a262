"""The keys that secrets are sealed with: from the environment, or from a file.

Each is 32 bytes as base64; the first one seals, all of them open. A key's id is the
beginning of its SHA-256. A file is read again when it changes, so that a rotation
reaches every process that has it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import secrets
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from exporter.contract.errors import InputError
from exporter.saving import save
from server.store.errors import KeysMissing

if TYPE_CHECKING:
    from pathlib import Path

_SIZE = 32


class Keys(Protocol):
    """Keys by their id."""

    def current(self) -> tuple[str, bytes]:
        """The key that seals; raises KeysMissing."""

    def find(self, key_id: str) -> bytes:
        """The key of that id; raises KeysMissing."""


class FixedKeys:
    """Keys that stay what they are as long as the process lives."""

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        self._current = (id_of(keys[0]), keys[0]) if keys else None
        self._keys = {id_of(key): key for key in keys}

    def current(self) -> tuple[str, bytes]:
        """The first of them."""
        if self._current is None:
            raise KeysMissing("This server has no key to keep secrets with.")
        return self._current

    def find(self, key_id: str) -> bytes:
        """One of them."""
        if key_id not in self._keys:
            raise KeysMissing(f"This server lacks the key {key_id} of its secrets.")
        return self._keys[key_id]


class FileKeys:
    """Keys in a file that nobody else may read; made when first needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._state: tuple[int, int, int] | None = None
        self._keys = FixedKeys(())

    def current(self) -> tuple[str, bytes]:
        """The file's first key."""
        return self._read(make=True).current()

    def find(self, key_id: str) -> bytes:
        """One of the file's keys."""
        return self._read().find(key_id)

    def rotate(self) -> str:
        """Put a fresh key first; answers its id. The others still open."""
        with self._lock:
            key = secrets.token_bytes(_SIZE)
            self._write((key, *self._all()))
            return id_of(key)

    def retire(self, kept: set[str]) -> int:
        """Drop every key but the first and those in `kept`; how many went."""
        with self._lock:
            keys = self._all()
            stay = tuple(
                key for n, key in enumerate(keys) if not n or id_of(key) in kept
            )
            if len(stay) < len(keys):
                self._write(stay)
            return len(keys) - len(stay)

    def ids(self) -> tuple[str, ...]:
        """The ids of all keys, the sealing one first."""
        with self._lock:
            return tuple(map(id_of, self._all()))

    def _read(self, *, make: bool = False) -> FixedKeys:
        with self._lock:
            try:
                found = os.stat(self.path)
            except FileNotFoundError:
                if not make:
                    return self._keys
                _make(self.path)
                found = os.stat(self.path)
            except OSError as error:
                raise KeysMissing("The file of keys cannot be read.") from error
            state = (found.st_mtime_ns, found.st_size, found.st_ino)
            if state != self._state:
                self._keys, self._state = FixedKeys(self._all()), state
            return self._keys

    def _all(self) -> tuple[bytes, ...]:
        try:
            lines = self.path.read_text("ascii").splitlines()
        except FileNotFoundError:
            return ()
        except (OSError, UnicodeError) as error:
            raise KeysMissing("The file of keys cannot be read.") from error
        try:
            return parse_keys(",".join(line for line in lines if line[:1] != "#"))
        except InputError as error:
            raise KeysMissing("The file of keys holds something else.") from error

    def _write(self, keys: tuple[bytes, ...]) -> None:
        if not self.path.exists():
            _make(self.path)
        save(self.path, _text(keys))


def id_of(key: bytes) -> str:
    """A key's name, which tells nothing about it."""
    return hashlib.sha256(b"vitrine key " + key).hexdigest()[:8]


def parse_keys(text: str) -> tuple[bytes, ...]:
    """Keys as `base64[,base64…]`; raises InputError that repeats none of them."""
    keys = tuple(_parse(item) for item in text.split(",") if item.strip())
    if any(len(key) != _SIZE for key in keys):
        raise InputError(
            "VITRINE_SECRETS_KEYS holds no key of 32 bytes in base64.",
            "Make one with: openssl rand -base64 32",
        )
    return keys


def _parse(item: str) -> bytes:
    try:
        return base64.b64decode(item.strip(), validate=True)
    except (ValueError, binascii.Error):
        return b""


def _text(keys: tuple[bytes, ...]) -> bytes:
    lines = ["# Opens the secrets in Vitrine's database: keep a copy apart from it."]
    lines += [base64.b64encode(key).decode() for key in keys]
    return ("\n".join(lines) + "\n").encode()


def _make(path: Path) -> None:
    """Make the file, unless another process is first; never readable by others."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(_text((secrets.token_bytes(_SIZE),)))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)  # fails where a file is already
        except FileExistsError:
            pass
    except OSError as error:
        raise KeysMissing("The file of keys cannot be made.") from error
    finally:
        # Where nothing can be written there is nothing to clear, and it says so itself.
        with suppress(OSError):
            fresh.unlink()
