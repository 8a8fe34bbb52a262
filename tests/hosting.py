"""A whole hosted server over a database, for tests: licences, widgets, secrets."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from exporter.bundle import RuntimeBundles
from server.hosted import hosted
from server.settings import Settings
from server.store import licences, secrets, widgets
from server.store.database import Database
from server.store.keys import FileKeys
from server.store.migrating import migrate
from server.store.records import Match
from server.store.versions import Draft
from tests.databases import Stores

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from exporter.contract.widget import Widget
    from server.hosted import HostedApp
    from server.store.records import LicenceFacts

BASE = "https://chat.example.com"
BUNDLES = RuntimeBundles(
    "0123456789abcdef", "function(config,host){}", {"chat.js": b"export{};"}
)


@dataclass
class House:
    """A database with one agency licence; `settings` are the server's.

    Without `stores` it is a SQLite file in the folder.
    """

    folder: Path
    base: str = BASE
    more: dict[str, Any] = field(default_factory=dict)
    stores: Stores | None = None

    def __post_init__(self) -> None:
        stores = self.stores or Stores(str(self.folder / "server.db"))
        path = stores.database
        self.database = Database(path)
        migrate(self.database)
        self.keys = FileKeys(self.folder / "server.db.keys")
        self.settings = Settings(
            bind=("127.0.0.1", 0),
            database=path,
            public_url=self.base,
            private_upstreams=True,
            redis_url=stores.redis,
            secrets_keys_file=str(self.folder / "server.db.keys"),
            **self.more,
        )
        self.licence, self.token = self.new_licence()

    def new_licence(self) -> tuple[LicenceFacts, str]:
        """Another owner."""
        with self.database.writing() as session:
            return licences.create(session, "agency")

    def put(self, widget: Widget, licence: LicenceFacts | None = None) -> None:
        """Publish a widget."""
        owner = licence or self.licence
        with self.database.writing() as session:
            draft = Draft.of(widget, "test", "")
            widgets.put(session, owner.id, draft, Match(), live=True)

    def keep(self, key: str, name: str, value: str) -> None:
        """Set a widget's secret."""
        with self.database.writing() as session:
            secrets.put(session, self.licence.id, key, name, value, self.keys)

    def app(self, bundles: RuntimeBundles = BUNDLES) -> HostedApp:
        """A server over the database, as another process would have it."""
        return hosted(self.settings, Database(self.settings.database), bundles)

    @asynccontextmanager
    async def client(
        self, app: HostedApp | None = None, **values: Any
    ) -> AsyncIterator[httpx.AsyncClient]:
        """A client of a server in this process."""
        made = app or self.app()
        transport = httpx.ASGITransport(made, client=("203.0.113.7", 4711))
        async with httpx.AsyncClient(
            transport=transport, base_url=self.base, **values
        ) as one:
            yield one
        if app is None:
            await made.close()

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()
