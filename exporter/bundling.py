"""Makes the runtime's bundles: its modules joined, minified and hashed, without Node.

The entry `loader.js` becomes a function expression for the per-widget script (it has
to export one function, called with `(config, host)`); every other entry becomes a
module that exports what the entry exports. The source of the runtime stays plain
modules.
"""

from __future__ import annotations

import hashlib
import posixpath
from typing import TYPE_CHECKING

from exporter.bundle import RuntimeBundles
from exporter.javascript import UnreadableScript
from exporter.modules import BundleError, Module, read_module
from exporter.renaming import renamed
from exporter.shaking import shaken
from exporter.tightening import tightened

if TYPE_CHECKING:
    from pathlib import Path

LOADER = "loader.js"
_ENTRIES = (
    "chat.js",
    "chatkit.js",
    "chatkit_extras.js",
    "chatkit_own.js",
    "scenario.js",
    "highlight.js",
    "attachments.js",
    "dictation.js",
    "drag.js",
    "font_files.js",
    "header_extras.js",
    "history.js",
    "icons_more.js",
    "invite.js",
    "markdown_rare.js",
    "n8n.js",
    "n8n_forms.js",
    "n8n_past.js",
    "n8n_refusals.js",
    "n8n_socket.js",
    "n8n_stream.js",
    "past.js",
    "portal.js",
    "rating.js",
    "reading.js",
    "row_extras.js",
    "row_looks.js",
    "sound.js",
    "styles/face_chatkit.js",
    "styles/page_modes.js",
    "styles/shapes.js",
    "texts_more.js",
    "tools.js",
    "transcript.js",
    "upload.js",
    "welcome.js",
    "locales/*.js",
)
_PAGE_NAMES = frozenset(
    "alert blur close closed confirm document event external fetch find focus frames"
    " getSelection history length localStorage location matchMedia moveBy name"
    " navigator open opener origin parent performance postMessage print prompt"
    " queueMicrotask screen scroll scrollBy scrollTo self sessionStorage status stop"
    " toolbar top window".split()
)


def bundle(root: Path) -> RuntimeBundles:
    """Bundle all entries in `root`; raises BundleError with file and line."""
    sources = _Sources(root)
    if not (root / LOADER).is_file():
        raise BundleError(f"{root} has no {LOADER}.")
    loader = _classic(sources.chain(LOADER))
    paths = sorted(path for entry in _ENTRIES for path in root.glob(entry))
    names = [path.relative_to(root).as_posix() for path in paths]
    modules = {name: _module(sources.chain(name)).encode() for name in names}
    return RuntimeBundles(_hash({LOADER: loader.encode(), **modules}), loader, modules)


class _Sources:
    """The modules of a folder, each read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._modules: dict[str, Module] = {}

    def chain(self, entry: str) -> list[Module]:
        """The entry's modules, every one after all that it imports."""
        ordered: dict[str, Module] = {}
        self._visit(entry, ordered, ())
        chain = list(ordered.values())
        _check_names(chain)
        return chain

    def _visit(
        self, path: str, ordered: dict[str, Module], above: tuple[str, ...]
    ) -> None:
        if path in ordered:
            return
        module = self._read(path)
        for wanted in module.imports:
            target = _target(module, wanted.source, wanted.line)
            if target in (*above, path):
                raise module.refusal(wanted.line, f"imports {target} in a circle.")
            self._visit_import(module, target, wanted.line, ordered, (*above, path))
            _check_imported(module, wanted.names, wanted.line, ordered[target])
        ordered[path] = module

    def _visit_import(
        self,
        module: Module,
        target: str,
        line: int,
        ordered: dict[str, Module],
        above: tuple[str, ...],
    ) -> None:
        if not (self._root / target).is_file():
            raise module.refusal(line, f"imports {target}, which is not there.")
        self._visit(target, ordered, above)

    def _read(self, path: str) -> Module:
        if path not in self._modules:
            source = (self._root / path).read_text("utf-8")
            self._modules[path] = read_module(path, source)
        return self._modules[path]


def _target(module: Module, source: str, line: int) -> str:
    if not source.startswith(("./", "../")):
        raise module.refusal(line, f"imports {source!r}, which is no relative path.")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(module.path), source))
    if target.startswith("../"):
        raise module.refusal(line, f"imports {source!r} from outside the runtime.")
    return target


def _check_imported(
    module: Module, names: tuple[str, ...], line: int, target: Module
) -> None:
    for name in names:
        if name not in target.exports:
            raise module.refusal(
                line, f"imports {name}, which {target.path} does not export."
            )


def _check_names(chain: list[Module]) -> None:
    """Refuse what changes its meaning when modules share one scope."""
    owners: dict[str, Module] = {}
    for module in chain:
        for name, line in module.declared.items():
            if name in owners:
                raise module.refusal(
                    line, f"declares {name}, as {owners[name].path} does already."
                )
            owners[name] = module
    for module in chain:
        taken = {name for wanted in module.imports for name in wanted.names}
        for name in sorted(module.used & _PAGE_NAMES & owners.keys() - taken):
            owner = owners[name]
            if owner is not module:
                raise owner.refusal(
                    owner.declared[name],
                    f"declares {name}, which {module.path} uses as the page's own.",
                )


def _module(chain: list[Module]) -> str:
    exports = chain[-1].exports
    ending = f"export{{{','.join(exports)}}};" if exports else ""
    return _small(chain, exports) + ending


def _classic(chain: list[Module]) -> str:
    entry = chain[-1]
    if len(entry.exports) != 1:
        raise entry.refusal(1, "has to export one function, called (config, host).")
    if {"config", "host"} & {name for module in chain for name in module.declared}:
        raise entry.refusal(1, "declares config or host, which the script hands in.")
    body = _small(chain, (*entry.exports, "config", "host"))
    call = f"return {entry.exports[0]}(config,host)"
    return f'function(config,host){{"use strict";{body}{call}}}'


def _small(chain: list[Module], kept: tuple[str, ...]) -> str:
    try:
        source = shaken(_joined(chain), frozenset(kept))
        return tightened(renamed(source, frozenset(kept)))
    except UnreadableScript as error:
        raise chain[-1].refusal(1, f"cannot get short names: {error}.") from error


def _joined(chain: list[Module]) -> str:
    """All modules in one scope; a part that ends without ";" gets one.

    Style sheets and texts, which need nobody, come first: like beside like compresses.
    """
    ordered = sorted(chain, key=lambda one: (0, one.path) if _is_data(one) else (1, ""))
    return "".join(
        f"{module.body}{'' if module.body.endswith(';') else ';'}" for module in ordered
    )


def _is_data(module: Module) -> bool:
    return module.path.startswith(("styles/", "locales/")) and not module.imports


def _hash(parts: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, data in sorted(parts.items()):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()[:16]
