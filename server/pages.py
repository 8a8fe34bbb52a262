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
    "p{max-width:34em;margin:20vh auto 0;padding:0 24px}"
    "p+p{margin-top:24px}"
    "button{font:inherit;padding:8px 20px;border-radius:8px;border:1px solid;"
    "background:none;color:inherit;cursor:pointer}"
    "button:hover{background:rgb(128 128 128/.15)}"
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
            '<p><button data-vitrine-forget data-done="Forgotten" data-failed='
            '"That did not work. Try again">Forget me</button></p>'
        )
        return self._page(found, {}, source, told, button)

    def staged(
        self, published: Published, source: str, mode: str, number: int
    ) -> Response:
        """A version that is not live, with the script at `source`; behind it, words."""
        words = (
            f"Version {number} of “{published.config['name']}”, as it is staged. "
            "Only who has this address sees it; conversations here are made up, and "
            "nothing is sent."
        )
        return self._page(published, {"data-mode": mode}, source, words, talks=False)

    def _page(
        self,
        published: Published,
        attributes: dict[str, str],
        source: str = "",
        words: str = "",
        more: str = "",
        *,
        talks: bool = True,
    ) -> Response:
        token = self._policy.frame_token(published) if talks else ""
        if token:
            attributes = {**attributes, "data-token": token}
        locale = published.config["texts"]["locale"]
        html = _html(
            published.config["name"],
            "<noscript><p>This chat needs JavaScript.</p></noscript>\n"
            + (f"<p>{escape(words)}</p>\n{more}" if words else "")
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


def _absent(absence: Absence) -> Response:
    sentence = ABSENCES[absence]
    body = f"<p>{escape(sentence[0].upper() + sentence[1:])}</p>"
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
