"""Scripted conversations by name: those of the app, and a person's own."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from desktop.preview.address import SITE_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping

_own: Mapping[str, Any] = {}


def set_own_scripts(scripts: Mapping[str, Any]) -> None:
    """A person's own, by name; they are played as the app's are."""
    global _own
    _own = dict(scripts)


def scenario(name: str) -> Any:
    """What is played under that name; None where nothing is."""
    return _own.get(name) or _shipped(name)


@cache
def _shipped(name: str) -> Any:
    path = files("resources").joinpath("scenarios", f"{name}.json")
    if not SITE_NAME.fullmatch(name) or not path.is_file():
        return None
    return json.loads(path.read_text("utf-8"))
