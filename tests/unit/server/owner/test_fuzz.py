"""Schemathesis on the owner's routes: no 5xx, nothing that is not documented."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from server.hosted import hosted
from server.settings import read_settings
from server.store import licences, widgets
from server.store.database import Database
from server.store.migrating import migrate
from server.store.records import Match
from server.store.versions import Draft
from tests.unit.server.conftest import BASE, BUNDLES
from tests.unit.server.owner.conftest import KEY, n8n

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TAKEN = ("method", "url", "headers", "json", "data", "params", "content")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture
def owned(address: str, tmp_path: Path) -> Iterator[tuple[Any, str]]:
    """A hosted app whose owner has one widget, and the owner's token."""
    database = Database(address)
    migrate(database)
    with database.writing() as session:
        licence, token = licences.create(session, "pro")
        widgets.put(session, licence.id, Draft.of(n8n(), "test"), Match())
    environ = {
        "VITRINE_PUBLIC_URL": BASE,
        "VITRINE_DATABASE": "unused.db",
        "VITRINE_SECRETS_KEYS_FILE": str(tmp_path / "keys"),
        "VITRINE_LIMITS": "api.licence=9000/second,token.address=9000/second",
    }
    yield hosted(read_settings(environ), database, BUNDLES), token
    database.close()


def operations(document: dict[str, Any]) -> list[Any]:
    """The owner's routes, by their document."""
    schema = schemathesis.openapi.from_dict(document).include(tag="owner")
    return [result.ok() for result in schema.get_all_operations()]


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_nothing_surprises(owned: tuple[Any, str], mode: GenerationMode) -> None:
    app, token = owned
    statuses: Counter[int] = Counter()

    def attack(case: schemathesis.Case) -> None:
        case.path_parameters = {**(case.path_parameters or {})}
        if len(statuses) % 2 == 0:
            case.path_parameters |= known(case)
        asked = case.as_transport_kwargs(base_url=BASE)
        headers = {
            name: str(text).encode("latin-1", "replace")
            for name, text in dict(asked["headers"] or {}).items()
            if name.lower() != "authorization"
        }
        taken = {name: asked[name] for name in asked if name in TAKEN}
        taken["headers"] = {**headers, "authorization": f"Bearer {token}".encode()}
        if isinstance(asked.get("data"), bytes | str):
            taken["content"] = taken.pop("data")
        answer = client.request(**taken)
        case.validate_response(answer, checks=CHECKS)
        statuses[answer.status_code] += 1

    with TestClient(app, base_url=BASE) as client:
        for operation in operations(client.get("/openapi.json").json()):
            run(operation.as_strategy(generation_mode=mode), attack)
    assert statuses.total() > 150
    assert 401 not in statuses


def run(cases: Any, attack: Callable[[schemathesis.Case], None]) -> None:
    """Try some of these cases."""

    @settings(
        max_examples=20,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def attacked(case: schemathesis.Case) -> None:
        attack(case)

    attacked()


def known(case: schemathesis.Case) -> dict[str, Any]:
    """Parameters that lead to the widget that is there."""
    values = {"key": KEY, "name": "openai_api_key", "number": 1}
    return {name: values[name] for name in case.path_parameters or {}}
