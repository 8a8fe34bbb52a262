"""The vault: secrets of widgets in the operating system's keychain, or in memory.

A secret is named by its widget's key and its name (`SecretSpec.name`). Nothing here
logs, and no secret is written to a file of ours. `keyring` costs 128 ms to import and
a keychain may ask the person to unlock it, so everything but `persistent`, `note`
and a known `hint` belongs into a task.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol, TypeVar

from desktop.errors import KeychainError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from desktop.blackout import Blackout

T = TypeVar("T")

SERVICE = "Vitrine"
_NOT_SAFE = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
_SHOWN = 4  # characters of a secret that its hint shows
_LONG_ENOUGH = 12  # a shorter secret shows none of itself


class Backend(Protocol):
    """What we need of a keychain; `keyring`'s backends have it."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


def system_backend() -> Backend | None:
    """The system's keychain; None where there is none, or none that is safe."""
    import keyring
    from keyring.errors import KeyringError

    try:
        backend = keyring.get_keyring()
    except (KeyringError, RuntimeError, OSError):
        return None
    inner = getattr(backend, "backends", (backend,))  # a chainer has several
    safe = [one for one in inner if not type(one).__module__.startswith(_NOT_SAFE)]
    return safe[0] if safe else None


class Vault:
    """Keeps secrets; may be used from any thread.

    `note` says in one sentence where secrets are kept, for the place where they are
    typed. A keychain that refuses loses nothing: the secret stays for this run.
    """

    def __init__(
        self,
        blackout: Blackout,
        find_backend: Callable[[], Backend | None] = system_backend,
    ) -> None:
        self._blackout = blackout
        self._find = find_backend
        self._backend: Backend | None = None
        self._opened = False
        self._refused = ""
        self._memory: dict[tuple[str, str], str] = {}
        self._hints: dict[tuple[str, str], str] = {}
        self._lock = threading.RLock()

    def open(self) -> None:
        """Find the keychain, once; the other methods do it by themselves."""
        with self._lock:
            if not self._opened:
                self._backend = self._find()
                self._opened = True

    @property
    def persistent(self) -> bool:
        """Whether secrets outlive this run, as far as is known by now."""
        return not self._refused and (self._backend is not None or not self._opened)

    @property
    def note(self) -> str:
        """Where secrets are kept, in one sentence."""
        if self._refused:
            return f"{self._refused} Keys are kept in memory until Vitrine closes."
        if self._opened and self._backend is None:
            return (
                "This computer has no keychain: keys are kept in memory until "
                "Vitrine closes."
            )
        return "Kept in this computer's keychain, never in a file."

    def has(self, widget_key: str, name: str) -> bool:
        """Whether there is such a secret."""
        return self.read(widget_key, name) is not None

    def hint(self, widget_key: str, name: str) -> str | None:
        """ "•••• 1a2b", or None where there is none; asks the keychain only once."""
        known = self._hints.get((widget_key, name))
        if known is None and self.read(widget_key, name) is not None:
            known = self._hints[widget_key, name]
        return known

    def read(self, widget_key: str, name: str) -> str | None:
        """The secret, or None; raises KeychainError where the keychain fails."""
        with self._lock:
            secret = self._memory.get((widget_key, name))
            if secret is None:
                secret = self._read_kept(widget_key, name)
            if secret is not None:
                self._learn(widget_key, name, secret)
            return secret

    def write(self, widget_key: str, name: str, secret: str) -> None:
        """Keep a secret; where the keychain refuses, until the app closes."""
        with self._lock:
            self._learn(widget_key, name, secret)
            if self._write_kept(widget_key, name, secret):
                self._memory.pop((widget_key, name), None)
            else:
                self._memory[widget_key, name] = secret

    def forget(self, widget_key: str, name: str) -> None:
        """Delete a secret; raises KeychainError where it stays in the keychain."""
        with self._lock:
            self._memory.pop((widget_key, name), None)
            self._hints.pop((widget_key, name), None)
            backend, user = self._found(), _user(widget_key, name)
            if backend and self._read_kept(widget_key, name) is not None:
                _asked(lambda: backend.delete_password(SERVICE, user))

    def forget_all(self, widget_key: str, names: Iterable[str]) -> None:
        """Delete all secrets of a widget that is gone for good."""
        for name in names:
            self.forget(widget_key, name)

    def _found(self) -> Backend | None:
        self.open()
        return self._backend

    def _read_kept(self, widget_key: str, name: str) -> str | None:
        backend, user = self._found(), _user(widget_key, name)
        if backend is None:
            return None
        return _asked(lambda: backend.get_password(SERVICE, user))

    def _write_kept(self, widget_key: str, name: str, secret: str) -> bool:
        backend, user = self._found(), _user(widget_key, name)
        if backend is None:
            return False
        try:
            _asked(lambda: backend.set_password(SERVICE, user, secret))
        except KeychainError as error:
            self._refused = error.message
            return False
        self._refused = ""
        return True

    def _learn(self, widget_key: str, name: str, secret: str) -> None:
        self._blackout.add(secret)
        tail = secret[-_SHOWN:] if len(secret) >= _LONG_ENOUGH else ""
        self._hints[widget_key, name] = f"•••• {tail}".rstrip()


def _user(widget_key: str, name: str) -> str:
    return f"{widget_key}/{name}"


def _asked(ask: Callable[[], T]) -> T:
    """Do `ask`; whatever a keychain's backend raises becomes a KeychainError.

    Backends raise errors of D-Bus, of ctypes and of Windows beside their own, and
    their messages may quote what was asked for: only the kind is told.
    """
    try:
        return ask()
    except Exception as error:
        raise KeychainError(
            f"The keychain refused ({type(error).__name__}).",
            "Unlock it and try again.",
        ) from None
