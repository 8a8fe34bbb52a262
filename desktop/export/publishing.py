"""Publishing the open widget: asks the server aside, remembers what was seen there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.export.memory import ExportMemory
from desktop.export.outbox import VAULT
from desktop.export.queue import Waiting
from exporter.contract.errors import VitrineError
from exporter.files import read_widget
from exporter.publish import PublishConflict, Server, differences
from exporter.snippets import checked_host

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings

    from desktop.document import Document
    from desktop.store.keychain import Vault
    from desktop.tasks import Task, Tasks
    from exporter.contract.widget import Widget
    from exporter.publish import Change, Published, Remote, Version


@dataclass(frozen=True)
class Sight:
    """What the server has, and what publishing would change there.

    `foreign`: what is there did not come from this computer, and differs.
    """

    remote: Remote | None
    changes: tuple[Change, ...]
    foreign: bool


class Publishing(QObject):
    """One conversation with one server; all answers come on the GUI thread.

    `hinted(host, hint)` tells what token is kept; `looked(Sight)`, `published(
    Published)`, `history_came(versions)`, `compared(Version, changes)`, and
    `failed(VitrineError)`; `busy_changed` while a request is under way.
    """

    hinted = Signal(str, str)
    looked = Signal(object)
    published = Signal(object)
    history_came = Signal(object)
    compared = Signal(object, object)
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
        self.document = document
        self.memory = ExportMemory(settings)
        self._vault = vault
        self._tasks = tasks
        self._task: Task | None = None
        self._publishes = False
        self.sight: Sight | None = None

    @property
    def widget(self) -> Widget:
        """The widget as it stands."""
        return self.document.widget

    @property
    def token_note(self) -> str:
        """Where tokens are kept, in one sentence."""
        return self._vault.note

    @property
    def is_publishing(self) -> bool:
        """Whether something is being changed on the server."""
        return self._publishes and self._task is not None

    def ask_hint(self, host: str) -> None:
        """Find out aside whether a token is kept: a keychain may ask the person."""

        def ask() -> str:
            try:
                return self._vault.hint(VAULT, checked_host(host)) or ""
            except VitrineError:
                return ""

        self._tasks.run(
            ask,
            on_done=lambda hint: self.hinted.emit(host, hint),
            on_error=self.failed.emit,
        )

    def known_hint(self, host: str) -> str:
        """What is shown of the token that was last used; asks no keychain."""
        return self._vault.hint(VAULT, checked_host(host)) or ""

    def forget_token(self, host: str) -> None:
        """Take the token out of the keychain."""
        self._tasks.run(
            lambda: self._vault.forget(VAULT, checked_host(host)),
            on_done=lambda _: self.hinted.emit(host, ""),
            on_error=self.failed.emit,
        )

    def look(self, host: str, token: str = "") -> None:
        """Ask what the server has; a token given here is kept for the next time."""
        key = self.widget.key
        self._ask(
            host,
            token,
            lambda server: (server.host, server.remote(key)),
            self._on_looked,
        )

    def review(self, host: str) -> Sight | None:
        """What was seen, against the widget as it is now; asks nobody."""
        if self.sight is not None:
            self.sight = self._sight(self.sight.remote, self.widget, host)
        return self.sight

    def publish(self, host: str, *, live: bool = True, note: str = "") -> None:
        """Publish over what was seen by the last look."""
        widget = self.widget
        remote = self.sight.remote if self.sight else None
        self._change(
            host, lambda server: server.put(widget, remote, live=live, note=note)
        )

    def roll_back(self, host: str, version: int) -> None:
        """Serve an earlier version again, as a new one."""
        key = self.widget.key
        remote = self.sight.remote if self.sight else None
        if remote is not None:
            self._change(
                host, lambda server: server.rollback(key, version, remote.etag)
            )

    def ask_history(self, host: str) -> None:
        """Ask for the versions that are kept."""
        key = self.widget.key
        self._ask(host, "", lambda server: server.versions(key), self._on_history)

    def compare(self, host: str, version: Version) -> None:
        """Ask what serving an earlier version again would change."""
        key = self.widget.key
        remote = self.sight.remote if self.sight else None
        before = remote.config if remote else {}
        self._ask(
            host,
            "",
            lambda server: differences(before, server.version(key, version.number)),
            lambda changes: self._on_compared(version, changes),
        )

    def take_theirs(self) -> tuple[str, ...]:
        """Make the widget what the server has, as one step; answers what is wrong."""
        remote = self.sight.remote if self.sight else None
        if remote is None:
            return ()
        try:
            theirs = read_widget(json.dumps(remote.config).encode())
        except VitrineError as error:
            return (str(error),)
        if theirs.provider != self.widget.provider:
            self.document.switch_provider(theirs.provider)
        changes = differences(theirs.plain(), self.widget.plain())
        values = {change.path: change.before for change in changes}
        found = self.document.set_many(values, text="Take the server's version")
        return tuple(map(str, found))

    def waiting(self, host: str, *, live: bool, note: str, by_itself: bool) -> Waiting:
        """The widget as something for the queue; raises InputError for the host."""
        address = checked_host(host)
        remote = self.sight.remote if self.sight else None
        known = self.memory.published(address, self.widget.key)
        return Waiting(
            host=address,
            widget=self.widget,
            seen=remote.version if remote else known,
            live=live,
            note=note,
            queued_at=datetime.now(UTC).isoformat(timespec="seconds"),
            by_itself=by_itself,
        )

    def cancel(self) -> None:
        """Drop what is under way; the server may still have done it."""
        if self._task is not None:
            self._task.cancel()
            self._done()

    def _sight(self, remote: Remote | None, widget: Widget, host: str) -> Sight:
        if remote is None:
            return Sight(None, (), foreign=False)
        changes = differences(remote.config, widget.plain())
        ours = self.memory.published(host, widget.key) == remote.version
        return Sight(remote, changes, foreign=bool(changes) and not ours)

    def _change(self, host: str, work: Callable[[Server], Published]) -> None:
        key = self.widget.key
        self._ask(
            host,
            "",
            lambda server: (server.host, key, work(server)),
            self._on_published,
            publishes=True,
        )

    def _ask(
        self,
        host: str,
        token: str,
        work: Callable[[Server], Any],
        on_done: Callable[[Any], object],
        *,
        publishes: bool = False,
    ) -> None:
        self.cancel()

        def run() -> Any:
            import httpx  # 136 ms; nobody publishes at the start

            address = checked_host(host)
            if token.strip():
                self._vault.write(VAULT, address, token.strip())
            kept = self._vault.read(VAULT, address) or ""
            with httpx.Client(follow_redirects=False) as client:
                return work(Server(address, kept, client))

        self._publishes = publishes
        self.busy_changed.emit(True)
        self._task = self._tasks.run(run, on_done=on_done, on_error=self._on_error)

    def _on_looked(self, answer: tuple[str, Remote | None]) -> None:
        host, remote = answer
        self._done()
        self.sight = self._sight(remote, self.widget, host)
        self.looked.emit(self.sight)

    def _on_history(self, versions: tuple[Version, ...]) -> None:
        self._done()
        self.history_came.emit(versions)

    def _on_compared(self, version: Version, changes: tuple[Change, ...]) -> None:
        self._done()
        self.compared.emit(version, changes)

    def _on_published(self, answer: tuple[str, str, Published]) -> None:
        host, key, done = answer
        self._done()
        self.memory.set_published(host, key, done.version)
        self.published.emit(done)

    def _on_error(self, error: VitrineError) -> None:
        self._done()
        self.failed.emit(error)

    def _done(self) -> None:
        self._task = None
        self.busy_changed.emit(False)


def is_conflict(error: VitrineError) -> bool:
    """Whether somebody published since; then what is there is worth another look."""
    return isinstance(error, PublishConflict)
