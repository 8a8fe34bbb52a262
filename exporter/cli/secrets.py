"""A widget's secrets for one command: from the environment, else the keychain."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from exporter.providers.registry import provider

if TYPE_CHECKING:
    from exporter.contract.widget import Widget

_SERVICE = "Vitrine"
"""As the app's own keychain names its entries."""


def found_secrets(widget: Widget) -> dict[str, str]:
    """By their names, those there are: $OPENAI_API_KEY, then the keychain's."""
    names = [spec.name for spec in provider(widget.provider).secrets]
    found = {name: _environment(name) or _kept(widget.key, name) for name in names}
    return {name: value for name, value in found.items() if value}


def _environment(name: str) -> str:
    return os.environ.get(name.upper(), "").strip()


def _kept(key: str, name: str) -> str:
    # A keychain that is locked or missing is no reason not to check the rest.
    with suppress(Exception):
        import keyring

        return keyring.get_password(_SERVICE, f"{key}/{name}") or ""
    return ""
