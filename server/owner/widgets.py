"""The handlers for widgets and their versions."""

import json
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from server.owner.differences import differences
from server.owner.forms import (
    After,
    Change,
    Diff,
    Key,
    LicenceGiven,
    Limit,
    NewNumber,
    Note,
    Number,
    OldNumber,
    RollbackWanted,
    Stage,
    Stale,
    VersionGiven,
    Versions,
    VersionWhole,
    WidgetFacts,
    WidgetPage,
    WidgetWhole,
)
from server.owner.gate import form_in, licence_of, match_of, widget_in
from server.shelf import Shelf
from server.store import versions, widgets
from server.store.access import Store
from server.store.errors import Conflict, PreconditionMissing
from server.store.records import Stored
from server.store.versions import Draft

NO_STORE = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
_BY = "owner"


class WidgetRoutes:
    """Widgets of the licence that asks; each change is seen here at once."""

    def __init__(self, store: Store, shelf: Shelf, base: str) -> None:
        self._store = store
        self._shelf = shelf
        self._base = base

    async def licence(self, request: Request) -> LicenceGiven:
        """The licence whose token was shown."""
        licence = licence_of(request)
        return LicenceGiven(
            license=licence.key,
            tier=licence.tier,
            state=licence.standing,
            expires_at=licence.expires_at,
            widgets=licence.widgets_used,
            widget_limit=licence.widget_limit,
            domains=licence.domains_used,
            domain_limit=licence.domain_limit,
        )

    async def page(
        self, request: Request, after: After = "", limit: Limit = 100
    ) -> WidgetPage:
        """The licence's widgets, by key."""
        licence = licence_of(request)
        found = await self._store.read(widgets.page, licence.id, after, limit + 1)
        more = len(found) > limit
        return WidgetPage(
            widgets=[self._facts(one) for one in found[:limit]],
            next=found[limit - 1].key if more else None,
        )

    async def get(self, request: Request, key: Key) -> Response:
        """A widget, with the config of its newest version."""
        stored = await self._stored(request, key)
        config = await self._config(stored.id, stored.draft)
        whole = WidgetWhole(**dict(self._facts(stored)), widget=config)
        return _answer(whole.model_dump(mode="json"), 200, stored)

    async def put(
        self, request: Request, key: Key, stage: Stage = "live", note: Note = ""
    ) -> Response:
        """Publish or stage a widget file as the widget's newest version."""
        widget = await widget_in(request, key, self._store)
        draft = await self._store.run(lambda: Draft.of(widget, _BY, note))
        licence, match = licence_of(request), match_of(request)
        try:
            stored = await self._store.write(
                widgets.put, licence.id, draft, match, live=stage == "live"
            )
        except (Conflict, PreconditionMissing) as error:
            return await self._stale(error, draft.config)
        return self._changed(stored, 201 if stored.draft == 1 else 200)

    async def remove(self, request: Request, key: Key) -> Response:
        """Delete a widget with its versions, secrets and numbers."""
        licence, match = licence_of(request), match_of(request)
        try:
            await self._store.write(widgets.remove, licence.id, key, match)
        except (Conflict, PreconditionMissing) as error:
            return await self._stale(error)
        self._shelf.forget(key)
        return Response(status_code=204, headers=NO_STORE)

    async def publish(self, request: Request, key: Key) -> Response:
        """Serve what was staged."""
        licence, match = licence_of(request), match_of(request)
        try:
            stored = await self._store.write(widgets.publish, licence.id, key, match)
        except (Conflict, PreconditionMissing) as error:
            return await self._stale(error)
        return self._changed(stored)

    async def rollback(self, request: Request, key: Key) -> Response:
        """Serve an earlier version again, as a new one."""
        wanted = await form_in(request, RollbackWanted)
        licence, match = licence_of(request), match_of(request)
        try:
            stored = await self._store.write(
                widgets.rollback, licence.id, key, wanted.version, match, _BY
            )
        except (Conflict, PreconditionMissing) as error:
            return await self._stale(error)
        return self._changed(stored)

    async def pause(self, request: Request, key: Key) -> Response:
        """Stop serving a widget; its pages say nothing of it."""
        return await self._set_paused(request, key, paused=True)

    async def resume(self, request: Request, key: Key) -> Response:
        """Serve a paused widget again."""
        return await self._set_paused(request, key, paused=False)

    async def versions(self, request: Request, key: Key) -> Versions:
        """The versions that are kept, the newest first."""
        stored = await self._stored(request, key)
        found = await self._store.read(versions.listed, stored.id)
        return Versions(
            versions=[
                VersionGiven(
                    version=one.number,
                    name=one.name,
                    provider=one.provider,
                    made_at=one.made_at,
                    made_by=one.made_by,
                    note=one.note,
                    size=one.size,
                    live=one.number == stored.live,
                )
                for one in found
            ]
        )

    async def version(self, request: Request, key: Key, number: Number) -> VersionWhole:
        """A version's config."""
        stored = await self._stored(request, key)
        config = await self._config(stored.id, number)
        return VersionWhole(version=number, widget=config)

    async def diff(
        self, request: Request, key: Key, old: OldNumber = None, new: NewNumber = None
    ) -> Diff:
        """What differs between two versions: else from the live to the newest."""
        stored = await self._stored(request, key)
        first = old or stored.live or stored.draft
        last = new or stored.draft
        before = await self._config(stored.id, first)
        after = await self._config(stored.id, last)
        return Diff(old=first, new=last, changes=_changes(before, after))

    async def _set_paused(
        self, request: Request, key: str, *, paused: bool
    ) -> Response:
        licence, match = licence_of(request), match_of(request)
        try:
            stored = await self._store.write(
                widgets.pause, licence.id, key, match, paused=paused
            )
        except (Conflict, PreconditionMissing) as error:
            return await self._stale(error)
        if paused:
            self._shelf.forget(key)
        return self._changed(stored)

    async def _stored(self, request: Request, key: str) -> Stored:
        return await self._store.read(widgets.get, licence_of(request).id, key)

    async def _config(self, widget_id: int, number: int) -> dict[str, Any]:
        text = await self._store.read(versions.text_of, widget_id, number)
        config = await self._store.run(lambda: json.loads(text))
        assert isinstance(config, dict)
        return config

    def _changed(self, stored: Stored, status: int = 200) -> Response:
        self._shelf.outdate(stored.key)
        return _answer(self._facts(stored).model_dump(mode="json"), status, stored)

    async def _stale(
        self,
        error: Conflict | PreconditionMissing,
        sent: dict[str, Any] | None = None,
    ) -> Response:
        current = error.current
        changes: list[Change] = []
        if sent is not None:
            now = await self._config(current.id, current.draft)
            changes = _changes(now, sent)
        said = {"code": error.code, "message": error.message, "hint": error.hint}
        stale = Stale.model_validate(
            {"error": said, "current": dict(self._facts(current)), "diff": changes}
        )
        return _answer(stale.model_dump(mode="json"), error.status, current)

    def _facts(self, stored: Stored) -> WidgetFacts:
        return WidgetFacts(
            key=stored.key,
            name=stored.name,
            provider=stored.provider,
            version=stored.draft,
            live=stored.live,
            paused=stored.paused,
            etag=stored.etag,
            created_at=stored.created_at,
            changed_at=stored.changed_at,
            script=f"{self._base}/w/{stored.key}.js",
        )


def _changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    return [
        Change(path=one.path, before=one.before, after=one.after)
        for one in differences(before, after)
    ]


def _answer(body: Any, status: int, stored: Stored) -> Response:
    return JSONResponse(body, status, {**NO_STORE, "etag": f'"{stored.etag}"'})
