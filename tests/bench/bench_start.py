"""Cold starts: a painted window, and a preview that can be used."""

from __future__ import annotations

import tempfile
from pathlib import Path

from desktop.first_page import FirstPage
from desktop.picturing import serving
from desktop.store.folder import DataFolder
from tests.bench.measure import Measure, paired
from tests.bench.process import until_said


def measures() -> list[Measure]:
    """Both starts beside their floors."""
    with tempfile.TemporaryDirectory() as folder:
        place = {"VITRINE_DATA": folder}
        until_said("first_run.py", **place)()
        return [_window(place), _preview(place, Path(folder))]


def _window(place: dict[str, str]) -> Measure:
    return paired(
        "cold start to a painted window ÷ a bare one",
        until_said("our_window.py", **place),
        until_said("bare_window.py"),
        limit=1.6,
        unit="s",
        runs=9,
    )


def _preview(place: dict[str, str], folder: Path) -> Measure:
    remembered = FirstPage(DataFolder(folder)).read()
    assert remembered is not None
    from desktop.store.glance import last_widget

    widget = last_widget(DataFolder(folder).database)
    assert widget is not None
    with serving([widget]) as base:
        address = f"{base}/preview/{widget.key}?state=open&site=shop"
        return paired(
            "cold start to a usable preview ÷ a bare view of the page",
            until_said("our_preview.py", **place),
            until_said("bare_view.py", address, widget.key),
            limit=1.6,
            unit="s",
            runs=15,
        )
