"""How a setting shows: what to look at in the page, and what has to hold first."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exporter.contract.specs import SettingSpec

HELPERS = (Path(__file__).parent / "sights.js").read_text("utf-8")
"""Names that `look` and `first` may use; both are bodies of async functions."""


@dataclass(frozen=True)
class Sight:
    """Where a setting shows.

    `look` is a JavaScript expression whose value has to differ between the default
    and `value` (left out: some other allowed value); `given` are settings that hold
    in both; `first` is run once before the first look; `width` is the page's, in px.
    """

    look: str
    value: Any = None
    given: dict[str, Any] = field(default_factory=dict)
    first: str = ""
    width: int = 1000


def other_value(spec: SettingSpec) -> Any:
    """An allowed value that is not the default."""
    if spec.options:
        return next(value for value, _ in spec.options if value != spec.default)
    if isinstance(spec.default, bool):
        return not spec.default
    if spec.control == "color":
        return "#123456" if spec.default != "#123456" else "#654321"
    if spec.minimum is not None and spec.maximum is not None:
        return spec.maximum if spec.default != spec.maximum else spec.minimum
    if spec.control in ("text", "multiline"):
        return "Something else"
    raise AssertionError(f"{spec.path} needs a value in its Sight")
