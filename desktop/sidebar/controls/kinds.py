"""Which control shows which kind of setting: one line each, imported when needed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.sidebar.controls.control import Control, Lookup
    from exporter.contract.specs import SettingSpec

KINDS: dict[str, str] = {
    "choice": "choice.Choice",
    "color": "color.ColorField",
    "domains": "domains.Domains",
    "font": "font.FontField",
    "font_sources": "font_sources.FontSources",
    "icon": "icon.IconField",
    "image": "image.ImageField",
    "lines": "lines.Lines",
    "models": "models.Models",
    "multiline": "multiline.Multiline",
    "number": "number.Number",
    "prompts": "prompts.Prompts",
    "segmented": "segmented.Segmented",
    "slider": "slider.Slider",
    "switch": "switch.Switch",
    "table": "table.Table",
    "text": "text.Text",
    "texts": "texts.Texts",
    "tools": "tools.Tools",
}
"""Kind of contract.setting.CONTROLS → module and class beside this file."""


def control_class(kind: str) -> type[Control]:
    """The class for a kind; raises KeyError for a kind without a line here."""
    module, _, name = KINDS[kind].rpartition(".")
    found: Any = getattr(import_module(f"desktop.sidebar.controls.{module}"), name)
    return found  # type: ignore[no-any-return]


def make_control(
    spec: SettingSpec, lookup: Lookup | None = None, parent: QWidget | None = None
) -> Control:
    """A control for one setting."""
    return control_class(spec.control)(spec, lookup, parent)
