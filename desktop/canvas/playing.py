"""What happens on all devices together: a conversation, a moment of it, or no time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.canvas.scenario_writing import ScenarioWriting
from desktop.canvas.states import MOMENTS
from desktop.canvas.time_stop import TimeStop

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.canvas.bar import Bar
    from desktop.canvas.showing import Showing
    from desktop.canvas.wall import Wall


class Playing(QObject):
    """`begun` when the pages have to load for it."""

    begun = Signal()

    def __init__(
        self, showing: Showing, wall: Wall, bar: Bar, folder: Path | None
    ) -> None:
        super().__init__(wall)
        self._showing, self._wall = showing, wall
        self.time = TimeStop(wall)
        self.writing = ScenarioWriting(folder, bar, self)
        bar.scenario_chosen.connect(self.play)
        bar.moment_chosen.connect(self.show_moment)
        bar.time.connect(self.time.toggle_time)
        self.time.changed.connect(bar.set_stopped)
        self.writing.written.connect(self.play)
        self.writing.gone.connect(self._on_gone)

    def show_moment(self, name: str) -> None:
        """Stop every device at a moment of the conversation (a name of MOMENTS)."""
        self._showing.moment, self._showing.scenario = name, ""
        up = MOMENTS[name].keyboard
        self._wall.change_all(lambda spot: spot._replace(keyboard=up))
        self.begun.emit()

    def play(self, scenario: str) -> None:
        """Play a scripted conversation from its start; "" plays none."""
        self.time.set_stopped(on=False)
        self._showing.scenario, self._showing.moment = scenario, ""
        self.begun.emit()

    def _on_gone(self, name: str) -> None:
        if self._showing.scenario == name:
            self.play("")
