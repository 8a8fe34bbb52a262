"""What a client's page does to the widget, and the exact lines that mend it.

All of it comes from a page that may have told anything.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from exporter.policies import Policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from desktop.canvas.client_site import ClientSite, Violation

HOST = "https://YOUR-VITRINE-SERVER"
"""Stands for the server that the page loads the widget from, until one is named."""
_MOST_LINES = 20
_FURTHEST = 500
"""The largest distance from an edge that a popup can have, in px."""


@dataclass(frozen=True)
class SiteFinding:
    """`lines` are for the client's site, and `asks` says what to do with them.

    `raise_to` px would be the popup's own way. `policy` where it is the site's policy
    that keeps the widget out.
    """

    sentence: str
    lines: tuple[str, ...] = ()
    raise_to: int = 0
    policy: bool = False
    asks: str = ""


def policy_findings(
    violations: Sequence[Violation],
    site: ClientSite,
    needed: Iterable[str],
    host: str = "",
) -> tuple[SiteFinding, ...]:
    """A finding for each policy that refused the widget.

    `needed` are a policy's lines as the widget needs them; `host` is where it will
    come from, "" while nobody has said so.
    """
    refusals = [one for one in violations if _is_about_us(one, site)]
    if not refusals:
        return ()
    wanted = _with_refused([*needed], refusals, site, host or HOST)
    texts = dict.fromkeys(one.policy for one in refusals)
    return tuple(_finding(text, site, wanted, host or HOST) for text in texts)


def overlap_findings(raw: object) -> tuple[SiteFinding, ...]:
    """What `overlaps.js` found lying where the widget does."""
    try:
        found = json.loads(raw) if isinstance(raw, str) and raw else None
    except (ValueError, RecursionError):
        return ()
    if not isinstance(found, list):
        return ()
    return tuple(_overlap(one) for one in found[:10] if isinstance(one, dict))


def _is_about_us(one: Violation, site: ClientSite) -> bool:
    ours = site.preview_origin
    theirs = not (one.blocked.startswith(ours) or one.source.startswith(ours))
    return bool(one.directive) and not theirs and not one.only_reported


def _with_refused(
    needed: list[str], refusals: list[Violation], site: ClientSite, host: str
) -> list[str]:
    """What is needed, and what was refused without our knowing that it is."""
    for one in refusals:
        directive = one.directive.removesuffix("-elem").removesuffix("-attr")
        source = _source(one.blocked, site, host)
        listed = [line for line in needed if line.split()[0] == directive]
        if not any(source in line.split() for line in listed):
            needed.append(f"{directive} {source}")
    return needed


def _source(blocked: str, site: ClientSite, host: str) -> str:
    if blocked.startswith(site.preview_origin):
        return host
    if blocked in ("inline", "eval", "wasm-eval"):
        return f"'unsafe-{blocked}'"
    parts = urlsplit(blocked)
    in_itself = blocked in ("data", "blob")
    return f"{blocked}:" if in_itself else f"{parts.scheme}://{parts.netloc}"


def _finding(text: str, site: ClientSite, needed: list[str], host: str) -> SiteFinding:
    where = urlsplit(site.address).netloc
    policy = Policy(text, site.address)
    lines = policy.mended(needed)[:_MOST_LINES]
    if not lines:
        return SiteFinding(
            f"{where} lets the widget in from {host}. Only the preview, which comes "
            "from this computer, is kept out.",
            policy=True,
            asks="Force preview shows it.",
        )
    sentence = f"The Content-Security-Policy of {where} keeps the widget out."
    if not policy.asks_for_a_nonce:
        return SiteFinding(sentence, lines, policy=True, asks="Let it read:")
    tag = _tag(host + "/w/" + urlsplit(site.script).path.rpartition("/w/")[2])
    others = tuple(line for line in lines if not line.startswith("script-src"))
    also = ", and let the policy read" if others else ""
    asks = f"Give its tag the page's nonce{also}:"
    return SiteFinding(sentence, (tag, *others), policy=True, asks=asks)


def _tag(source: str) -> str:
    return f'<script nonce="THE-PAGES-NONCE" src="{source}" async></script>'


def _overlap(one: dict[str, Any]) -> SiteFinding:
    name, room, under = str(one.get("name", ""))[:80], one.get("room"), one.get("under")
    has_room = isinstance(room, int) and 0 < room <= _FURTHEST - 16
    raise_to = room + 16 if has_room and isinstance(room, int) else 0
    if one.get("above") is not True:
        return SiteFinding(f"The widget lies over {name} of the site.", (), raise_to)
    below = under if isinstance(under, int) and under > 0 else 2147483000
    line = f"{name} {{ z-index: {below - 1} !important }}"
    sentence = f"{name} of the site lies over the widget."
    return SiteFinding(sentence, (line,), raise_to)
