"""Where a request comes from: the client's address, behind proxies that are known.

`X-Forwarded-For` is believed from configured proxies only, from the right: the first
address that is no proxy of ours is the client's, whatever it wrote before it.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from exporter.contract.errors import InputError

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_MOST_HOPS = 20


@dataclass(frozen=True)
class Proxies:
    """The networks of the operator's own proxies; none means: believe nobody."""

    networks: tuple[_Network, ...] = ()

    def trusts(self, address: str) -> bool:
        """Whether this peer is one of them."""
        parsed = _parsed(address)
        return parsed is not None and self._contains(parsed)

    def client(self, peer: str, forwarded: str) -> str:
        """The client's address, "" where there is none (a Unix socket)."""
        found = _parsed(peer)
        if found is None or not self._contains(found):
            return str(found or "")
        for hop in reversed(forwarded.split(",")[-_MOST_HOPS:]):
            parsed = _parsed(hop.strip())
            if parsed is None:
                break
            found = parsed
            if not self._contains(parsed):
                break
        return str(found)

    def _contains(self, address: _Address) -> bool:
        return any(address in network for network in self.networks)


def parse_proxies(text: str) -> Proxies:
    """Networks as `10.0.0.0/8, ::1`; raises InputError."""
    try:
        found = [
            ipaddress.ip_network(item.strip())
            for item in text.split(",")
            if item.strip()
        ]
    except ValueError as error:
        raise InputError(
            f"VITRINE_PROXIES: {error}.", "Name networks, as in 10.0.0.0/8,::1."
        ) from None
    return Proxies(tuple(found))


def neighbourhood(address: str) -> str:
    """What counts as one address to limits: an IPv4 address, or an IPv6 /64."""
    parsed = _parsed(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed or "")


def _parsed(text: str) -> _Address | None:
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address
