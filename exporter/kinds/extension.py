"""A browser extension (Manifest V3) that brings the chat to the widget's sites.

Rules: no script from elsewhere and none inline; a content script imports the
runtime from the extension's own files, which the page's policy cannot forbid.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from exporter.assets import Assets
from exporter.bundle import runtime_bundles
from exporter.colors import contrast
from exporter.contract.errors import InputError
from exporter.files import write_widget
from exporter.kinds.icon import bubble_png
from exporter.packages import Package, rendered, runtime_files, static_script
from exporter.providers.registry import provider
from exporter.templates import one_line

if TYPE_CHECKING:
    from exporter.contract.domains import DomainRule
    from exporter.contract.widget import Widget

_SCRIPT = "content.js"
_HERE = 'chrome.runtime.getURL("")'
_SIZES = (16, 32, 48, 128)
_INK = "#24272d"
_PAGES = "It appears on pages of these sites as soon as they are loaded: {}."
_WIDER = "The browser counts a site itself to its *.subdomains."


def make(widget: Widget, host: str) -> Package:
    """The widget as an extension; raises InputError without sites, or with ChatKit."""
    alone = provider(widget.provider).standalone(widget)
    _check(alone.widget)
    patterns = match_patterns(widget)
    notes = (*alone.notes, _PAGES.format(", ".join(patterns)), *_wider(widget))
    bundles, assets = runtime_bundles(), Assets()
    script = static_script(alone.widget, bundles, assets, base=_HERE)
    files = {
        _SCRIPT: _based(script),
        **{f"icons/{size}.png": _icon(widget, size) for size in _SIZES},
        **assets.files,
        **runtime_files(bundles),
        "design.widget.json": write_widget(alone.widget),
        "NOTICE.txt": rendered("NOTICE.txt.j2", {}),
        "README.txt": rendered(
            "extension/README.txt.j2", {"name": widget.name, "notes": notes}
        ),
    }
    return Package({"manifest.json": _manifest(widget, patterns), **files}, notes)


def match_patterns(widget: Widget) -> tuple[str, ...]:
    """The sites as the browser's match patterns."""
    if widget.any_site:
        return ("https://*/*",)
    return tuple(
        f"{scheme}://{rule}/*"
        for rule in widget.domain_rules().rules
        for scheme in _schemes(rule)
    )


def _schemes(rule: DomainRule) -> tuple[str, ...]:
    return ("https", "http") if rule.is_local else ("https",)


def _check(widget: Widget) -> None:
    if provider(widget.provider).page_needs(widget).scripts:
        raise InputError(
            "A browser extension may load no script from elsewhere, and ChatKit's "
            "own comes from OpenAI.",
            "Use the website package, or the embed code.",
        )
    if not widget.domains and not widget.any_site:
        raise InputError(
            "No site may carry this widget yet.",
            "Add the sites that the extension is for under Sites.",
        )
    if widget.layout.mode != "popup":
        raise InputError(
            "An extension has no place in the page for this mode.",
            "Set the mode to Popup.",
        )


def _wider(widget: Widget) -> tuple[str, ...]:
    wild = any(rule.subdomains for rule in widget.domain_rules().rules)
    return (_WIDER,) if wild else ()


def _based(script: bytes) -> bytes:
    """The script with its files in the extension, not beside a script element."""
    before, empty, after = script.rpartition(b'base:""')
    assert empty, "the host's part of the script has changed"
    return before + f"base:{_HERE}.slice(0,-1)".encode() + after


def _manifest(widget: Widget, patterns: tuple[str, ...]) -> bytes:
    # A name "__MSG_x__" would be looked up in a file of translations.
    name = one_line(widget.name).replace("__MSG_", "MSG_") or "Chat"
    value = {
        "manifest_version": 3,
        "name": name[:75],
        "version": "1.0.0",
        "description": f"{name[:110]}: a chat on its sites.",
        "icons": {str(size): f"icons/{size}.png" for size in _SIZES},
        "content_scripts": [
            {"matches": patterns, "js": [_SCRIPT], "run_at": "document_idle"}
        ],
        "web_accessible_resources": [
            {"resources": ["runtime/*", "assets/*"], "matches": patterns}
        ],
    }
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _icon(widget: Widget, size: int) -> bytes:
    accent = widget.theme.accent
    ground = accent.primary[:7] if accent.enabled else _INK
    ink = max(("#ffffff", "#000000"), key=lambda each: contrast(each, ground))
    return bubble_png(size, ground, ink)
