"""The code that puts a hosted widget on a page, for every mode and target.

A target is one template in `resources/templates/snippets`: a comment with facts in
TOML, then the code. Lines "=== Title" part alternatives; the first is the code.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from exporter.contract.errors import InputError
from exporter.contract.layout import MODES, Mode
from exporter.contract.values import web_address

if TYPE_CHECKING:
    from jinja2 import Environment

    from exporter.contract.widget import Widget

_TEMPLATES = "resources.templates.snippets"
_FACTS = re.compile(r"\{#\n(.*?)\n#\}", re.DOTALL)
_PARTING = re.compile(r"^=== (.+)\n", re.MULTILINE)


@dataclass(frozen=True)
class Target:
    """Where code can go; `modes` are those it can express."""

    name: str
    title: str
    language: str
    order: int
    modes: tuple[Mode, ...]
    notes: tuple[str, ...]
    guides: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Snippet:
    """Code to paste: `alternatives` as (title, code), `place` and `steps` in words,
    `notes` on what the target or the widget cannot do.
    """

    target: str
    mode: Mode
    language: str
    code: str
    alternatives: tuple[tuple[str, str], ...]
    place: str
    steps: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Context:
    """All that a template may name."""

    mode: Mode
    mode_attribute: str
    script_url: str
    page_url: str
    element_id: str
    title: str
    allow: str
    width: str
    height: str


def snippet(
    widget: Widget, host: str, *, target: str = "html", mode: Mode | None = None
) -> Snippet:
    """The code for a widget on `host`; `mode` is the widget's own where left out.

    Raises InputError for a host, target or mode that cannot be.
    """
    chosen, wanted = _target(target), mode or widget.layout.mode
    if wanted not in chosen.modes:
        able = ", ".join(chosen.modes)
        raise InputError(
            f"{chosen.title} has no {MODES[wanted].lower()}.",
            f"Choose one of {able}, or another target.",
        )
    context = _context(widget, checked_host(host), wanted)
    text = _environment().get_template(f"{target}.j2").render(asdict(context))
    code, *rest = _PARTING.split(text)
    guide = chosen.guides[wanted]
    return Snippet(
        target=target,
        mode=wanted,
        language=chosen.language,
        code=code.strip() + "\n",
        alternatives=tuple(
            (title, part.strip() + "\n")
            for title, part in zip(rest[::2], rest[1::2], strict=True)
        ),
        place=guide["place"],
        steps=tuple(guide["steps"]),
        notes=chosen.notes + _notes(widget),
    )


@cache
def targets() -> tuple[Target, ...]:
    """All targets, in the order people look for them."""
    folder = files(_TEMPLATES.partition(".")[0]).joinpath("templates/snippets")
    found = (
        _read_target(entry.name.removesuffix(".j2"), entry.read_text("utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".j2")
    )
    return tuple(sorted(filter(None, found), key=lambda target: target.order))


def checked_host(host: str) -> str:
    """The server's address without a slash at its end; raises InputError."""
    try:
        address = web_address(host.strip())
    except ValueError as error:
        reason = getattr(error, "message", None)
        words = reason() if callable(reason) else str(error)
        raise InputError(f"The host {host[:80]!r} {words}.", _HOST_HINT) from error
    parts = urlsplit(address)
    if not address or parts.query or parts.fragment or "?" in host or "#" in host:
        raise InputError(f"The host {host[:80]!r} is no server's address.", _HOST_HINT)
    return address.rstrip("/")


_HOST_HINT = "Write it like https://chat.example.com."


def _target(name: str) -> Target:
    for target in targets():
        if target.name == name:
            return target
    known = ", ".join(target.name for target in targets())
    raise InputError(f"There is no target {name[:40]!r}.", f"There are: {known}.")


def _read_target(name: str, text: str) -> Target | None:
    match = _FACTS.match(text)
    if match is None:
        return None  # parts that templates share
    facts = tomllib.loads(match[1])
    return Target(
        name=name,
        title=facts["title"],
        language=facts["language"],
        order=facts["order"],
        modes=tuple(facts["modes"]),
        notes=tuple(facts.get("notes", ())),
        guides={mode: facts[mode] for mode in facts["modes"]},
    )


def _context(widget: Widget, host: str, mode: Mode) -> _Context:
    inline = widget.layout.inline
    sized = mode == "inline"
    filled = not sized or inline.fill_width
    return _Context(
        mode=mode,
        mode_attribute="" if mode == widget.layout.mode else mode,
        script_url=f"{host}/w/{widget.key}.js",
        page_url=_page(widget, host, mode),
        element_id=f"vitrine-{widget.key}",
        title=spoken_name(widget),
        allow=_allowed(widget),
        width="100%" if filled else f"{inline.width}px",
        height=f"{inline.height}px" if sized else "100dvh",
    )


def _page(widget: Widget, host: str, mode: Mode) -> str:
    shown = "portal" if widget.layout.mode == "portal" else "fullpage"
    other = mode in ("fullpage", "portal") and mode != shown
    return f"{host}/chat/{widget.key}" + (f"?mode={mode}" if other else "")


def spoken_name(widget: Widget) -> str:
    """What the chat is called: its accessible name, its title or its own name."""
    title = widget.header.title
    return (
        widget.behavior.frame_title
        or (title.text if title.enabled else "")
        or widget.name
    )


def _allowed(widget: Widget) -> str:
    dictation = ("microphone",) if widget.composer.dictation.enabled else ()
    return "; ".join((*dictation, "clipboard-write"))


def _notes(widget: Widget) -> tuple[str, ...]:
    if widget.domains or widget.any_site:
        return ()
    return (
        "No site may carry this widget yet: add the customer's under Sites, "
        "or the server refuses it.",
    )


@cache
def _environment() -> Environment:
    from exporter.templates import environment

    return environment("snippets")
