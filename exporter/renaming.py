"""Short names for what a script declares; what the page can see keeps its own.

Every declaration at the top level, with all inside it, is a region. In a region one
name stands for one variable under one new name, wherever it occurs there, so no scope
has to be known: only what is a variable and what is a property. A name that a page
may have itself (`PAGE`) is never renamed, so a variable can't be taken for the page's.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from exporter.variables import read_variables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from exporter.variables import Use

PAGE = frozenset(
    "alert atob blur btoa caches captureEvents clearInterval clearTimeout"
    " clientInformation close closed confirm console cookieStore createImageBitmap"
    " credentialless crossOriginIsolated crypto customElements devicePixelRatio"
    " dispatchEvent document documentPictureInPicture event external fence fetch find"
    " focus frameElement frames globalThis history indexedDB innerHeight innerWidth"
    " isFinite isNaN isSecureContext launchQueue length localStorage location"
    " locationbar matchMedia menubar moveBy moveTo name navigation navigator offscreen"
    " open opener origin originAgentCluster outerHeight outerWidth pageXOffset"
    " pageYOffset parent parseFloat parseInt performance personalbar postMessage"
    " print prompt queryLocalFonts queueMicrotask removeEventListener"
    " addEventListener reportError requestAnimationFrame cancelAnimationFrame"
    " requestIdleCallback cancelIdleCallback resizeBy resizeTo scheduler screen"
    " screenLeft screenTop screenX screenY scroll scrollBy scrollTo scrollX scrollY"
    " scrollbars self sessionStorage setInterval setTimeout sharedStorage"
    " showDirectoryPicker showOpenFilePicker showSaveFilePicker speechSynthesis status"
    " statusbar stop structuredClone styleMedia toolbar top trustedTypes unescape"
    " escape undefined viewport visualViewport when window chrome crashReport eval"
    " getComputedStyle getScreenDetails getSelection releaseEvents fetchLater"
    " decodeURI decodeURIComponent encodeURI encodeURIComponent valueOf toString"
    " constructor".split()
)
_WORDS = frozenset(
    "arguments as async await break case catch class const continue debugger default"
    " delete do else export extends false finally for from function get if implements"
    " import in instanceof interface let new null of package private protected public"
    " return set static super switch this throw true try typeof var void while with"
    " yield".split()
)
_FIRST = "etnrsoiaclduphmfgwvybkxqjzETNRSOIACLDUPHMFGWVYBKXQJZ_$"
_REST = f"{_FIRST}0123456789"


def renamed(source: str, kept: frozenset[str] = frozenset()) -> str:
    """`source` with short names; those of `kept` stay as they are."""
    return _Renamer(source, kept).result()


class _Renamer:
    def __init__(self, source: str, kept: frozenset[str]) -> None:
        self._source = source
        self._fixed = PAGE | _WORDS | kept
        found = read_variables(source)
        self._uses = [use for use in found.uses if use.name not in _WORDS]
        self._bound, self._top, self._starts = found.bound, found.top, found.starts

    def result(self) -> str:
        regions = self._regions()
        bound = {n for n in self._bound if n not in self._fixed and len(n) > 1}
        free = {use.name for use in self._uses} - bound
        outer = _short(
            (u.name for u in self._uses if u.name in self._top & bound), free
        )
        parts: list[str] = []
        position = 0
        for region in regions:
            names = self._names(region, bound, free, outer)
            for use in region:
                new = names.get(use.name)
                if new is None:
                    continue
                text = f"{use.name}:{new}" if use.short else new
                parts += (self._source[position : use.start], text)
                position = use.end
        return "".join((*parts, self._source[position:]))

    def _names(
        self,
        region: list[Use],
        bound: set[str],
        free: set[str],
        outer: dict[str, str],
    ) -> dict[str, str]:
        here = {use.name for use in region}
        above = {name: outer[name] for name in here & outer.keys()}
        inner = (u.name for u in region if u.name in bound - outer.keys())
        return above | _short(inner, set(above.values()) | (here & free))

    def _regions(self) -> list[list[Use]]:
        regions: list[list[Use]] = [[] for _ in self._starts]
        at = 0
        for use in self._uses:
            while at + 1 < len(self._starts) and use.start >= self._starts[at + 1]:
                at += 1
            regions[at].append(use)
        return regions


def _short(names: Iterable[str], taken: set[str]) -> dict[str, str]:
    """New names in the order of first appearance, which compresses best."""
    fresh = (name for name in _candidates() if name not in taken | PAGE | _WORDS)
    return {name: next(fresh) for name in dict.fromkeys(names)}


def _candidates() -> Iterator[str]:
    yield from _FIRST
    for size in count(1):
        yield from _longer(size)


def _longer(size: int) -> Iterator[str]:
    if size == 0:
        yield from _FIRST
        return
    for head in _longer(size - 1):
        for tail in _REST:
            yield head + tail
