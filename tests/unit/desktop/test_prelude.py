"""Imports after the prelude are Python's own, and PySide works all the same."""

from __future__ import annotations

import subprocess
import sys

_BEGUN = """
import builtins, gc
from desktop.prelude import begin
{before}
begin()
import json.tool
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
import shibokensupport.feature as feature

class Teller(QObject):
    told = Signal(int)

app = QCoreApplication([])
teller = Teller()
teller.told.connect(lambda number: (print(number), app.quit()))
QTimer.singleShot(0, lambda: teller.told.emit(7))
app.exec()
print("json.tool" in feature.pyside_feature_dict, gc.isenabled())
"""


def _said(before: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _BEGUN.format(before=before)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout + done.stderr


def test_no_source_is_read_by_pyside() -> None:
    assert _said("") == "7\nFalse False\n"


def test_a_pyside_without_that_importer_is_left_alone() -> None:
    before = (
        "import PySide6.QtCore; builtins.__import__ = builtins.__orig_import__; "
        "del builtins.__orig_import__"
    )
    assert _said(before) == "7\nFalse False\n"
