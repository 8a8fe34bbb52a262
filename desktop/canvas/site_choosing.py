"""The page behind: its chooser, what people bring for it, and their commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtWidgets import QFileDialog

from desktop.canvas.site_thumbs import SiteThumbs
from desktop.preview.sites import SITES
from desktop.sidebar.controls.drop_zone import DropZone

if TYPE_CHECKING:
    from desktop.backdrops.taking_in import Taken
    from desktop.canvas.bar import Bar
    from desktop.canvas.showing import Showing
    from desktop.canvas.site_findings import SiteFindings
    from desktop.canvas.site_picker import SitePicker
    from desktop.canvas.stage import Stage


class SiteChoosing(QObject):
    """`chosen(site, forced)`; `said(sentence, is_error)` of what was brought or found.

    `raised(px)`: the popup is to stand so far from its edge. `client` is the widget's
    first domain, offered as a live address.
    """

    chosen = Signal(str, bool)
    raised = Signal(int)
    said = Signal(str, bool)
    _came = Signal(object)
    _refused = Signal(str)

    def __init__(
        self, showing: Showing, findings: SiteFindings, bar: Bar, stage: Stage
    ) -> None:
        super().__init__(bar)
        self._showing, self._findings, self._bar = showing, findings, bar
        self.client = ""
        self.picker: SitePicker | None = None
        self.thumbs = SiteThumbs(self)
        self._zone = DropZone(stage.ground, stage)
        self._zone.dropped.connect(self.bring)
        self._came.connect(self._on_came)
        self._refused.connect(self._on_refused)
        bar.site.clicked.connect(self.choose_site)
        self._warned = ""
        findings.changed.connect(self._on_findings)

    def choose_site(self) -> None:
        """Open the chooser."""
        from desktop.canvas.site_picker import SitePicker  # the first page needs none

        if self.picker is not None:
            self.picker.deleteLater()
        picker = self.picker = SitePicker(self._bar.site)
        picker.chosen.connect(self.chosen)
        picker.files_wanted.connect(self.choose_site_file)
        picker.dropped.connect(self.bring)
        picker.removed.connect(self.remove)
        picker.closed.connect(self.thumbs.cancel)
        picker.report.raised.connect(self.raised)
        self.thumbs.taken.connect(picker.set_picture)
        self._fill(picker)
        picker.show_findings(self._findings.found())
        picker.pop_up()
        self._findings.look()

    def choose_site_file(self) -> None:
        """Ask for an image or a saved page."""
        from desktop.backdrops.taking_in import IMAGES, PAGES

        endings = " ".join(f"*.{ending}" for ending in (*IMAGES, *PAGES))
        name, _ = QFileDialog.getOpenFileName(
            self._bar, "The page behind", "", f"Images and saved pages ({endings})"
        )
        if name:
            self.bring([name])

    def bring(self, paths: list[str]) -> None:
        """Put the first of these files behind the widget; it is read in a thread."""
        shelf = self._showing.shelf
        if shelf is None or not paths:
            return
        from desktop.backdrops.taking_in import take_in
        from exporter.contract.errors import VitrineError

        def work() -> None:
            try:
                self._came.emit(take_in(Path(paths[0]), shelf))
            except VitrineError as error:
                self._refused.emit(f"{error} {error.hint}".strip())

        self._say("Taking the page in…")
        QThreadPool.globalInstance().start(work)

    def remove(self, site: str) -> None:
        """Throw a page of one's own away; who stands on it stands on a sample."""
        if self._showing.shelf is None:
            return
        self._showing.shelf.remove(site)
        if self._showing.seen.site == site:
            self.chosen.emit("", False)
        if self.picker is not None:
            self._fill(self.picker)

    def shutdown(self) -> None:
        """Let the camera's pages go."""
        QThreadPool.globalInstance().waitForDone(5_000)
        self.thumbs.shutdown()

    def _fill(self, picker: SitePicker) -> None:
        showing = self._showing
        own = showing.shelf.all() if showing.shelf is not None else ()
        forced = showing.seen.forced
        picker.show_sites(showing.site, own, forced=forced, client=self.client)
        sites = (*SITES, *(each.id for each in own))
        self.thumbs.want(sites, showing.base, showing.key)

    def _on_findings(self) -> None:
        """Show how many where the chooser opens; what keeps the widget out is said."""
        found = self._findings.found()
        self._bar.set_site_findings(len(found))
        if self.picker is not None and self.picker.isVisible():
            self.picker.show_findings(found)
        site = self._showing.site
        kept_out = (
            bool(found) and bool(found[0].policy) and not self._showing.seen.forced
        )
        if kept_out and site != self._warned:
            self._warned = site
            more = "“The page behind” (B) says what it takes."
            self.said.emit(f"{found[0].sentence} {more}", False)

    def _on_came(self, taken: Taken) -> None:
        self.chosen.emit(taken.backdrop.id, False)
        self._say(taken.words)
        if self.picker is not None and self.picker.isVisible():
            self._fill(self.picker)

    def _on_refused(self, sentence: str) -> None:
        self._say(sentence, error=True)

    def _say(self, words: str, *, error: bool = False) -> None:
        if self.picker is not None:
            self.picker.say(words, error=error)
        self.said.emit(words, error)
