"""A widget as files to hand over; a kind is one module of `exporter.kinds`.

Here are what all kinds share and the first of them: the website, with no server of
ours behind it, so that its page talks straight to the backend. The same widget and
the same runtime give the same bytes, in the folder and in the zip.
"""

from __future__ import annotations

import base64
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha384
from importlib import import_module
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from exporter.assets import Assets
from exporter.bundle import runtime_bundles
from exporter.contract.errors import InputError
from exporter.files import write_widget
from exporter.providers.registry import provider
from exporter.runtime_config import runtime_config
from exporter.saving import MANIFEST, manifest
from exporter.script import script_json, widget_script
from exporter.snippets import spoken_name
from exporter.zipping import zipped

if TYPE_CHECKING:
    from jinja2 import Environment

    from exporter.bundle import RuntimeBundles
    from exporter.contract.widget import Widget

KINDS = {
    "website": "A folder for any static host",
    "portal": "A page of its own, to link to",
    "extension": "A browser extension that brings the chat to its sites",
    "wordpress": "A plugin for WordPress",
    "selfhost": "The server, ready to run, with this widget in it",
    "upload": "A file for the hosted server",
}
"""What can be made, each with a line."""

_SCRIPT = "widget.js"
_PREVIEW_ONLY = ("scenario.js",)
_SITES = "Allowed sites are not enforced: whoever has the files can put them anywhere."


@dataclass(frozen=True)
class Package:
    """Files by their path ("/" between parts), and what their owner must know.

    `root` is the folder all of them stand in, with its slash, where there is one.
    """

    files: dict[str, bytes]
    notes: tuple[str, ...]
    root: str = ""

    @property
    def size(self) -> int:
        """All files together, in bytes."""
        return sum(map(len, self.files.values()))

    def zipped(self) -> bytes:
        """The same files as a zip that never varies."""
        listed = {self.root + MANIFEST: manifest(self.files)}
        return zipped({**self.files, **listed})


@dataclass(frozen=True)
class _Context:
    """All that the templates of a package may name."""

    name: str
    title: str
    lang: str
    mode: str
    script: str
    integrity: str
    import_map: str
    policy: str
    element_id: str
    dark: bool
    auto: bool
    notes: tuple[str, ...]


def make_package(widget: Widget, kind: str = "website", *, host: str = "") -> Package:
    """The widget as one of KINDS; raises InputError where it cannot be one.

    `host` is the server's address for kinds that can, or must, name one.
    """
    if kind not in KINDS:
        raise InputError(f"There is no kind {kind[:40]!r}.", f"There are: {_kinds()}.")
    made: Package = import_module(f"exporter.kinds.{kind}").make(widget, host)
    return made


def website(widget: Widget) -> Package:
    """The widget as a website; raises InputError where it can't work as one."""
    alone = provider(widget.provider).standalone(widget)
    notes = (*alone.notes, *((_SITES,) if widget.domains else ()))
    bundles, assets = runtime_bundles(), Assets()
    script = static_script(alone.widget, bundles, assets)
    context = _context(alone.widget, script, bundles, notes)
    written = {
        _SCRIPT: script,
        "index.html": rendered("index.html.j2", asdict(context)),
        "README.txt": rendered("README.txt.j2", asdict(context)),
        "NOTICE.txt": rendered("NOTICE.txt.j2", {}),
        "design.widget.json": write_widget(alone.widget),
    }
    return Package({**written, **assets.files, **runtime_files(bundles)}, notes)


def _kinds() -> str:
    return ", ".join(KINDS)


def static_script(
    widget: Widget,
    bundles: RuntimeBundles,
    assets: Assets,
    *,
    base: str = "document.currentScript.src",
) -> bytes:
    """The script of a widget without a server; `base` says where its files lie.

    `assets` gets the pictures and fonts that were inside the widget.
    """
    addresses = {
        name: path
        for name, path in bundles.addresses().items()
        if f"{name}.js" not in _PREVIEW_ONLY
    }
    host = {"kind": "static", "base": "", "runtime": addresses}
    config = assets.take_out(runtime_config(widget), widget)
    script = widget_script(config, host, bundles)
    return assets.resolved(script, base).encode()


def runtime_files(bundles: RuntimeBundles) -> dict[str, bytes]:
    """The runtime's files as visitors load them."""
    return {
        f"runtime/{bundles.hash}/{name}": data
        for name, data in bundles.files.items()
        if name not in _PREVIEW_ONLY
    }


def _context(
    widget: Widget, script: bytes, bundles: RuntimeBundles, notes: tuple[str, ...]
) -> _Context:
    locale, scheme = widget.texts.locale, widget.theme.color_scheme
    return _Context(
        name=widget.name,
        title=spoken_name(widget),
        lang="en" if locale == "auto" else locale,
        mode=widget.layout.mode,
        script=_SCRIPT,
        integrity=_integrity(script),
        import_map=_import_map(bundles),
        policy=_policy(widget),
        element_id=f"vitrine-{widget.key}",
        dark=scheme == "dark",
        auto=scheme == "auto",
        notes=notes,
    )


def _policy(widget: Widget) -> str:
    needs = provider(widget.provider).page_needs(widget)
    return "; ".join(
        " ".join((name, "'self'", *sources))
        for name, sources in (
            ("script-src", needs.scripts),
            ("connect-src", needs.connections),
            ("frame-src", needs.frames),
        )
    )


def _import_map(bundles: RuntimeBundles) -> str:
    """Integrity of the modules that the script asks for later."""
    sums: dict[str, Any] = {
        f"./runtime/{bundles.hash}/{name}": value
        for name, value in sorted(bundles.sri.items())
        if name not in _PREVIEW_ONLY
    }
    return script_json({"integrity": sums})


def _integrity(data: bytes) -> str:
    return "sha384-" + base64.b64encode(sha384(data).digest()).decode()


def rendered(name: str, context: dict[str, Any]) -> bytes:
    """A template of `resources/templates/packages`, filled in."""
    return _environment().get_template(name).render(context).encode()


@cache
def _environment() -> Environment:
    from exporter.code_text import PHP, written
    from exporter.templates import environment

    made = environment("packages")
    made.filters["php"] = lambda value: Markup(written(value, PHP))
    return made
