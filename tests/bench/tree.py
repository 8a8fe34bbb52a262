"""What a process and everything it started use: memory and processor time."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

_HEAD = re.compile(r"[0-9a-f]+-[0-9a-f]+ ")
_TICK = os.sysconf("SC_CLK_TCK")


def family(root: int) -> list[int]:
    """The process and all its descendants."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                after = (entry / "stat").read_text().rpartition(")")[2].split()
                parents[int(entry.name)] = int(after[1])
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def pss(root: int) -> float:
    """Proportional memory of the family, in MB."""
    total = 0
    for pid in family(root):
        with suppress(OSError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
    return total / 1024


def memory(root: int) -> float:
    """What the family would take if it were alone on the machine, in MB.

    Pages of files are shared with whoever else maps them, a browser next door, say, so
    their share changes from run to run; here each file's count once, and fully.
    """
    own, files = 0, dict[str, int]()
    for pid in family(root):
        with suppress(OSError):
            text = Path(f"/proc/{pid}/smaps").read_text()
            own += _own(text)
            for name, size in _mapped(text).items():
                files[name] = max(size, files.get(name, 0))
    return (own + sum(files.values())) / 1024


def _own(smaps: str) -> int:
    """KB of pages that belong to no file; shared ones by their shares."""
    total, is_file = 0, False
    for line in smaps.splitlines():
        if _HEAD.match(line):
            is_file = "/" in line and "/memfd" not in line and "/dev/shm" not in line
        elif line.startswith("Pss:") and not is_file:
            total += int(line.split()[1])
        elif line.startswith("Anonymous:") and is_file:
            total += int(line.split()[1])
    return total


def _mapped(smaps: str) -> dict[str, int]:
    """KB of each file that are in memory as they are on the disk."""
    found: dict[str, int] = {}
    name = ""
    for line in smaps.splitlines():
        if _HEAD.match(line):
            name = line.split(maxsplit=5)[5] if "/" in line else ""
            if "/memfd" in name or "/dev/shm" in name:
                name = ""
        elif name and line.startswith("Rss:"):
            found[name] = found.get(name, 0) + int(line.split()[1])
        elif name and line.startswith("Anonymous:"):
            found[name] -= int(line.split()[1])
    return found


def processor(root: int) -> float:
    """Processor time of the family so far, in seconds."""
    total = 0
    for pid in family(root):
        with suppress(OSError):
            after = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(after[11]) + int(after[12])
    return total / _TICK
