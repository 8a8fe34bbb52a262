"""A look at a version that is not live: a page of ours behind a signed address.

It shows the widget as `/chat/KEY` would, with scripted conversations, since messages go
to what is live. Who has the address sees it until it ends; nothing of it is kept.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response

from exporter.bundle import RuntimeBundles
from exporter.contract.widget import Widget
from exporter.files import parse_widget
from exporter.runtime_config import runtime_config
from server import messages
from server.guard.signing import Signer
from server.owner.forms import Key, PreviewGiven
from server.owner.gate import Gate, licence_of
from server.owner.routes import errors
from server.pages import Pages
from server.parts import Absence, Policy, Published
from server.scripts import Scripts
from server.shelf import branded
from server.store import licences, versions, widgets
from server.store.access import Store
from server.store.errors import StoreDown, StoreError

SECONDS = 24 * 3600
_MODES = ("popup", "fullpage", "portal")
Wanted = Annotated[
    int | None, Query(ge=1, le=2_000_000_000, description="else the newest version")
]


@dataclass(frozen=True)
class Staged:
    """A version as it would be served."""

    widget: Widget
    number: int

    @property
    def key(self) -> str:
        return self.widget.key

    @property
    def version(self) -> str:
        return f"staged {self.number}"

    @cached_property
    def config(self) -> dict[str, Any]:
        return runtime_config(self.widget)


class StagedPolicy(Policy):
    """Scripts of versions that are not live play a conversation, and are not kept."""

    def host_values(
        self, request: messages.Request, published: Published
    ) -> dict[str, Any]:
        """Why nothing live answers."""
        return {"simulated": f"This is {published.version}: it is not live."}

    def variant(self, request: messages.Request) -> None:
        """Keep none."""


class StagedPages:
    """The handlers; `policy` is the server's own."""

    def __init__(
        self,
        store: Store,
        signer: Signer,
        policy: Policy,
        bundles: RuntimeBundles,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._store = store
        self._signer = signer
        self._base = policy.base
        self._pages = Pages(policy)
        told = StagedPolicy(policy.base, kind="preview", script_cache="no-store")
        self._scripts = Scripts(bundles, told)
        self._now = now

    async def link(
        self, request: Request, key: Key, version: Wanted = None
    ) -> PreviewGiven:
        """An address that shows the newest version, or that one, for a day."""
        licence = licence_of(request)
        stored = await self._store.read(widgets.get, licence.id, key)
        number = version or stored.draft
        await self._store.read(versions.text_of, stored.id, number)
        ends = int(self._now()) + SECONDS
        said = json.dumps([licence.key, key, number, ends]).encode()
        return PreviewGiven(
            url=f"{self._base}/staged/{self._signer.sign(said)}",
            version=number,
            expires_at=datetime.fromtimestamp(ends, UTC),
        )

    async def page(self, request: Request, ticket: str) -> Response:
        """The page, for whoever has its address."""
        found = await self._find(ticket)
        asked = messages.request_of(request.scope)
        if found is None:
            return _sent(self._pages.chat(asked, Absence.UNKNOWN))
        wanted = asked.query.get("mode", found.config["layout"]["mode"])
        mode = wanted if wanted in _MODES else "fullpage"
        source = f"{self._base}/staged/{ticket}/widget.js"
        return _sent(self._pages.staged(found, source, mode, found.number))

    async def script(self, request: Request, ticket: str) -> Response:
        """The page's script."""
        found = await self._find(ticket)
        asked = messages.request_of(request.scope)
        return _sent(self._scripts.response(asked, found or Absence.UNKNOWN))

    async def _find(self, ticket: str) -> Staged | None:
        payload = self._signer.verify(ticket)
        if payload is None:
            return None
        licence_key, key, number, ends = json.loads(payload)
        if self._now() >= ends:
            return None
        try:
            return await self._store.read(_version, licence_key, key, number)
        except StoreDown:
            raise
        except StoreError:
            return None  # gone meanwhile


def add_staged_routes(app: FastAPI, gate: Gate, pages: StagedPages) -> None:
    """Join the routes; the pages are for people, so not in the API's document."""
    owners = APIRouter(dependencies=[Depends(gate)], tags=["owner"])
    owners.post(
        "/api/widgets/{key}/preview", response_model=PreviewGiven, responses=errors()
    )(pages.link)
    app.include_router(owners)
    people = APIRouter(include_in_schema=False)
    people.get("/staged/{ticket}")(pages.page)
    people.get("/staged/{ticket}/widget.js")(pages.script)
    app.include_router(people)


def _version(session: Any, licence_key: str, key: str, number: int) -> Staged | None:
    licence = licences.by_key(session, licence_key)
    if licence.state == "revoked":
        return None
    stored = widgets.get(session, licence.id, key)
    widget = parse_widget(json.loads(versions.text_of(session, stored.id, number)))
    return Staged(branded(widget, licence.tier), number)


def _sent(answer: messages.Response) -> Response:
    kept = answer._replace(headers=(*answer.headers, ("x-robots-tag", "noindex")))
    return Response(kept.body, kept.status, dict(kept.headers))
