"""`GET /w/KEY.js`: the script of one widget, kept ready for each of its versions."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from exporter.script import disabled_script, widget_script
from server.encoding import Encoded, encoded, send_encoded
from server.messages import NOSNIFF, Request, Response
from server.parts import ABSENCES, Absence, Policy, Published

if TYPE_CHECKING:
    from exporter.bundle import RuntimeBundles

_KEPT_BYTES = 64 * 1024 * 1024
_HEADERS = (
    ("content-type", "text/javascript; charset=utf-8"),
    NOSNIFF,
    ("cross-origin-resource-policy", "cross-origin"),
)


class Scripts:
    """Makes and keeps scripts; a key's entry is its own, never another's."""

    def __init__(self, bundles: RuntimeBundles, policy: Policy) -> None:
        self._bundles = bundles
        self._policy = policy
        self._kept: OrderedDict[tuple[str, str, str], Encoded] = OrderedDict()
        self._size = 0

    def response(self, request: Request, found: Published | Absence) -> Response:
        """The widget's script, or one that only says why there is none."""
        if isinstance(found, Absence):
            content = encoded(disabled_script(ABSENCES[found]).encode(), compress=False)
        else:
            content = self._script(request, found)
        cache = ("cache-control", self._policy.script_cache)
        return send_encoded(request, content, (*_HEADERS, cache))

    def _script(self, request: Request, published: Published) -> Encoded:
        variant = self._policy.variant(request)
        if variant is None:
            return self._make(request, published)
        place = (published.key, published.version, variant)
        content = self._kept.get(place)
        if content is None:
            content = self._make(request, published)
            self._keep(place, content)
        else:
            self._kept.move_to_end(place)
        return content

    def _make(self, request: Request, published: Published) -> Encoded:
        host = {
            "kind": self._policy.kind,
            "base": self._policy.base,
            "runtime": self._bundles.addresses(),
            **self._policy.host_values(request, published),
        }
        config = self._policy.config(request, published)
        script = widget_script(config, host, self._bundles)
        return encoded(script.encode(), compress=self._policy.compress)

    def _keep(self, place: tuple[str, str, str], content: Encoded) -> None:
        self._kept[place] = content
        self._size += _size(content)
        while self._size > _KEPT_BYTES and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._size -= _size(oldest)


def _size(content: Encoded) -> int:
    return sum(map(len, content.bodies.values()))
