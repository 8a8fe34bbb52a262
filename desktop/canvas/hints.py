"""Client hints: what a browser says of itself beside its user agent, and in one voice.

Derived from the user agent alone, so that a person's own devices agree with theirs.
Engines that are not Chromium send no hints and have no `navigator.userAgentData`.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from PySide6.QtWebEngineCore import QWebEngineScript

if TYPE_CHECKING:
    from desktop.canvas.screen import Screen

_CHROME = re.compile(r"\bChrome/((\d+)[\d.]*)")
_BRANDS = {
    "Edg": "Microsoft Edge",
    "EdgA": "Microsoft Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
}
_SYSTEMS = {
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "Chrome OS",
    "Macintosh": "macOS",
    "Linux": "Linux",
}
_VERSIONS = {"Android": "15.0.0", "Windows": "15.0.0", "macOS": "15.0.0"}
_GREASE = {"brand": "Not?A_Brand", "version": "8"}


def client_hints(screen: Screen) -> dict[str, Any] | None:
    """The protocol's `userAgentMetadata`; None where the browser is no Chromium."""
    agent = screen.user_agent
    chrome = _CHROME.search(agent)
    if chrome is None:
        return None
    system = _system(agent)
    return {
        "brands": [_GREASE, *_brands(agent, chrome[2])],
        "fullVersionList": [
            {**_GREASE, "version": "8.0.0.0"},
            *_brands(agent, chrome[1], full=True),
        ],
        "fullVersion": chrome[1],
        "platform": system,
        "platformVersion": _VERSIONS.get(system, ""),
        "architecture": "" if system == "Android" else _architecture(agent, system),
        "bitness": "" if system == "Android" else "64",
        "model": screen.model,
        "mobile": "Mobile" in agent,
        "wow64": False,
    }


@cache
def hider() -> QWebEngineScript:
    """Takes `navigator.userAgentData` from browsers that have none."""
    script = QWebEngineScript()
    script.setName("vitrine-hints")
    script.setSourceCode((files("desktop.canvas") / "hints.js").read_text("utf-8"))
    script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    script.setWorldId(QWebEngineScript.ScriptWorldId.MainWorld)
    script.setRunsOnSubFrames(True)
    return script


def _brands(agent: str, chrome: str, *, full: bool = False) -> list[dict[str, str]]:
    for token, brand in _BRANDS.items():
        if own := re.search(rf"\b{token}/((\d+)[\d.]*)", agent):
            version = own[1] if full else own[2]
            return [_brand("Chromium", chrome), _brand(brand, version)]
    return [_brand("Chromium", chrome), _brand("Google Chrome", chrome)]


def _brand(name: str, version: str) -> dict[str, str]:
    return {"brand": name, "version": version}


def _system(agent: str) -> str:
    return next((name for sign, name in _SYSTEMS.items() if sign in agent), "Unknown")


def _architecture(agent: str, system: str) -> str:
    arm = system == "macOS" or "arm" in agent or "aarch64" in agent
    return "arm" if arm else "x86"
