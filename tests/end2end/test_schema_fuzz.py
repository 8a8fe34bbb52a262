"""Schemathesis over the true OpenAPI document: no 5xx, no undocumented answer.

Every operation is tried with data that fits its schema and with data that does not,
by nobody, by a page of a site that may, and by the owner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from server.sessions import BASE_VARIABLE
from tests.hosting import House
from tests.standins.n8n import N8nStandIn, Workflow, says
from tests.standins.openai import OpenAIStandIn
from tests.unit.server.furnished import CHATKIT_KEY, N8N_KEY, SITE, furnish
from tests.unit.server.running import Running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import Case

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
bounded = settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
"""The whole stays under a minute."""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, House]]:
    houses: list[House] = []
    many = "9000/second"
    kinds = ("message", "session", "event")
    limits = ",".join(f"{kind}.address={many}" for kind in (*kinds, "token"))
    limits += f",api.licence={many}"

    def make(base: str) -> Any:
        folder = tmp_path_factory.mktemp("fuzz")
        houses.append(House(folder, base, {"limits": limits}))
        furnish(houses[0], workflow.url)
        return houses[0].app()

    with N8nStandIn() as n8n, OpenAIStandIn() as openai:
        workflow = n8n.add(Workflow(says({"output": "Hi"})))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(BASE_VARIABLE, openai.base)
            with Running(make) as server:
                yield server.base, houses[0]
            houses[0].close()


@pytest.fixture(scope="module")
def document(running: tuple[str, House]) -> Any:
    return schemathesis.openapi.from_url(f"{running[0]}/openapi.json")


def attempt(case: Case, headers: dict[str, str]) -> None:
    """Half of the widgets that are asked for are there."""
    for name, value in (case.path_parameters or {}).items():
        if name == "key" and isinstance(value, str) and len(value) % 2 == 0:
            relay = "chat-relay" in case.path
            case.path_parameters["key"] = N8N_KEY if relay else CHATKIT_KEY
    case.call_and_validate(headers=headers, checks=CHECKS, timeout=20)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("caller", ["nobody", "page", "owner"])
def test_every_answer_is_documented(
    document: Any, running: tuple[str, House], caller: str, mode: GenerationMode
) -> None:
    """All faults of all operations at once, so that none hides another."""
    headers = {
        "nobody": {},
        "page": {"origin": SITE},
        "owner": {"authorization": f"Bearer {running[1].token}"},
    }[caller]
    faults: list[Exception] = []
    tried: list[str] = []
    for result in document.get_all_operations():
        operation = result.ok()
        cases = operation.as_strategy(generation_mode=mode)

        @bounded
        @given(cases)
        def check(case: Case) -> None:
            tried.append(case.path)
            attempt(case, headers)

        try:
            check()
        except Unsatisfiable:
            pass  # nothing about it can be wrong
        except Exception as fault:
            faults.append(fault)
    assert len(set(tried)) > 10
    if faults:
        raise ExceptionGroup("undocumented", faults)


def test_the_document_tells_of_everything(running: tuple[str, House]) -> None:
    paths = requests.get(f"{running[0]}/openapi.json", timeout=20).json()["paths"]
    assert {
        "/api/chatkit/create-session",
        "/api/chat-relay/{key}",
        "/api/events",
        "/api/visitors/{key}",
        "/api/widgets",
        "/api/widgets/{key}",
    } <= set(paths)
