"""Fonts and pictures that travel inside a widget, taken out as files of their own."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

_DATA = re.compile(r"data:(?:image|font)/([a-z0-9+]+);base64,([A-Za-z0-9+/=]+)")
_ENDINGS = {"jpeg": "jpg", "svg+xml": "svg"}
_REFERENCE = re.compile(r'"vitrine-asset:([0-9a-f]{64}\.[a-z0-9]+)"')


@dataclass
class Assets:
    """The files taken out so far, by their path in the package."""

    files: dict[str, bytes] = field(default_factory=dict)

    def take_out(self, value: Any) -> Any:
        """The JSON value with references in place of data: addresses."""
        if isinstance(value, dict):
            return {name: self.take_out(inner) for name, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.take_out(inner) for inner in value]
        match = _DATA.fullmatch(value) if isinstance(value, str) else None
        return f"vitrine-asset:{self._keep(match[1], match[2])}" if match else value

    def resolved(self, script: str, base: str = "document.currentScript.src") -> str:
        """A script whose references became addresses; `base` is code for where."""
        return _REFERENCE.sub(lambda match: self._address(match, base), script)

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
