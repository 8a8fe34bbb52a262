"""The JSON Schema of a widget file: one document for all providers."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from exporter.contract.specs import SectionSpec, sections_of
from exporter.contract.widget import FORMAT, VERSION
from exporter.providers.registry import providers

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REQUIRED = ["format", "version", "provider"]


def schema() -> dict[str, Any]:
    """What `python main.py schema` prints; the sidebar is built from the same."""
    known = providers()
    references, shared = models_json_schema(
        [(provider.widget, "validation") for provider in known]
    )
    definitions = shared["$defs"]
    choices = [references[(each.widget, "validation")] for each in known]
    for provider, choice in zip(known, choices, strict=True):
        model = definitions[choice["$ref"].rpartition("/")[2]]
        model["title"] = f"{provider.title} widget"
        model["required"] = _REQUIRED
        model["x-sections"] = [_section(part) for part in sections_of(provider.widget)]
    return {
        "$schema": DIALECT,
        "title": "Vitrine widget",
        "description": f"A {FORMAT} file, version {VERSION}; no secret is ever in it.",
        "oneOf": choices,
        "$defs": definitions,
    }


def _section(section: SectionSpec) -> dict[str, Any]:
    info = section.info
    return {
        "name": section.name,
        "title": info.title,
        "icon": info.icon,
        "order": info.order,
        "help": info.help,
    }
