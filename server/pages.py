"""Whole pages: the chat as a page of its own, and the frame that holds ChatKit.

Their policy allows this server's script, what the provider says it needs, and
nothing inline but the one style sheet, named by its hash.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from string import Template
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from server.messages import NOSNIFF, Request, Response
from server.parts import ABSENCES, Absence, Policy, Published

if TYPE_CHECKING:
    from exporter.contract.provider import PageNeeds

_MODES = ("fullpage", "portal")
_STYLE = (
    "html,body{margin:0;height:100%;color-scheme:light dark}"
    "body{font:16px/1.5 system-ui,sans-serif}"
    "main{max-width:27em;margin:0 auto;padding:min(18vh,160px) 24px 48px}"
    "h1{margin:0 0 8px;font-size:24px;line-height:1.25;letter-spacing:-.015em;"
    "overflow-wrap:anywhere}"
    "p{margin:0 0 24px;overflow-wrap:anywhere;"
    "color:color-mix(in srgb,currentColor 72%,transparent)}"
    "noscript p{margin:24px}"
    "button{font:inherit;font-weight:600;padding:10px 22px;border-radius:10px;"
    "border:0;background:CanvasText;color:Canvas;cursor:pointer}"
    "button:hover{opacity:.86}"
    "button:focus-visible{outline:2px solid;outline-offset:2px}"
    "button[data-vitrine-forget=done]{background:none;color:inherit;padding:10px 0}"
)
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_PAGE = Template(
    """<!doctype html>
<html lang="$lang">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, \
viewport-fit=cover, interactive-widget=resizes-content">
<title>$title</title>
<style>$style</style>
</head>
<body>
$body
</body>
</html>
"""
)


class Pages:
    """Pages for people; each says whom it lets embed it."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    def chat(self, request: Request, found: Published | Absence) -> Response:
        """`GET /chat/KEY`: full page or portal, as `?mode=` or the widget says."""
        if isinstance(found, Absence):
            return _absent(found)
        wanted = request.query.get("mode", found.config["layout"]["mode"])
        mode = wanted if wanted in _MODES else _MODES[0]
        return self._page(found, {"data-mode": mode})

    def frame(self, request: Request, found: Published | Absence) -> Response:
        """`GET /widget/chatkit/KEY`: the widget alone, for a frame in its sites."""
        if isinstance(found, Absence):
            return _absent(found)
        return self._page(found, {"data-mode": "fullpage", "data-frame": ""})

    def forget(self, request: Request, found: Published | Absence) -> Response:
        """`GET /forget/KEY`: where a visitor of the chat's own pages is forgotten."""
        if isinstance(found, Absence):
            return _absent(found)
        source = f"{self._policy.base}/forget/{found.key}.js"
        name = found.config["name"]
        told = (
            f"This browser keeps your conversations with “{name}” on this address, "
            "and an id by which the chat knows you again. Press the button, and the "
            "id is good for nothing and all of it is deleted here."
        )
        button = (
            '<button data-vitrine-forget data-done="✓ Forgotten" data-failed='
            '"That did not work. Try again">Forget me</button>'
        )
        body = _note("Be forgotten here", told, button)
        return self._page(found, {}, source, body, f"Be forgotten · {name}")

    def staged(
        self, published: Published, source: str, mode: str, number: int
    ) -> Response:
        """A version that is not live, with the script at `source`; behind it, words."""
        name = published.config["name"]
        body = _note(
            f"Version {number} of “{name}”",
            "This is how it is staged. Only who has this address sees it; "
            "conversations here are made up, and nothing is sent.",
        )
        title = f"Staged {number} · {name}"
        attributes = {"data-mode": mode}
        return self._page(published, attributes, source, body, title, talks=False)

    def _page(
        self,
        published: Published,
        attributes: dict[str, str],
        source: str = "",
        body: str = "",
        title: str = "",
        *,
        talks: bool = True,
    ) -> Response:
        token = self._policy.frame_token(published) if talks else ""
        if token:
            attributes = {**attributes, "data-token": token}
        locale = published.config["texts"]["locale"]
        html = _html(
            title or published.config["name"],
            "<noscript><p>This chat needs JavaScript.</p></noscript>\n"
            + body
            + script_tag(
                source or f"{self._policy.base}/w/{published.key}.js", attributes
            ),
            "en" if locale == "auto" else locale,
        )
        return Response(
            200,
            (
                ("content-type", "text/html; charset=utf-8"),
                ("cache-control", "no-store" if token else "no-cache"),
                ("content-security-policy", self._content_policy(published)),
                ("referrer-policy", "strict-origin-when-cross-origin"),
                NOSNIFF,
            ),
            html,
        )

    def _content_policy(self, published: Published) -> str:
        needs = _needs(published)
        own = _origin(self._policy.base)
        ancestors = published.widget.domain_rules().frame_ancestors()
        if self._policy.any_parent:
            ancestors = "*"
        elif ancestors != "'none'":
            ancestors = f"'self' {ancestors}"
        else:
            ancestors = "'self'"
        rules = {
            "default-src": "'none'",
            "script-src": " ".join((own, *needs.scripts)),
            "style-src": f"'sha256-{_STYLE_HASH}'",
            "img-src": f"{own} https: data: blob:",
            "font-src": "https: data:",
            "media-src": f"{own} data: blob:",
            # A host's https: does not cover its wss: (CSP 3, scheme-part match).
            "connect-src": " ".join((own, _socket(own), *needs.connections)),
            "frame-src": " ".join((own, *needs.frames)),
            "base-uri": "'none'",
            "form-action": "'none'",
            "frame-ancestors": ancestors,
        }
        return "; ".join(f"{name} {value}" for name, value in rules.items())


def script_tag(source: str, attributes: dict[str, str]) -> str:
    """A script element; every value is escaped."""
    written = "".join(
        f' {name}="{escape(value)}"' for name, value in attributes.items()
    )
    return f'<script src="{escape(source)}"{written} async></script>'


def _html(title: str, body: str, lang: str = "en") -> bytes:
    text = _PAGE.substitute(
        lang=escape(lang), title=escape(title), style=_STYLE, body=body
    )
    return text.encode()


def _note(heading: str, words: str, more: str = "") -> str:
    """What a page says for itself, beside or behind its chat; `more` is HTML."""
    return f"<main><h1>{escape(heading)}</h1><p>{escape(words)}</p>{more}</main>\n"


def _absent(absence: Absence) -> Response:
    sentence = ABSENCES[absence]
    body = _note("No chat here", sentence[0].upper() + sentence[1:])
    return Response(
        404 if absence is Absence.UNKNOWN else 410,
        (
            ("content-type", "text/html; charset=utf-8"),
            ("cache-control", "no-store"),
            (
                "content-security-policy",
                f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'",
            ),
            NOSNIFF,
        ),
        _html("No chat here", body),
    )


def _needs(published: Published) -> PageNeeds:
    from exporter.providers.registry import provider  # brings pydantic

    return provider(published.widget.provider).page_needs(published.widget)


def _socket(origin: str) -> str:
    """The origin's WebSockets: a waiting workflow is talked to by one."""
    return origin.replace("http", "ws", 1)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
