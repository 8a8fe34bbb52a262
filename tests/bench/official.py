"""The official @n8n/chat, which ours is measured beside: fetched by npm, never shipped.

Only its own prebuilt file is needed, so it is packed alone, at one version whose hash
is known.
"""

from __future__ import annotations

import base64
import hashlib
import io
import subprocess
import tarfile
from functools import cache
from pathlib import Path

PACKAGE = "@n8n/chat@1.37.0"
INTEGRITY = (
    "V1EQxDp/+rW6o/5OZgbwDfgPJXG8Jrn3TIdq7Z/26QTP90Uo3g2gv8CMnaQcphdT"
    "QVR+K06X34DOCRHXa8Tqnw=="
)
KEPT = Path(__file__).parents[2] / "node_modules" / ".official"


@cache
def official_chat() -> Path:
    """The folder of its built files; raises RuntimeError where npm has none."""
    dist = KEPT / "package" / "dist"
    if not dist.is_dir():
        _fetch()
    return dist


def _fetch() -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["npm", "pack", PACKAGE, "--silent", "--pack-destination", str(KEPT)],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    if done.returncode:
        raise RuntimeError(f"npm has no {PACKAGE}: {done.stderr[-300:]}")
    data = (KEPT / done.stdout.split()[-1]).read_bytes()
    if base64.b64encode(hashlib.sha512(data).digest()).decode() != INTEGRITY:
        raise RuntimeError(f"{PACKAGE} is not the one that was known.")
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        # Not extractall: it warns without a filter, and Debian 12's knows of none.
        for member in archive:
            if content := archive.extractfile(member):
                path = KEPT / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read())
