"""A hosted server in process, two owners, and a client that checks every answer."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from exporter.providers.chatkit.settings import ChatKitWidget
from exporter.providers.n8n.settings import N8nWidget
from server.hosted import hosted
from server.settings import read_settings
from server.store import licences
from tests.unit.server.conftest import BASE, BUNDLES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from exporter.contract.widget import Widget
    from server.hosted import HostedApp
    from server.store.database import Database
    from server.store.records import LicenceFacts

CANARY = "sk-canary-0123456789abcdef"
KEY = "w" * 16


@dataclass
class Owner:
    """A licence at work; every answer is kept, and has to be a documented one."""

    http: httpx.AsyncClient
    licence: LicenceFacts
    token: str = field(repr=False)
    answers: list[httpx.Response] = field(default_factory=list)
    etags: dict[str, str] = field(default_factory=dict)

    async def ask(self, method: str, path: str, **extra: Any) -> httpx.Response:
        headers = {"authorization": f"Bearer {self.token}", **extra.pop("headers", {})}
        answer = await self.http.request(method, path, headers=headers, **extra)
        self.answers.append(answer)
        return answer

    async def put(
        self, widget: Widget, etag: str | None = None, query: str = ""
    ) -> httpx.Response:
        """Publish; with the ETag that was seen last unless another is given."""
        seen = self.etags.get(widget.key, "") if etag is None else etag
        answer = await self.ask(
            "PUT",
            f"/api/widgets/{widget.key}{query}",
            content=json.dumps(widget.plain()),
            headers={"if-match": seen} if seen else {},
        )
        if answer.is_success:
            self.etags[widget.key] = answer.headers["etag"]
        return answer

    async def change(self, method: str, path: str, **extra: Any) -> httpx.Response:
        """Change the widget whose key the path begins with."""
        key = path.partition("/")[0]
        headers = {"if-match": self.etags[key]}
        answer = await self.ask(
            method, f"/api/widgets/{path}", headers=headers, **extra
        )
        if answer.is_success and "etag" in answer.headers:
            self.etags[key] = answer.headers["etag"]
        return answer


@pytest.fixture
async def served(database: Database, tmp_path: Path) -> AsyncIterator[HostedApp]:
    environ = {
        "VITRINE_PUBLIC_URL": BASE,
        "VITRINE_DATABASE": "unused.db",
        "VITRINE_SECRETS_KEYS_FILE": str(tmp_path / "keys"),
    }
    app = hosted(read_settings(environ), database, BUNDLES)
    yield app
    await app.close()


@pytest.fixture
async def http(served: HostedApp) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(served, raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        yield client


@pytest.fixture
async def owner(http: httpx.AsyncClient, database: Database) -> AsyncIterator[Owner]:
    one = new_owner(http, database)
    yield one
    document = (await http.get("/openapi.json")).json()
    for answer in one.answers:
        check_documented(document, answer)


@pytest.fixture
def stranger(http: httpx.AsyncClient, database: Database) -> Owner:
    return new_owner(http, database)


def new_owner(
    http: httpx.AsyncClient, database: Database, tier: str = "agency"
) -> Owner:
    with database.writing() as session:
        return Owner(http, *licences.create(session, tier))


def check_documented(document: dict[str, Any], answer: httpx.Response) -> None:
    """The OpenAPI document names this status for this route."""
    asked = answer.request
    for path, methods in document["paths"].items():
        parts, wanted = path.split("/"), asked.url.path.split("/")
        fits = len(parts) == len(wanted) and all(
            part == given or part.startswith("{")
            for part, given in zip(parts, wanted, strict=True)
        )
        if fits and asked.method.lower() in methods:
            known = methods[asked.method.lower()]["responses"]
            assert str(answer.status_code) in known, (asked.method, path, answer)
            return
    assert answer.status_code in (404, 405), asked.url


def n8n(key: str = KEY, **values: Any) -> N8nWidget:
    return N8nWidget(key=key, **{"domains": ("shop.example",), **values})


def chatkit(key: str = KEY, **values: Any) -> ChatKitWidget:
    return ChatKitWidget(key=key, **{"domains": ("shop.example",), **values})
