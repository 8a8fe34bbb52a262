"""What leaves the app: snippets, packages, many of them, and the check."""

from __future__ import annotations

import tempfile
import time
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from exporter.audit import audit
from exporter.editing import with_values
from exporter.files import write_widget
from exporter.packages import website
from exporter.providers.registry import provider
from exporter.snippets import snippet, targets
from main import main
from tests.bench.measure import Measure, single

if TYPE_CHECKING:
    from collections.abc import Callable

    from exporter.contract.widget import Widget

HOST = "https://chat.example.com"
_MANY = 200


def measures() -> list[Measure]:
    """Times are of a warm process, as the app is one when it exports."""
    widgets = _widgets()
    slowest = max(
        _milliseconds(
            lambda target=target, mode=mode, widget=widget: snippet(
                widget, HOST, target=target.name, mode=mode
            )
        )
        for target in targets()
        for mode in target.modes
        for widget in widgets
        if target.fits(widget)
    )
    one = widgets[0]
    packed = _milliseconds(lambda: website(one).zipped())
    checked = _milliseconds(lambda: audit(one, host=HOST))
    return [
        single("slowest snippet of all targets and modes", slowest, limit=5, unit="ms"),
        single("website package, zipped", packed, limit=500, unit="ms"),
        single("whole check without a network", checked, limit=150, unit="ms"),
        single(
            "widgets packed a second", _packed(one), limit=50, unit="/s", at="least"
        ),
    ]


def _widgets() -> tuple[Widget, Widget]:
    n8n = {"connection.webhook_url": "https://n8n.example/webhook/1/chat"}
    chatkit = {"connection.workflow_id": "wf_1"}
    return (
        with_values(provider("n8n").samples()[0], n8n),
        with_values(provider("chatkit").samples()[0], chatkit),
    )


def _milliseconds(job: Callable[[], object]) -> float:
    """The median of seven runs, after one to warm up; none of them waits for anything.

    Of the processor's time, so that neighbours on the machine do not count.
    """
    job()
    times = []
    for _ in range(7):
        before = time.process_time()
        job()
        times.append(1000 * (time.process_time() - before))
    return median(times)


def _packed(widget: Widget) -> float:
    """Widgets a second, through the command, each with a name of its own."""
    with tempfile.TemporaryDirectory() as name:
        files = []
        for number in range(_MANY):
            file = Path(name, f"w{number}.widget.json")
            file.write_bytes(write_widget(with_values(widget, {"name": str(number)})))
            files.append(str(file))
        before = time.perf_counter()
        with redirect_stderr(StringIO()):
            main(["package", *files, "-o", str(Path(name, "out"))])
        return _MANY / (time.perf_counter() - before)
