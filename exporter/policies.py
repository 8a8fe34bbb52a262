"""A Content-Security-Policy as a browser reads it (CSP Level 3, sources of fetches)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

_FALLBACKS = {
    "script-src": ("script-src-elem", "script-src", "default-src"),
    "connect-src": ("connect-src", "default-src"),
    "frame-src": ("frame-src", "child-src", "default-src"),
    "img-src": ("img-src", "default-src"),
    "font-src": ("font-src", "default-src"),
}
_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
_UPGRADES = {"http": ("http", "https"), "ws": ("ws", "wss")}
_HOST = re.compile(r"(?:([a-z][a-z0-9+.-]*)://)?(\*|[^:/]+)(?::(\d+|\*))?(/.*)?", re.I)


class Policy:
    """One policy, on a page at `page`."""

    def __init__(self, text: str, page: str) -> None:
        self._page = page
        self._directives: dict[str, list[str]] = {}
        for part in text.split(";"):
            name, *sources = part.split()[:200] or [""]
            if name:
                self._directives.setdefault(name.lower(), sources)

    def allows(self, directive: str, source: str) -> bool:
        """Whether what comes from an origin, or from "data:", may be used."""
        name = self._named(directive)
        if not name:
            return True
        is_script = directive == "script-src"
        return self._matches(self._directives[name], source, script=is_script)

    def mended(self, needed: Iterable[str]) -> tuple[str, ...]:
        """The directives that keep out some of what is needed, as they have to read.

        `needed` are lines as "img-src https://cdn.example data:". A directive that is
        not there yet takes over what held in its place, or it would undo that.
        """
        found = {}
        for line in needed:
            directive, *sources = line.split()
            wanting = [one for one in sources if not self.allows(directive, one)]
            if wanting:
                found[directive] = self._line(directive, wanting)
        return tuple(found.values())

    @property
    def asks_for_a_nonce(self) -> bool:
        """Whether scripts run by the page's nonce alone, wherever they come from."""
        name = self._named("script-src")
        words = self._directives.get(name, [])
        return "'strict-dynamic'" in [word.lower() for word in words]

    def _line(self, directive: str, wanting: list[str]) -> str:
        name = self._named(directive)
        held = [one for one in self._directives[name] if one.lower() != "'none'"]
        # An own part of script-src holds for tags, so that is what has to change.
        kept = name if name.startswith(directive) else directive
        return " ".join([kept, *held, *wanting])

    def _named(self, directive: str) -> str:
        """The directive that decides; "" where none does."""
        names = _FALLBACKS[directive]
        return next((name for name in names if name in self._directives), "")

    def _matches(self, listed: list[str], source: str, *, script: bool) -> bool:
        words = [word.lower() for word in listed]
        if script and "'strict-dynamic'" in words:
            return False  # a tag without the page's nonce does not run
        return any(self._one(word, source) for word in words)

    def _one(self, word: str, source: str) -> bool:
        if source.endswith(":"):
            return word == source
        if word == "'self'":
            return _same(self._page, source)
        if word == "*":
            return True
        if word.startswith("'"):
            return False
        if word.endswith(":"):
            return urlsplit(source).scheme in _schemes(word[:-1])
        return self._host(word, source)

    def _host(self, word: str, source: str) -> bool:
        match, target = _HOST.fullmatch(word), urlsplit(source)
        if match is None:
            return False
        scheme, host, port, _ = match.groups()
        schemes = _schemes(scheme or urlsplit(self._page).scheme)
        wanted = target.hostname or ""
        if host.startswith("*."):
            fits = wanted.endswith(host[1:])
        else:
            fits = host in ("*", wanted)
        own = target.port or _PORTS.get(target.scheme)
        ports = {str(own), "*"} if port else {None}
        default = own == _PORTS.get(target.scheme)
        return (
            fits
            and (target.scheme in schemes or (not scheme and target.scheme == "wss"))
            and (port in ports if port else default)
        )


def _same(page: str, source: str) -> bool:
    one, other = urlsplit(page), urlsplit(source)
    return (one.scheme, one.netloc) == (other.scheme, other.netloc)


def _schemes(scheme: str) -> tuple[str, ...]:
    return _UPGRADES.get(scheme, (scheme,))
