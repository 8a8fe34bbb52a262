"""Sending what waited: over the version it was made from, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.contract.errors import InputError
from exporter.publish import PublishConflict, Published, differences

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.export.queue import Waiting
    from exporter.publish import Remote, Server


def send(
    server: Server, item: Waiting, *, over: int, go_on: Callable[[], bool]
) -> Published:
    """Publish it; `over` is a version that a person chose to publish over (0: none).

    What the server has already, because the answer was lost, is not sent twice.
    Raises PublishConflict where somebody published since, and what `Server` raises.
    """
    remote = server.remote(item.widget.key)
    if remote is not None and _is_there(remote, item):
        served = remote.live == remote.version
        return Published(remote.version, remote.etag, remote.script, False, served)
    if remote is not None and remote.version not in (item.seen, over):
        changes = differences(remote.config, item.widget.plain())
        raise PublishConflict(remote.version, remote.etag, changes)
    if remote is None and item.seen:
        raise InputError(
            f"{item.host} has this widget no more.",
            "Remove it here, or open the widget and publish it anew.",
        )
    if not go_on():
        raise InputError("Cancelled: nothing was sent.")
    return server.put(item.widget, remote, live=item.live, note=item.note)


def _is_there(remote: Remote, item: Waiting) -> bool:
    served = not item.live or remote.live == remote.version
    return served and remote.config == item.widget.plain()
