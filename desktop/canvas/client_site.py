"""A client's own site behind the widget: how it is treated, and what it does to it.

"As deployed" bypasses nothing: the script tag is put in as the client would, and
what the site's policy refuses becomes the lines to add (`site_report`). "Force
preview" lifts the policy. Either way the page reaches nothing on this machine but the
preview.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from PySide6.QtWebEngineCore import (
    QWebEngineScript,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)

from desktop.canvas.page import CLIENT_PREFIX

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl

_LONGEST_POLICY = 20_000
_INTERNAL = (".localhost", ".local", ".internal")
_ALWAYS = ("data", "blob", "about", "https", "http", "wss", "ws")
_INJECT = """(() => {{
  if (document.querySelector('script[data-vitrine-preview]')) return;
  if ({opens}) addEventListener('vitrine:ready',
    (event) => Vitrine.get(event.detail.key).open(), {{ once: true }});
  const tag = document.createElement('script');
  tag.src = {source};
  tag.async = true;
  tag.dataset.vitrinePreview = '';
  document.body.append(tag);
}})()"""


@dataclass(frozen=True)
class ClientSite:
    """`address` is where the site is; `script` the widget's, at the preview's host."""

    address: str
    script: str
    forced: bool = False

    @property
    def preview_origin(self) -> str:
        """Where the widget comes from here."""
        return _origin(self.script)

    def injection(self) -> str:
        """The script that puts the widget's tag into the page, once.

        Where the widget is looked at open, it opens it, as our own pages do.
        """
        opens = "open" in parse_qs(urlsplit(self.script).query).get("state", ())
        source, opens_it = json.dumps(self.script), json.dumps(opens)
        return _INJECT.format(source=source, opens=opens_it)

    def fence(self) -> Fence:
        """What keeps the page from this machine and its network."""
        return Fence({self.preview_origin, _origin(self.address)})


class SavedSite(ClientSite):
    """A page of one's own: fenced in too, but served with its widget in it."""

    def injection(self) -> str:
        """Nothing."""
        return ""


class Fence(QWebEngineUrlRequestInterceptor):
    """Blocks what a page asks of private addresses, save of these origins."""

    def __init__(self, allowed: set[str]) -> None:
        super().__init__()
        self._allowed = allowed

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Let it pass or not."""
        if not self.lets(info.requestUrl().toString()):
            info.block(True)

    def lets(self, address: str) -> bool:
        """Whether a page may ask for this address."""
        parts = urlsplit(address)
        if parts.scheme not in _ALWAYS:
            return False
        if parts.scheme in ("data", "blob", "about"):
            return True
        return _origin(address) in self._allowed or not is_private(parts.hostname or "")


def is_private(host: str) -> bool:
    """Whether a host is this machine, or one of its own network."""
    name = host.strip("[]").rstrip(".").lower()
    if name in ("", "localhost") or name.endswith(_INTERNAL):
        return True
    try:
        return not ip_address(name).is_global
    except ValueError:
        return name.replace(".", "").isdigit() or "." not in name


@dataclass(frozen=True)
class Violation:
    """A policy's refusal, as the page told it."""

    directive: str
    blocked: str
    source: str
    only_reported: bool = False
    policy: str = ""


def parse_violation(line: str) -> Violation | None:
    """Read what a page told; it may have told anything."""
    try:
        raw = json.loads(line.removeprefix(CLIENT_PREFIX))
    except (ValueError, RecursionError):
        return None
    if not isinstance(raw, dict):
        return None
    texts = [raw.get(name) for name in ("directive", "blocked", "source", "policy")]
    if not all(isinstance(text, str) or text is None for text in texts):
        return None
    directive, blocked, source, policy = (str(text or "") for text in texts)
    return Violation(
        directive[:500],
        blocked[:500],
        source[:500],
        raw.get("only") is True,
        policy[:_LONGEST_POLICY],
    )


def overlap_script() -> str:
    """The script whose answer `site_report.overlap_findings` reads."""
    source = files("desktop.canvas") / "overlaps.js"
    return source.read_text(encoding="utf-8")


def watcher() -> QWebEngineScript:
    """The script that tells of refusals, in a world of its own."""
    script = QWebEngineScript()
    script.setName("vitrine-client")
    source = files("desktop.canvas") / "client.js"
    script.setSourceCode(source.read_text(encoding="utf-8"))
    script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    script.setWorldId(QWebEngineScript.ScriptWorldId.ApplicationWorld)
    return script


def origin_of(address: QUrl) -> str:
    """Scheme, host, and a port that is not the usual one."""
    port = "" if address.port() < 0 else f":{address.port()}"
    return f"{address.scheme()}://{address.host()}{port}"


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
