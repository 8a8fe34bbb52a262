"""The providers that are there: every folder beside this file that has a provider.

A folder is found by its name, so a third provider changes no line here.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from exporter import providers as _folder
from exporter.contract.errors import UnknownProvider

if TYPE_CHECKING:
    from exporter.contract.provider import Provider


@cache
def provider_names() -> tuple[str, ...]:
    """Names of all providers, in alphabetical order."""
    return tuple(
        sorted(
            module.name
            for module in pkgutil.iter_modules(_folder.__path__)
            if module.ispkg
        )
    )


@cache
def _load(name: str) -> Provider:
    module = import_module(f"{_folder.__name__}.{name}.provider")
    value: Provider = module.PROVIDER
    return value


def provider(name: Any) -> Provider:
    """The provider of that name; raises UnknownProvider."""
    if not isinstance(name, str) or name not in provider_names():
        known = ", ".join(provider_names())
        raise UnknownProvider(
            f"No provider is called {str(name)[:40]!r}.", f"There are: {known}."
        )
    return _load(name)


def refresh() -> None:
    """Look again, after a folder came or went."""
    provider_names.cache_clear()
    _load.cache_clear()


def providers() -> tuple[Provider, ...]:
    """All providers."""
    return tuple(map(_load, provider_names()))
