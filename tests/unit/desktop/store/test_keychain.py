"""Secrets live in the keychain, or in memory and the person is told."""

import subprocess
import sys

import pytest
from keyring.backends import fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError

from desktop.blackout import Blackout
from desktop.errors import KeychainError
from desktop.store import keychain
from desktop.store.keychain import SERVICE, Vault, system_backend

KEY = "0123456789abcdef"
SECRET = "sk-proj-0123456789abcdef1a2b"


class Keychain:
    """A small keychain that behaves as keyring's backends do."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self._ask()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._ask(password)
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._ask()
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not there")
        del self.kept[service, username]

    def _ask(self, what: str = "") -> None:
        self.asked += 1
        if self.locked:
            raise KeyringLocked(f"locked, cannot take {what}")


def test_a_secret_lives_in_the_keychain_and_outlives_the_run() -> None:
    chain = Keychain()
    vault = Vault(Blackout(), lambda: chain)
    assert not vault.has(KEY, "openai_api_key")
    assert vault.hint(KEY, "openai_api_key") is None

    vault.write(KEY, "openai_api_key", SECRET)

    assert chain.kept == {(SERVICE, f"{KEY}/openai_api_key"): SECRET}
    again = Vault(Blackout(), lambda: chain)
    assert again.persistent
    assert again.read(KEY, "openai_api_key") == SECRET
    assert again.read(KEY[::-1], "openai_api_key") is None
    assert "keychain" in again.note


def test_a_hint_shows_the_end_and_asks_once() -> None:
    chain = Keychain()
    Vault(Blackout(), lambda: chain).write(KEY, "a", SECRET)
    vault = Vault(Blackout(), lambda: chain)
    chain.asked = 0

    assert vault.hint(KEY, "a") == "•••• 1a2b"
    assert vault.hint(KEY, "a") == "•••• 1a2b"
    assert chain.asked == 1


def test_a_short_secret_hints_nothing() -> None:
    vault = Vault(Blackout(), Keychain)
    vault.write(KEY, "a", "user:pw")
    assert vault.hint(KEY, "a") == "••••"


def test_forgetting_takes_it_out_everywhere() -> None:
    chain = Keychain()
    vault = Vault(Blackout(), lambda: chain)
    vault.write(KEY, "a", SECRET)
    vault.forget(KEY, "a")
    vault.forget(KEY, "a")

    assert chain.kept == {}
    assert vault.read(KEY, "a") is None
    assert vault.hint(KEY, "a") is None


def test_all_secrets_of_a_widget_go_and_no_others() -> None:
    chain = Keychain()
    vault = Vault(Blackout(), lambda: chain)
    for key, name in ((KEY, "a"), (KEY, "b"), (KEY[::-1], "a")):
        vault.write(key, name, SECRET)
    vault.forget_all(KEY, ("a", "b", "never there"))
    assert list(chain.kept) == [(SERVICE, f"{KEY[::-1]}/a")]


def test_without_a_keychain_memory_keeps_it_and_says_so() -> None:
    vault = Vault(Blackout(), lambda: None)
    vault.write(KEY, "a", SECRET)

    assert not vault.persistent
    assert "no keychain" in vault.note
    assert vault.read(KEY, "a") == SECRET
    vault.forget(KEY, "a")
    assert not vault.has(KEY, "a")


def test_a_locked_keychain_loses_nothing_and_recovers() -> None:
    chain = Keychain()
    vault = Vault(Blackout(), lambda: chain)
    vault.write(KEY, "a", "the old secret value")
    chain.locked = True
    vault.write(KEY, "a", SECRET)

    assert vault.read(KEY, "a") == SECRET
    assert not vault.persistent
    assert "refused" in vault.note
    assert SECRET not in vault.note

    chain.locked = False
    vault.write(KEY, "a", SECRET)
    assert vault.persistent
    assert chain.kept[SERVICE, f"{KEY}/a"] == SECRET


def test_a_failed_read_or_delete_is_told_without_the_secret() -> None:
    chain = Keychain()
    vault = Vault(Blackout(), lambda: chain)
    vault.write(KEY, "a", SECRET)
    chain.locked = True
    with pytest.raises(KeychainError, match="Unlock"):
        Vault(Blackout(), lambda: chain).read(KEY, "a")
    with pytest.raises(KeychainError) as caught:
        vault.forget(KEY, "a")
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None


def test_every_secret_seen_is_blacked_out_from_then_on() -> None:
    chain = Keychain()
    Vault(Blackout(), lambda: chain).write(KEY, "a", "horse:battery-staple")
    blackout = Blackout()
    assert "battery-staple" in blackout.clean("it is battery-staple")
    Vault(blackout, lambda: chain).read(KEY, "a")
    assert "battery-staple" not in blackout.clean("it is battery-staple")


class Plaintext(Keychain):
    """Stands where keyrings.alt's backends stand: in a file anyone reads."""

    __module__ = "keyrings.alt.file"


@pytest.mark.parametrize("unsafe", [fail.Keyring, null.Keyring, Plaintext])
def test_an_unsafe_keychain_is_none(
    monkeypatch: pytest.MonkeyPatch, unsafe: type
) -> None:
    monkeypatch.setattr("keyring.get_keyring", unsafe)
    assert system_backend() is None


def test_a_chain_gives_its_first_safe_one(monkeypatch: pytest.MonkeyPatch) -> None:
    class Chain:
        backends = (Plaintext(), Keychain())

    monkeypatch.setattr("keyring.get_keyring", Chain)
    assert system_backend() is Chain.backends[1]


def test_keyring_is_imported_only_when_needed() -> None:
    code = (
        "import sys; from desktop.blackout import Blackout\n"
        f"from {keychain.__name__} import Vault; Vault(Blackout()).note\n"
        "sys.exit('keyring' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
