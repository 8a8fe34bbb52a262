"""Addresses of backends that visitors, or the server, can't reach.

A public address without TLS is no valid setting, so it is told of the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from exporter.contract.advice import AuditFinding
from exporter.contract.values import is_local_host

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.audit import Subject


def audit(subject: Subject) -> Iterator[AuditFinding]:
    """Private and local addresses under Connection."""
    for path in subject.specs:
        address = subject.value(path)
        if not path.startswith("connection.") or not subject.shows(path):
            continue
        if not isinstance(address, str) or not address.startswith(("http:", "https:")):
            continue
        host = urlsplit(address).hostname or ""
        if is_local_host(host):
            yield _private(subject, path, host)


def _private(subject: Subject, path: str, host: str) -> AuditFinding:
    own = host == "localhost" or host.startswith("127.") or host == "::1"
    place = "this computer only" if own else "a private network only"
    relayed = subject.value("connection.access") == "relay"
    return AuditFinding(
        path=path,
        rule="private_address",
        level="warning" if relayed and not own else "error",
        message=f"{host} answers on {place}.",
        why="The server refuses private addresses unless its operator allows them."
        if relayed
        else "Visitors' browsers cannot reach it, so no message gets an answer.",
        fix="Use the address that the whole world can reach.",
    )
