"""Is this a value the setting takes? Asked while it is typed, of one setting alone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.errors import PydanticUserError

from exporter.files import findings_of

if TYPE_CHECKING:
    from exporter.contract.errors import Finding
    from exporter.contract.specs import SettingSpec


def findings_for(spec: SettingSpec, value: Any) -> tuple[Finding, ...]:
    """Every rule a JSON value breaks; paths are relative to the setting ("2.icon")."""
    try:
        _adapter(spec.kind).validate_python(value)
    except ValidationError as error:
        return findings_of(error)
    return ()


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    try:
        return TypeAdapter(kind, config=ConfigDict(strict=True))
    except PydanticUserError:  # a model brings its own configuration
        return TypeAdapter(kind)
