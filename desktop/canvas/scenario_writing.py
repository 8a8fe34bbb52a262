"""Writing, changing and deleting conversations of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.canvas.own_scenarios import OwnScenario, OwnScenarios
from desktop.canvas.scenarios import scenarios
from desktop.canvas.states import moments

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.canvas.bar import Bar
    from desktop.canvas.scenario_editor import ScenarioEditor

EXAMPLE = OwnScenario(
    "My conversation",
    "Visitor: Do you deliver on Saturdays?\n"
    "Assistant: We do, until **two in the afternoon**.\n\n"
    "- Order by Friday noon\n- It costs nothing more\n"
    "Buttons: Choose a time | Not now\n",
)


class ScenarioWriting(QObject):
    """Keeps the bar's menu up to date; `written(name)` when one is to be played.

    `gone(name)` when one was deleted. `write_scenario` is a command.
    """

    written = Signal(str)
    gone = Signal(str)

    def __init__(self, folder: Path | None, bar: Bar, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self.own = OwnScenarios(folder, self)
        self.editor: ScenarioEditor | None = None
        self.own.changed.connect(self.offer)
        bar.scenario_edited.connect(self.edit)

    def offer(self) -> None:
        """List all that can be played."""
        own = tuple((name, one.title) for name, one in self.own.kept.items())
        self._bar.set_scenarios((*scenarios(), *own), moments(), own)

    def write_scenario(self) -> None:
        """Write a new one."""
        self.edit("")

    def edit(self, name: str) -> None:
        """Open the form for one of one's own; no name is a new one."""
        from desktop.canvas.scenario_editor import ScenarioEditor  # rarely needed

        scenario = self.own.kept.get(name, EXAMPLE)
        new = name not in self.own.kept
        if self.editor is not None:
            self.editor.deleteLater()
        self.editor = ScenarioEditor(scenario, new=new, parent=self._bar.window())
        self.editor.made.connect(lambda made: self._on_made(name, made))
        self.editor.unwanted.connect(lambda: self._on_unwanted(name))
        self.editor.open()

    def _on_made(self, name: str, made: OwnScenario) -> None:
        self.written.emit(self.own.put(name, made))

    def _on_unwanted(self, name: str) -> None:
        self.own.remove(name)
        self.gone.emit(name)
