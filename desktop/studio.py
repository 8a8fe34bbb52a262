"""The studio: the open widget, and everything that works on it.

Made once, when the first widget is there; opening another one goes through the same
document. Commands find their work here by name (see command_list).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from desktop.export.taking import Taking
from desktop.inspector.checking import Checking
from desktop.inspector.checks import ChecksPanel
from desktop.inspector.code import CodePanel
from desktop.inspector.inspector import Inspector
from desktop.inspector.session import SessionPanel
from desktop.sheets import Sheets
from desktop.sidebar.sidebar import Sidebar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QImage

    from desktop.canvas.canvas import Canvas
    from desktop.document import Change, Document
    from desktop.preview.session import LiveSession, Status
    from desktop.preview.session_log import SessionLog
    from desktop.shell import Shell
    from desktop.store.autosave import Autosave, SaveState
    from desktop.store.watched_vault import WatchedVault
    from desktop.tasks import Tasks
    from exporter.audit import AuditFinding


_TONES = {"live": "success", "opening": "neutral", "simulated": "neutral"}


class Studio(QObject):
    """Wires one document to sidebar, canvas, inspector and top bar."""

    def __init__(
        self,
        shell: Shell,
        document: Document,
        canvas: Canvas,
        vault: WatchedVault,
        autosave: Autosave,
        tasks: Tasks,
        session: LiveSession,
        log: SessionLog,
        queue: Path,
    ) -> None:
        super().__init__(shell.window)
        self.document = document
        self.canvas = canvas
        self._shell = shell
        self._window, self._bar = shell.window, shell.bar
        self.taking = Taking(
            document, shell.window, vault.inner, tasks, shell.settings, queue
        )
        self.sidebar = Sidebar(document, vault, shell.settings)
        self.inspector = Inspector()
        self.code = CodePanel(self.taking.snippet)
        self.checks = ChecksPanel()
        self.session = SessionPanel(log)
        self._live = session
        self.sheets = Sheets(canvas, document, self.taking, shell.window)
        self.checking = Checking(document, tasks, self)
        self._place()
        self._connect(autosave)
        self._show_save_state(autosave.state)
        self._refresh()

    def shutdown(self) -> None:
        """Stop what still runs."""
        self.sheets.shutdown()
        self.checking.shutdown()
        self.taking.shutdown()

    # What commands do.

    def undo(self) -> None:
        """Take the last step back."""
        self.document.undo()

    def redo(self) -> None:
        """Do it again."""
        self.document.redo()

    def find_setting(self) -> None:
        """Put the cursor into the sidebar's search."""
        self._window.show_library(on=False)
        self.sidebar.find_setting()

    def move_on(self) -> None:
        """Go to the ways on from what ends, if anything does."""
        self._window.show_library(on=False)
        if not self.sidebar.moving_on.text:
            self._window.strip.say("Nothing that this widget stands on ends.")
            return
        self.sidebar.moving_on.buttons[0].setFocus()

    def rename(self) -> None:
        """Edit the name where it stands."""
        self._bar.name.setFocus()
        self._bar.name.selectAll()

    def show_code(self) -> None:
        """Unfold the inspector at the code."""
        self._show_panel("code")

    def show_check(self) -> None:
        """Unfold the inspector at the findings."""
        self._show_panel("check")

    def show_session(self) -> None:
        """Unfold the inspector at the session."""
        self._show_panel("session")

    def toggle_inspector(self) -> None:
        """Fold the inspector out or away."""
        self._window.show_inspector(on=not self._window.shows_inspector)

    def mode_popup(self) -> None:
        """Embed it as a popup."""
        self.set_mode("popup")

    def mode_inline(self) -> None:
        """Embed it inline."""
        self.set_mode("inline")

    def mode_fullpage(self) -> None:
        """Let it fill a page."""
        self.set_mode("fullpage")

    def mode_portal(self) -> None:
        """Give it a page of its own."""
        self.set_mode("portal")

    def save_picture(self) -> None:
        """Save what the canvas shows."""
        self.canvas.selected.picture(self.taking.save_image)

    def copy_picture(self) -> None:
        """Put what the canvas shows on the clipboard."""
        self.canvas.selected.picture(self._copy_image)

    def _copy_image(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self._window.strip.say("The picture is on the clipboard.", "success")

    def set_mode(self, mode: str) -> None:
        """Choose how the widget is embedded."""
        self.document.set("layout.mode", mode)

    def toggle_scheme(self) -> None:
        """Light or dark: the widget's own, or, where it follows, the visitor's."""
        scheme = self.document.value("theme.color_scheme")
        if scheme == "auto":
            self.canvas.toggle_scheme()
        else:
            other = "light" if scheme == "dark" else "dark"
            self.document.set("theme.color_scheme", other)

    def _show_panel(self, name: str) -> None:
        self._window.show_library(on=False)
        self._window.show_inspector()
        self.inspector.show_panel(name)

    def _place(self) -> None:
        self.inspector.add("code", "Code", self.code)
        self.inspector.add("check", "Check", self.checks)
        self.inspector.add("session", "Session", self.session)
        self._window.set_sidebar(self.sidebar)
        self._window.set_inspector(self.inspector)

    def _connect(self, autosave: Autosave) -> None:
        document, bar = self.document, self._bar
        document.changed.connect(self._on_changed)
        document.history_changed.connect(self.refresh_history)
        bar.name.renamed.connect(lambda name: document.set("name", name))
        bar.modes.chosen.connect(self.set_mode)
        autosave.state_changed.connect(self._show_save_state)
        self.checking.findings_changed.connect(self._on_findings)
        self.checks.fix_wanted.connect(self._on_fix)
        self.checks.path_wanted.connect(self._on_path_wanted)
        self.code.copy_wanted.connect(self._on_copy_wanted)
        self.code.set_host(self.taking.host)
        self.canvas.findings.set_host(self.taking.host)
        self.taking.host_changed.connect(self.canvas.findings.set_host)
        self.code.host_changed.connect(self.taking.set_host)
        self.taking.host_changed.connect(self.code.set_host)
        self.taking.path_wanted.connect(self._on_path_wanted)
        self._live.changed.connect(self._on_session)
        self.session.retry_wanted.connect(self._live.retry)
        self.session.path_wanted.connect(self._on_path_wanted)
        self._on_session(self._live.status)
        self.sidebar.focused.connect(self.canvas.outline)
        self.sidebar.unfocused.connect(self.canvas.clear_outline)
        self.canvas.sites.said.connect(self._on_site_said)

    def _on_changed(self, change: Change) -> None:
        self._live.watch(self.document.widget)
        self._refresh()

    def _on_site_said(self, words: str, error: bool) -> None:
        if words:
            self._window.strip.say(words, "danger" if error else "info")
        else:
            self._window.strip.hide()

    def _on_session(self, status: Status) -> None:
        self.session.set_status(status)
        self.sidebar.moving_on.hear(status.vendor)
        self.canvas.set_state(status.words, _TONES[status.kind])

    def _refresh(self) -> None:
        widget = self.document.widget
        self._bar.name.set_name(widget.name)
        self._bar.modes.set_mode(widget.layout.mode)
        self._window.setWindowTitle(f"{widget.name} — Vitrine")
        self.code.set_widget(widget)
        self.refresh_history()

    def refresh_history(self) -> None:
        """Say what undo and redo would do, and whether they can."""
        document, commands = self.document, self._shell.commands
        commands.enable("undo", on=document.can_undo)
        commands.enable("redo", on=document.can_redo)
        commands["undo"].setText(f"Undo {document.undo_text}".strip())
        commands["redo"].setText(f"Redo {document.redo_text}".strip())

    def _show_save_state(self, state: SaveState) -> None:
        problem = state.kind == "failed"
        words = f"Not saved: {state.words}" if problem else state.words
        self._bar.set_saved(words, problem=problem)
        if problem and state.error is not None:
            self._window.strip.say(
                f"Not saved: {state.error}",
                "danger",
                action="Save a copy…",
                run=self.taking.export_file,
            )

    def _on_findings(self, findings: Sequence[AuditFinding]) -> None:
        levels = [finding.level for finding in findings]
        errors, warnings = levels.count("error"), levels.count("warning")
        self._bar.set_findings(errors, warnings)
        self.inspector.set_count("check", "Check", errors + warnings)
        self.checks.set_findings(findings)

    def _on_fix(self, values: dict[str, object]) -> None:
        self.document.set_many(values, text="Fix a finding")

    def _on_path_wanted(self, path: str) -> None:
        self._window.show_library(on=False)
        self.sidebar.reveal(path)

    def _on_copy_wanted(self) -> None:
        self.taking.copy(self.code.snippet())
