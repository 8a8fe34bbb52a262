"""Bodies in the encodings browsers accept, each with its own ETag."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from server.messages import Request, Response

_ACCEPTED = re.compile(r"\s*([a-z*-]+)\s*(?:;\s*q=([\d.]+))?\s*", re.IGNORECASE)


class Encoded(NamedTuple):
    """One body in one or more encodings, by their HTTP name ("" as it is)."""

    etag: str
    bodies: dict[str, bytes]

    def choose(self, accept_encoding: str) -> str:
        """The smallest encoding that the client takes."""
        accepted = accepted_encodings(accept_encoding)
        usable = [name for name in self.bodies if not name or name in accepted]
        return min(usable, key=lambda name: len(self.bodies[name]))


def encoded(body: bytes, *, compress: bool, quality: int = 5) -> Encoded:
    """Prepare a body; `quality` is brotli's, 0 (fast) to 11 (small)."""
    bodies = {"": body}
    if compress:
        # Not needed where nothing is compressed; brotli has no types.
        import gzip

        import brotli  # type: ignore[import-untyped]

        bodies["br"] = brotli.compress(body, quality=quality)
        bodies["gzip"] = gzip.compress(body, min(quality, 9), mtime=0)
    return Encoded(hashlib.sha256(body).hexdigest()[:20], bodies)


def send_encoded(
    request: Request, content: Encoded, headers: tuple[tuple[str, str], ...]
) -> Response:
    """The answer in the client's encoding, or 304 where it has it already."""
    name = content.choose(request.headers.get("accept-encoding", ""))
    etag = f'"{content.etag}{"-" + name if name else ""}"'
    common = (("etag", etag), ("vary", "accept-encoding"), *headers)
    if _matches(request.headers.get("if-none-match", ""), etag):
        kept = tuple(item for item in common if item[0] != "content-type")
        return Response(304, kept)
    encoding = (("content-encoding", name),) if name else ()
    return Response(200, (*common, *encoding), content.bodies[name])


def accepted_encodings(text: str) -> set[str]:
    """The encodings that an Accept-Encoding takes, in lower case."""
    names = set()
    for item in text.split(","):
        match = _ACCEPTED.fullmatch(item)
        if match and _weight(match[2]) > 0:
            names.add(match[1].lower())
    return names


def _matches(if_none_match: str, etag: str) -> bool:
    known = {item.strip().removeprefix("W/") for item in if_none_match.split(",")}
    return etag in known or "*" in known


def _weight(text: str | None) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0
