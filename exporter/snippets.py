"""The code that puts a hosted widget on a page, for every mode and target.

A target is one template in `resources/templates/snippets`: a comment with facts in
TOML, then the code. Lines "=== Title" part alternatives; the first is the code.
The facts: `title`, `language`, `order`, `modes`; a guide (`place`, `steps`) under
`[all]`, or under a mode's own name where it differs; `notes` on what the target
cannot do, for all modes or in a mode's guide; `provider` where the code is that
vendor's own; `ancestors`, the sites whose frames will hold the page.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from exporter.colors import contrast
from exporter.contract.errors import InputError
from exporter.contract.layout import MODES, Mode
from exporter.contract.provider import Native
from exporter.contract.values import web_address
from exporter.providers.registry import provider

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

    from exporter.code_text import Language
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
    provider: str = ""
    ancestors: tuple[str, ...] = ()

    def fits(self, widget: Widget) -> bool:
        """Whether it can hold this provider's widgets."""
        return self.provider in ("", widget.provider)


@dataclass(frozen=True)
class Snippet:
    """Code to paste: `alternatives` as (title, code), `place` and `steps` in words,
    `notes` on what the target or the widget cannot do. `address` is the chat page's.
    """

    target: str
    mode: Mode
    language: str
    code: str
    alternatives: tuple[tuple[str, str], ...]
    place: str
    steps: tuple[str, ...]
    notes: tuple[str, ...]
    address: str = ""


@dataclass(frozen=True)
class _Context:
    """All that a template may name."""

    mode: Mode
    mode_attribute: str
    script_url: str
    page_url: str
    key: str
    element_id: str
    title: str
    greeting: str
    accent: str
    on_accent: str
    allow: str
    width: str
    height: str
    native: Mapping[str, Any]


def snippet(
    widget: Widget, host: str, *, target: str = "html", mode: Mode | None = None
) -> Snippet:
    """The code for a widget on `host`; `mode` is the widget's own where left out.

    Raises InputError for a host, target or mode that cannot be.
    """
    chosen, wanted = _target(target), mode or widget.layout.mode
    if not chosen.fits(widget):
        raise InputError(
            f"{chosen.title} is not for {provider(widget.provider).title}.",
            "Choose another target.",
        )
    if wanted not in chosen.modes:
        able = ", ".join(chosen.modes)
        raise InputError(
            f"{chosen.title} has no {MODES[wanted].lower()}.",
            f"Choose one of {able}, or another target.",
        )
    native = _native(widget, chosen)
    context = _context(widget, checked_host(host), wanted, native.values)
    text = _environment().get_template(f"{target}.j2").render(vars(context))
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
        address=context.page_url,
        notes=(
            *chosen.notes,
            *guide.get("notes", ()),
            *native.notes,
            *_notes(widget, chosen),
        ),
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


_INK = "#24272d"
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
        guides={
            mode: {**facts.get("all", {}), **facts.get(mode, {})}
            for mode in facts["modes"]
        },
        provider=facts.get("provider", ""),
        ancestors=tuple(facts.get("ancestors", ())),
    )


def _native(widget: Widget, target: Target) -> Native:
    make = provider(widget.provider).native
    return make(widget) if target.provider and make else Native({})


def _context(
    widget: Widget, host: str, mode: Mode, native: Mapping[str, Any]
) -> _Context:
    inline = widget.layout.inline
    accent = widget.theme.accent.primary[:7] if widget.theme.accent.enabled else _INK
    sized = mode == "inline"
    filled = not sized or inline.fill_width
    return _Context(
        mode=mode,
        mode_attribute="" if mode == widget.layout.mode else mode,
        script_url=f"{host}/w/{widget.key}.js",
        page_url=_page(widget, host, mode),
        key=widget.key,
        element_id=f"vitrine-{widget.key}",
        title=spoken_name(widget),
        greeting=widget.start_screen.greeting,
        accent=accent,
        on_accent=max("#ffffff", "#000000", key=lambda ink: contrast(ink, accent)),
        allow=_allowed(widget),
        width="100%" if filled else f"{inline.width}px",
        height=f"{inline.height}px" if sized else "100dvh",
        native=native,
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


def _notes(widget: Widget, target: Target) -> tuple[str, ...]:
    if target.provider or widget.any_site:
        return ()
    if not widget.domains and not target.ancestors:
        return (
            "No site may carry this widget yet: add the customer's under Sites, "
            "or the server refuses it.",
        )
    rules = widget.domain_rules()
    closed = [site for site in target.ancestors if not rules.allows(_origin(site))]
    if not closed:
        return ()
    return (
        f"{target.title} shows the chat in a frame of its own: add "
        f"{' and '.join(closed)} under Sites, or the frame stays empty.",
    )


def _origin(site: str) -> str:
    return "https://" + site.replace("*.", "any.")


@cache
def _environment() -> Environment:
    from exporter.code_text import JAVASCRIPT, PHP, PYTHON, written
    from exporter.templates import environment

    made = environment("snippets")
    for name, language in (("js", JAVASCRIPT), ("php", PHP), ("python", PYTHON)):
        made.filters[name] = _code_filter(written, language)
    made.filters["css"] = _css
    made.filters["jsx"] = lambda value: "{" + made.filters["js"](value) + "}"
    made.globals["qr"] = _qr
    return made


def _code_filter(write: Any, language: Language) -> Any:
    """`{{ value | js }}`, or `{{ value | js(4) }}` in a line four blanks deep."""
    from markupsafe import Markup

    return lambda value, indent=0: Markup(write(value, language, indent))


def _css(value: str) -> Any:
    """A value in a style element, which no value can end."""
    from markupsafe import Markup

    return Markup(value.replace("<", r"\3c "))


def _qr(address: str) -> str:
    from exporter.qr import svg

    return svg(address)
