"""A whole widget can be set up by ear and by Tab alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(240)
def test_everything_has_a_name_and_tab_reaches_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.end2end.listener"],
        env={**os.environ, "VITRINE_DATA": str(tmp_path), "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert not [*tmp_path.glob("crashes/*")], done.stderr[-3000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    assert {place: what["nameless"] for place, what in seen.items()} == {
        place: [] for place in seen
    }
    for title, last in (("Blank n8n", "Webhook URL"), ("Blank ChatKit", "Workflow ID")):
        stops = seen[f"{title}, show_session"]["stops"]
        begin = stops.index("All widgets")
        stops = [*stops[begin:], *stops[:begin]]
        assert last in " ".join(stops)
        page = next(n for n, name in enumerate(stops) if name.startswith("The page on"))
        # Bar, sidebar, devices and their bar, inspector: as one reads.
        order = [
            *("All widgets", "Copy embed code", "Find a setting", "Connection"),
            *(stops[page], "Put one more device up", "Session"),
        ]
        assert [stops.index(name) for name in order] == sorted(map(stops.index, order))
        assert len(stops) > 150
        # Inspector, bar, sidebar, and the devices again.
        assert len(set(seen[f"{title}, show_session"]["parts"])) == 4
    library = seen["library"]["stops"]
    assert library.index("Blank n8n") < library.index("Search widgets")
    assert library.index("Search widgets") < library.index("Widgets")
