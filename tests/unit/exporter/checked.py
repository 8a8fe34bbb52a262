"""Widgets and sites for the check: sound, until a test plants a fault."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from exporter.editing import with_values
from exporter.providers.registry import provider
from tests.standins.openai import WORKFLOW as OPENAI_WORKFLOW

if TYPE_CHECKING:
    from exporter.contract.advice import AuditFinding
    from tests.standins.n8n import Workflow

KEY = "AbcdefGhijkl0123"


@dataclass
class Site:
    """What a site answers by path: status, headers, body; to POST, status and body."""

    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    posts: dict[str, tuple[int, str]] = field(default_factory=dict)
    post_headers: dict[str, str] = field(default_factory=dict)
    base: str = ""

    def page(self, path: str, body: str = "", status: int = 200, **headers: str) -> str:
        """Put a page there; answers its address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, named, body.encode())
        return self.base + path


def widget(workflow: Workflow | str, **values: Any) -> Any:
    url = workflow if isinstance(workflow, str) else workflow.url
    paths = {path.replace("__", "."): value for path, value in values.items()}
    fresh = provider("n8n").widget(provider="n8n", key=KEY)
    known = {"connection.webhook_url": url, "domains": ["127.0.0.1"]}
    return with_values(fresh, {**known, **paths})


def chatkit(**values: Any) -> Any:
    paths = {path.replace("__", "."): value for path, value in values.items()}
    fresh = provider("chatkit").widget(provider="chatkit", key=KEY)
    return with_values(fresh, {"connection.workflow_id": OPENAI_WORKFLOW, **paths})


def rules(findings: tuple[AuditFinding, ...]) -> list[str]:
    return [finding.rule for finding in findings]


def by_webhook(workflow: Workflow | str, **values: Any) -> Any:
    url = workflow if isinstance(workflow, str) else workflow.url
    kind = {"connection__kind": "n8n", "connection__webhook_url": url}
    return chatkit(any_site=True, **kind, **values)


def by_model(base: str, **values: Any) -> Any:
    kind = {"connection__kind": "openai", "connection__base_url": base}
    known = {"any_site": True, "connection__model": "small", **kind}
    return chatkit(**{**known, **values})
