"""This computer's addresses in its own network."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtNetwork import QNetworkInterface

_MADE_UP = ("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "zt", "tailscale")
"""How interfaces that no phone is on are called, where the system does not say."""


def addresses() -> tuple[str, ...]:
    """IPv4 addresses that a phone in the same network can reach, the likeliest first.

    Public ones are left out: there the preview would be open to the world.
    """
    from PySide6.QtNetwork import QAbstractSocket, QNetworkInterface

    four = QAbstractSocket.NetworkLayerProtocol.IPv4Protocol
    found: list[tuple[int, str]] = []
    for interface in QNetworkInterface.allInterfaces():
        if not _is_up(interface):
            continue
        for entry in interface.addressEntries():
            if entry.ip().protocol() is four and is_near(entry.ip().toString()):
                found.append((_rank(interface), entry.ip().toString()))
    return tuple(address for _, address in sorted(found))


def is_near(address: str) -> bool:
    """Whether it is an address of a private network, and not this machine's own."""
    try:
        parsed = ipaddress.IPv4Address(address)
    except ValueError:
        return False
    silent = parsed.is_loopback or parsed.is_unspecified or parsed.is_multicast
    return not (parsed.is_global or silent)


def _is_up(interface: QNetworkInterface) -> bool:
    flags, flag = interface.flags(), interface.InterfaceFlag
    wanted = flag.IsUp | flag.IsRunning
    return flags & wanted == wanted and not flags & flag.IsLoopBack


def _rank(interface: QNetworkInterface) -> int:
    name, kind = interface.humanReadableName().lower(), interface.InterfaceType
    if name.startswith(_MADE_UP) or interface.type() is kind.Virtual:
        return 3
    if interface.flags() & interface.InterfaceFlag.IsPointToPoint:
        return 2
    return 0 if interface.type() is kind.Wifi else 1
