"""The queue on disk: whole or not there, whatever happens in the middle."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.export.queue import Queue, Waiting
from exporter.contract.errors import InputError, WorldError
from exporter.editing import with_values
from exporter.providers.registry import providers

WIDGET = providers()[0].samples()[0]
ITEM = Waiting(
    host="https://chat.acme.example",
    widget=WIDGET,
    seen=3,
    live=True,
    note="why",
    queued_at="2026-11-22T00:00:00+00:00",
)


@pytest.mark.parametrize("kind", providers(), ids=lambda kind: kind.name)
def test_what_is_put_comes_back_as_it_was(kind: object, tmp_path: Path) -> None:
    queue = Queue(tmp_path / "deep" / "queue")
    assert queue.items() == ((), ())
    widget = with_values(kind.samples()[0], {"name": "🙂 </script> “q”"})  # type: ignore[attr-defined]
    item = replace(ITEM, widget=widget, by_itself=True, problem="It was away.")
    queue.put(item)
    assert queue.items() == ((item,), ())
    queue.remove(item.place)
    queue.remove(item.place)
    assert queue.items() == ((), ())


def test_the_same_widget_and_server_wait_once_and_the_oldest_first(
    tmp_path: Path,
) -> None:
    queue = Queue(tmp_path)
    later = replace(
        ITEM, host="https://two.example", queued_at="2026-11-23T00:00:00+00:00"
    )
    queue.put(later)
    queue.put(replace(ITEM, note="old"))
    queue.put(ITEM)
    assert queue.items()[0] == (ITEM, later)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"format": "vitrine.queued", "version": 2}', "\x00"]
)
def test_a_damaged_file_stays_and_is_told(text: str, tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    queue.put(ITEM)
    (tmp_path / "aa.json").write_text(text)
    waiting, broken = queue.items()
    assert waiting == (ITEM,)
    assert [one.place for one in broken] == ["aa.json"]
    assert broken[0].problem
    assert (tmp_path / "aa.json").exists()


def test_only_what_the_world_did_is_tried_again_by_itself(tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    chosen = replace(ITEM, by_itself=True)
    queue.refused(chosen, WorldError("It is away."))
    assert queue.items()[0] == (replace(chosen, problem="It is away."),)
    queue.refused(chosen, InputError("It is refused."))
    assert not queue.items()[0][0].by_itself


def test_no_secret_is_in_a_file_and_nobody_else_reads_the_folder(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "queue"
    Queue(folder).put(ITEM)
    assert folder.stat().st_mode & 0o077 == 0
    assert b"vit_" not in (folder / ITEM.place).read_bytes()


_KILLED = """
import os, sys
from pathlib import Path
from dataclasses import replace
import exporter.saving as saving
from tests.unit.desktop.export.test_queue import ITEM
from desktop.export.queue import Queue
real, moment = getattr(saving.os, sys.argv[2]), sys.argv[2]
setattr(saving.os, moment, lambda *a, **k: os._exit(9))
Queue(Path(sys.argv[1])).put(replace(ITEM, note="new"))
"""


@pytest.mark.parametrize("moment", ["fdopen", "fsync", "replace"])
def test_a_kill_in_the_middle_leaves_the_old_one(moment: str, tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    queue.put(replace(ITEM, note="old"))
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(tmp_path), moment],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[4])},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 9, done.stderr
    assert [item.note for item in queue.items()[0]] == ["old"]
    assert queue.items()[1] == ()
    queue.tidy()
    assert os.listdir(tmp_path) == [ITEM.place]
