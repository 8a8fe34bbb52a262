"""Connections to addresses that a user chose: only to where they may go.

The name is resolved once for a connection, every address is checked, and the
connection goes to an address that was checked, so that a name which changes its
answer between check and use gains nothing. Redirects are never followed.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from typing import TYPE_CHECKING

import httpcore
import httpx

from server.errors import AddressRefused

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    Resolve = Callable[[str, int], Awaitable[list[str]]]

CONNECT_SECONDS = 5.0
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(text: str) -> bool:
    """Whether an IP address is one of the public internet's, however it is written."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast for one in _meanings(address))


def client(*, private: bool, resolve: Resolve | None = None) -> httpx.AsyncClient:
    """A client for user-chosen addresses; `private` lets it reach any address."""
    return httpx.AsyncClient(
        transport=_Transport(_Backend(private=private, resolve=resolve or _resolve)),
        follow_redirects=False,
        trust_env=False,
    )


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


class _Backend(httpcore.AsyncNetworkBackend):
    """Connects to checked addresses; TLS still asks for the name."""

    def __init__(self, *, private: bool, resolve: Resolve) -> None:
        self._private = private
        self._resolve = resolve
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        error: Exception = httpcore.ConnectError("no address")
        for address in await self._addresses(host, port):
            try:
                return await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failure:
                error = failure
        raise error

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        raise AddressRefused

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)

    async def _addresses(self, host: str, port: int) -> list[str]:
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError("the name is not known") from error
        return _allowed(addresses, private=self._private)


class _Transport(httpx.AsyncHTTPTransport):
    """httpx's own transport over a pool whose connections are checked."""

    def __init__(self, backend: _Backend) -> None:
        super().__init__()
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=200,
            max_keepalive_connections=50,
            keepalive_expiry=30,
            network_backend=backend,
        )
