"""From an edit to changed pixels, and what a storm of edits leaves behind."""

from __future__ import annotations

from tests.bench.measure import Measure, single
from tests.bench.process import facts


def measures() -> list[Measure]:
    """All from one process with document, canvas, host and a real page."""
    found = facts("edit.py")
    return [
        Measure(
            "slider move to changed pixels ÷ a bare runJavaScript",
            found["ours"],
            found["bare"],
            found["ratio"],
            1.5,
            "most",
            "ms",
        ),
        single(
            "after 250 changes a second: frames later than one edit alone",
            found["frames"],
            limit=2,
            unit="frames",
        ),
        single(
            "after 250 changes a second: patches still to be sent",
            found["patches"],
            limit=1,
            unit="patches",
        ),
        single("document.set", found["set"], limit=1, unit="ms"),
    ]
