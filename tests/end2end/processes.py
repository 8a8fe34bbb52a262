"""A process and all that came from it."""

from __future__ import annotations

import subprocess


def family(first: int) -> list[int]:
    """A process and all that came from it, the web engine's among them."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,ppid=", "-A"], capture_output=True, text=True, check=True
    )
    rows = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    found = [first]
    for parent in found:
        found += [pid for pid, above in rows if above == parent]
    return found
