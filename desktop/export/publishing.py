"""Publishing the open widget: asks the server aside, remembers what was seen there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from exporter.contract.errors import VitrineError
from exporter.publish import PublishConflict, Remote, Server, differences
from exporter.snippets import checked_host

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings

    from desktop.document import Document
    from desktop.store.keychain import Vault
    from desktop.tasks import Task, Tasks
    from exporter.publish import Change, Published

VAULT = "server"
"""The vault's name for tokens; the command line reads the same place."""


@dataclass(frozen=True)
class Sight:
    """What the server has, and what publishing would change there.

    `foreign`: somebody else published since this computer did.
    """

    remote: Remote | None
    changes: tuple[Change, ...]
    foreign: bool


class Publishing(QObject):
    """One conversation with one server; all answers come on the GUI thread.

    `looked(Sight)`, `published(Published)`, `failed(VitrineError)`; `busy_changed`
    while a request is under way.
    """

    looked = Signal(object)
    published = Signal(object)
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(
        self,
        document: Document,
        vault: Vault,
        tasks: Tasks,
        settings: QSettings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._vault = vault
        self._tasks = tasks
        self._settings = settings
        self._task: Task | None = None
        self.sight: Sight | None = None

    def hint(self, host: str) -> str | None:
        """The last characters of the token that is kept for a server."""
        try:
            return self._vault.hint(VAULT, checked_host(host))
        except VitrineError:
            return None

    def look(self, host: str, token: str = "") -> None:
        """Ask what the server has; a token given here is kept for the next time."""
        widget = self._document.widget

        def ask(server: Server) -> Sight:
            remote = server.remote(widget.key)
            changes = differences(remote.config if remote else {}, widget.plain())
            seen = self._seen(server.host)
            foreign = remote is not None and seen not in (0, remote.version)
            return Sight(remote, changes if remote else (), foreign)

        self._ask(host, token, ask, self._on_looked)

    def publish(self, host: str, *, live: bool = True) -> None:
        """Publish over what was seen by the last look."""
        widget = self._document.widget
        remote = self.sight.remote if self.sight else None
        self._ask(
            host,
            "",
            lambda server: (server.host, server.put(widget, remote, live=live)),
            self._on_published,
        )

    def roll_back(self, host: str, version: int) -> None:
        """Serve an earlier version again."""
        key = self._document.widget.key
        remote = self.sight.remote if self.sight else None
        if remote is not None:
            self._ask(
                host,
                "",
                lambda server: (
                    server.host,
                    server.rollback(key, version, remote.etag),
                ),
                self._on_published,
            )

    def cancel(self) -> None:
        """Drop what is under way; the server may still have done it."""
        if self._task is not None:
            self._task.cancel()
            self._done()

    def _ask(
        self,
        host: str,
        token: str,
        work: Callable[[Server], Any],
        on_done: Callable[[Any], object],
    ) -> None:
        import httpx  # 136 ms; nobody publishes at the start

        self.cancel()

        def run() -> Any:
            address = checked_host(host)
            if token.strip():
                self._vault.write(VAULT, address, token.strip())
            kept = self._vault.read(VAULT, address) or ""
            with httpx.Client(follow_redirects=False) as client:
                return work(Server(address, kept, client))

        self.busy_changed.emit(True)
        self._task = self._tasks.run(run, on_done=on_done, on_error=self._on_error)

    def _on_looked(self, sight: Sight) -> None:
        self._done()
        self.sight = sight
        self.looked.emit(sight)

    def _on_published(self, answer: tuple[str, Published]) -> None:
        host, done = answer
        self._done()
        self._settings.setValue(self._place(host), done.version)
        self.published.emit(done)

    def _on_error(self, error: VitrineError) -> None:
        self._done()
        if isinstance(error, PublishConflict):
            remote = Remote(error.version, None, error.etag, "", "", {})
            self.sight = Sight(remote, error.changes, foreign=True)
            self.looked.emit(self.sight)
        self.failed.emit(error)

    def _done(self) -> None:
        self._task = None
        self.busy_changed.emit(False)

    def _seen(self, host: str) -> int:
        return int(str(self._settings.value(self._place(host), 0)))

    def _place(self, host: str) -> str:
        name = host.replace("/", "_")
        return f"published/{name}/{self._document.widget.key}"
