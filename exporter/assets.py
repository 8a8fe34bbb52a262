"""Fonts and pictures that travel inside a widget, taken out as files of their own."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from exporter.contract.specs import settings_of

if TYPE_CHECKING:
    from exporter.contract.widget import Widget

_CONTROLS = ("image", "font_sources")
_DATA = re.compile(r"data:(?:image|font)/([a-z0-9+]+);base64,([A-Za-z0-9+/=]+)")
_ENDINGS = {"jpeg": "jpg", "svg+xml": "svg"}
_REFERENCE = re.compile(r'"vitrine-asset:([0-9a-f]{64}\.[a-z0-9]+)"')


@dataclass
class Assets:
    """The files taken out so far, by their path in the package."""

    files: dict[str, bytes] = field(default_factory=dict)

    def take_out(self, config: dict[str, Any], widget: Widget) -> dict[str, Any]:
        """The config with references in place of data: addresses.

        Only settings that are pictures or fonts: words of the same form stay words.
        """
        specs = settings_of(type(widget)).items()
        places = {path for path, spec in specs if spec.control in _CONTROLS}
        return {
            name: self._without(value, name, places) for name, value in config.items()
        }

    def resolved(self, script: str, base: str = "document.currentScript.src") -> str:
        """A script whose references became addresses; `base` is code for where."""
        return _REFERENCE.sub(lambda match: self._address(match, base), script)

    def _without(self, value: Any, path: str, places: set[str]) -> Any:
        if path in places:
            return self._taken(value)
        if not isinstance(value, dict):
            return value
        return {
            name: self._without(inner, f"{path}.{name}", places)
            for name, inner in value.items()
        }

    def _taken(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._taken(inner) for name, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self._taken(inner) for inner in value]
        match = _DATA.fullmatch(value) if isinstance(value, str) else None
        try:
            return f"vitrine-asset:{self._keep(*match.groups())}" if match else value
        except binascii.Error:
            return value  # no browser shows it either way

    def _keep(self, kind: str, encoded: str) -> str:
        data = base64.b64decode(encoded)
        name = f"{sha256(data).hexdigest()}.{_ENDINGS.get(kind, kind)}"
        self.files[_path(name)] = data
        return name

    def _address(self, match: re.Match[str], base: str) -> str:
        path = _path(match[1])
        if path not in self.files:  # somebody's text, by chance
            return match[0]
        return f'new URL("{path}",{base}).href'


def _path(name: str) -> str:
    digest, _, ending = name.partition(".")
    return f"assets/{digest[:20]}.{ending}"
