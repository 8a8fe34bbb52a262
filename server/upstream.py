"""Connections to addresses that a user chose: only to where they may go.

The name is resolved once for a connection, every address is checked, and the
connection goes to an address that was checked, so that a name which changes its
answer between check and use gains nothing. Redirects are never followed.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from functools import partial
from typing import TYPE_CHECKING

import httpx

from server.errors import AddressRefused
from server.wire.client import Direct
from server.wire.transport import Wire

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    Resolve = Callable[[str, int], Awaitable[list[str]]]

CONNECT_SECONDS = 5.0
MOST_AT_ONE_PLACE = 750
"""Requests under way to one server: the rest is for the others'."""

_GIVEN = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(text: str) -> bool:
    """Whether an IP address is one of the public internet's, however it is written."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(map(_is_public, _meanings(address)))


def client(*, private: bool, resolve: Resolve | None = None) -> httpx.AsyncClient:
    """A client for user-chosen addresses; `private` lets it reach any address."""
    to = partial(dial, private=private, resolve=resolve)
    return Direct(Wire(to, httpx.create_ssl_context, MOST_AT_ONE_PLACE))


async def dial(
    host: str, port: int, *, private: bool, resolve: Resolve | None = None
) -> socket.socket:
    """A connected TCP socket to a checked address; raises AddressRefused, OSError."""
    loop = asyncio.get_running_loop()
    error: OSError = ConnectionRefusedError("no address")
    addresses = await (resolve or _resolve)(host, port)
    for address in _allowed(addresses, private=private):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        one = socket.socket(family, socket.SOCK_STREAM)
        one.setblocking(False)
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # uvloop's own way
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await loop.sock_connect(one, (address, port))
        except OSError as failure:  # TimeoutError too
            one.close()
            error = failure
        except BaseException:
            one.close()
            raise
        else:
            return one
    raise error


def _allowed(addresses: list[str], *, private: bool) -> list[str]:
    allowed = [one for one in addresses if private or is_public(one)]
    if addresses and not allowed:
        raise AddressRefused
    return allowed


def _is_public(address: _Address) -> bool:
    """Of IPv6 only what is given to somebody, and NAT64's wrappings."""
    if isinstance(address, ipaddress.IPv6Address):
        given = address in _GIVEN and address.is_global
        return given or address in _NAT64
    return address.is_global and not address.is_multicast


def _meanings(address: _Address) -> Iterable[_Address]:
    """The address, and the IPv4 address that it may be a wrapping of."""
    yield address
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            yield address.ipv4_mapped
        if address.sixtofour:
            yield address.sixtofour
        if address.teredo:
            yield from address.teredo
        if address in _NAT64:
            yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


async def _resolve(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(item[4][0]) for item in found))
