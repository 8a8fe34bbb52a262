"""What this process and its children hold, shared pages by share."""

import os
from pathlib import Path


def proportional_mb() -> float:
    """PSS of the whole tree in MB; raises OSError where the system tells none."""
    return sum(map(_pss, _tree(os.getpid()))) / 1024


def _pss(process: int) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _tree(process: int) -> list[int]:
    found = [process]
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += _tree(int(child))
    return found
