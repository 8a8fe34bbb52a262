"""Which sites may carry a widget: one compiled rule for header, check and designer.

A rule is an exact host, `*.example.com` (every subdomain, not the apex) or either
with a port. Hosts are ASCII A-labels by UTS 46, lower case, without a trailing dot.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

_PORTS = {"http": 80, "https": 443}
_LOCAL = ("localhost", "127.0.0.1", "[::1]")
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True)
class DomainRule:
    """One allowed site; `port` is None where the scheme's own is meant."""

    host: str
    subdomains: bool
    port: int | None

    @property
    def is_local(self) -> bool:
        return self.host in _LOCAL or self.host.endswith(".localhost")

    def allows(self, scheme: str, host: str, port: int) -> bool:
        """Whether an origin of these parts keeps the rule; https except locally."""
        if scheme not in _PORTS or (scheme == "http" and not self.is_local):
            return False
        if port != (_PORTS[scheme] if self.port is None else self.port):
            return False
        if self.subdomains:
            return host.endswith("." + self.host)
        return host == self.host

    def __str__(self) -> str:
        port = "" if self.port is None else f":{self.port}"
        return f"{'*.' if self.subdomains else ''}{self.host}{port}"


@dataclass(frozen=True)
class DomainRules:
    """All of a widget's rules; an empty list allows nothing, not everything."""

    rules: tuple[DomainRule, ...]
    any_site: bool = False

    def allows(self, origin: str) -> bool:
        """Whether a page of this `Origin` header's value may use the widget."""
        parts = parse_origin(origin)
        if parts is None:
            return False
        if self.any_site:
            return parts[0] == "https" or parts[1] in _LOCAL
        return any(rule.allows(*parts) for rule in self.rules)

    def frame_ancestors(self) -> str:
        """The value of CSP's frame-ancestors for these rules."""
        if self.any_site:
            return "https: http://localhost:* http://127.0.0.1:*"
        sources = [
            f"{scheme}://{rule}"
            for rule in self.rules
            for scheme in (("https", "http") if rule.is_local else ("https",))
        ]
        return " ".join(sources) or "'none'"


def compile_rules(domains: tuple[str, ...], *, any_site: bool = False) -> DomainRules:
    """Compile a widget's `domains`, which the contract has already checked."""
    return DomainRules(tuple(map(parse_rule, domains)), any_site)


def parse_origin(origin: str) -> tuple[str, str, int] | None:
    """Split an Origin into scheme, host and port; None where it is none.

    Strict by intent: browsers write origins in exactly one way (RFC 6454 §6.2).
    """
    try:
        parts = urlsplit(origin)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not host:
        return None
    written = f"[{host}]" if ":" in host else host
    if not _HOST.fullmatch(written) or port == _PORTS[parts.scheme]:
        return None
    suffix = "" if port is None else f":{port}"
    if origin != f"{parts.scheme}://{written}{suffix}" or not origin.isascii():
        return None
    return parts.scheme, written, _PORTS[parts.scheme] if port is None else port


def parse_rule(text: str) -> DomainRule:
    """Read one rule; raises ValueError with a sentence that says what is wrong."""
    value = text.strip()
    if not value:
        raise ValueError("is empty")
    if "://" in value or re.search(r"[/?#@;,\\\s]", value):
        raise ValueError("is no host name; leave out scheme, path and signs")
    subdomains = value.startswith("*.")
    host, port = _split_port(value.removeprefix("*."))
    if "*" in host:
        raise ValueError("has a * that is not a whole first label, as in *.example.com")
    host = _ascii_host(host)
    if subdomains and _is_public_suffix(host):
        raise ValueError(f"covers everybody's sites under {host}")
    return DomainRule(host, subdomains, port)


def registrable(host: str) -> str:
    """What one registers of an ASCII host: `shop.example` of `www.shop.example`."""
    return str(_suffixes().privatesuffix(host) or host)


def _split_port(value: str) -> tuple[str, int | None]:
    match = re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|[^:]*)(?::(\d{1,5}))?", value)
    if match is None:
        raise ValueError("is no host name")
    port = int(match[2]) if match[2] else None
    if port is not None and not 1 <= port <= 65535:
        raise ValueError("has a port that does not exist")
    return match[1], port


def _ascii_host(host: str) -> str:
    if host.startswith("["):
        return _ipv6(host[1:-1])
    host = host.removesuffix(".").lower()
    if not host.isascii():
        host = _idna(host)
    labels = host.split(".")
    if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise ValueError("is no host name")
    if labels[-1].isdigit():
        return _ipv4(host)
    if len(labels) == 1 and host != "localhost":
        raise ValueError("is no full host name, as in shop.example")
    return host


def _idna(host: str) -> str:
    import idna  # only international names need it

    try:
        return idna.encode(host, uts46=True, transitional=False).decode()
    except idna.IDNAError as error:
        raise ValueError("is no host name that browsers accept") from error


def _ipv6(host: str) -> str:
    try:
        return f"[{ipaddress.IPv6Address(host).compressed}]"
    except ValueError as error:
        raise ValueError("is no IPv6 address") from error


def _ipv4(host: str) -> str:
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError as error:
        raise ValueError("is no IPv4 address") from error


def _is_public_suffix(host: str) -> bool:
    return bool(_suffixes().is_public(host))


@cache
def _suffixes() -> Any:
    from publicsuffixlist import PublicSuffixList  # large; only wildcards need it

    return PublicSuffixList()


def _checked(value: str) -> str:
    try:
        return str(parse_rule(value))
    except ValueError as error:
        raise PydanticCustomError(
            "domain", "{reason}", {"reason": str(error)}
        ) from error


Domain = Annotated[str, StringConstraints(max_length=300), AfterValidator(_checked)]
"""One domain rule, kept in its normal form."""
