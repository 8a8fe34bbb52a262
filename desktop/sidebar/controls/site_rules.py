"""Allowed sites in words, and out of whatever was pasted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from exporter.contract.domains import DomainRule, parse_rule

if TYPE_CHECKING:
    from collections.abc import Collection

_DEFAULT = {"http": 80, "https": 443}


@dataclass(frozen=True)
class PastedSites:
    """What a paste held: rules in normal form, how many were addresses, the rest."""

    rules: tuple[str, ...]
    addresses: int
    refused: tuple[str, ...]


def covers(rule: DomainRule) -> str:
    """Which pages a rule covers, in one sentence."""
    if rule.is_local:
        place = "this computer" if rule.port is None else f"port {rule.port} here"
        return f"Pages on {place}, for trying it out."
    port = "" if rule.port is None else f" on port {rule.port}"
    if rule.subdomains:
        return f"Every subdomain of {rule.host}{port}, not {rule.host} itself."
    return f"{rule.host}{port} alone, over https."


def companion(rule: DomainRule, listed: Collection[str]) -> str | None:
    """The rule that people forget beside this one; None where it is listed or none."""
    if rule.is_local or rule.port is not None or rule.host[-1] in "0123456789]":
        return None
    host = rule.host
    if rule.subdomains:
        found = host
    elif host.startswith("www."):
        found = host.removeprefix("www.")
    elif host.count(".") == 1:
        found = f"www.{host}"
    else:
        return None
    covered = found in listed or (not rule.subdomains and f"*.{host}" in listed)
    return None if covered or not _is_rule(found) else found


def host_of(text: str) -> str:
    """The site part of a web address, or the text as it is.

    "https://shop.example:443/cart?x=1" → "shop.example".
    """
    value = text.strip()
    if "://" not in value:
        return value if value.startswith("//") else re.split(r"[/?#]", value)[0]
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return value
    host = f"[{host}]" if ":" in host else host
    own = port is not None and port != _DEFAULT.get(parts.scheme)
    return f"{host}:{port}" if own else host


def read_sites(text: str, most: int) -> PastedSites:
    """Every site in a pasted text, each once; `most` bounds what is looked at."""
    rules: dict[str, None] = {}
    refused: list[str] = []
    addresses = 0
    for word in re.split(r"[\s,;]+", text)[: most * 10]:
        value = word.strip("\"'<>(){},;").removesuffix(".")
        if not value:
            continue
        host = host_of(value)
        try:
            rules.setdefault(str(parse_rule(host)))
            addresses += host != value
        except ValueError:
            refused.append(value[:60])
    return PastedSites(tuple(rules), addresses, tuple(refused))


def _is_rule(text: str) -> bool:
    try:
        parse_rule(text)
    except ValueError:
        return False
    return True
