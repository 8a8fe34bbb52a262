"""The handlers for secrets: they go in, and only hints come out."""

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from exporter.contract.errors import Finding
from exporter.providers.registry import providers
from server.owner.forms import (
    Key,
    SecretGiven,
    SecretName,
    SecretsGiven,
    SecretWanted,
)
from server.owner.gate import Unfit, form_in, licence_of
from server.owner.widgets import NO_STORE
from server.shelf import Shelf
from server.store import secrets
from server.store.access import Store
from server.store.errors import SecretMissing
from server.visitors.identity import SECRET as IDENTITY


class SecretRoutes:
    """Secrets of the licence's widgets; none of them is ever answered."""

    def __init__(self, store: Store, shelf: Shelf) -> None:
        self._store = store
        self._shelf = shelf

    async def hints(self, request: Request, key: Key) -> SecretsGiven:
        """The secrets that are set, as hints."""
        found = await self._hints(request, key)
        return SecretsGiven(secrets=found)

    async def hint(self, request: Request, key: Key, name: SecretName) -> SecretGiven:
        """A secret's hint."""
        for found in await self._hints(request, key):
            if found.name == name:
                return found
        raise SecretMissing(name)

    async def put(self, request: Request, key: Key, name: SecretName) -> Response:
        """Set a secret, in place of any before it."""
        wanted = await form_in(request, SecretWanted)
        value = wanted.value.get_secret_value().strip()
        # A public key for identities has several lines.
        line = value.replace("\n", "") if name == IDENTITY else value
        if not line.isprintable() or not value:
            message = "is no plain line of text."
            raise Unfit((Finding("value", "printable", message),))
        _check_name(name)
        hint = await self._store.write(
            secrets.put, licence_of(request).id, key, name, value, self._store.keys
        )
        self._shelf.forget(key)
        given = SecretGiven(name=hint.name, hint=hint.hint, set_at=hint.set_at)
        return JSONResponse(given.model_dump(mode="json"), headers=NO_STORE)

    async def remove(self, request: Request, key: Key, name: SecretName) -> Response:
        """Delete a secret."""
        licence = licence_of(request)
        await self._store.write(secrets.remove, licence.id, key, name)
        self._shelf.forget(key)
        return Response(status_code=204, headers=NO_STORE)

    async def _hints(self, request: Request, key: str) -> list[SecretGiven]:
        found = await self._store.read(secrets.hints, licence_of(request).id, key)
        return [
            SecretGiven(name=one.name, hint=one.hint, set_at=one.set_at)
            for one in found
        ]


def _check_name(name: str) -> None:
    named = {spec.name for one in providers() for spec in one.secrets}
    known = sorted(named | {IDENTITY})
    if name not in known:
        raise SecretMissing(name, tuple(known))
