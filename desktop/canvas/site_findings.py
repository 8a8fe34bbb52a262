"""What a client's page does to the widget: its policy, and what lies in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from desktop.canvas.card import Card
    from desktop.canvas.showing import Showing
    from desktop.canvas.site_report import SiteFinding
    from desktop.canvas.subject import Subject
    from desktop.canvas.wall import Wall

_LATE_MS = 2_500
"""Cookie bars like to come once the page has been there for a while."""


class SiteFindings(QObject):
    """Asks the selected device's page; only clients' pages have findings.

    `changed` whenever `found()` may answer something else. `host` is where the widget
    will come from, "" while nobody has said so.
    """

    changed = Signal()

    def __init__(self, showing: Showing, wall: Wall, subject: Subject) -> None:
        super().__init__(wall)
        self._showing, self._wall, self._subject = showing, wall, subject
        self._overlaps: tuple[SiteFinding, ...] = ()
        self.host = ""
        self._late = QTimer(self, singleShot=True, interval=_LATE_MS)
        self._late.timeout.connect(self.look)
        # Refusals come in swarms, and to the view after us.
        self._soon = QTimer(self, singleShot=True, interval=50)
        self._soon.timeout.connect(self.changed)
        wall.added.connect(self._on_added)
        wall.selected.connect(lambda _card: self.look())

    def set_host(self, host: str) -> None:
        """The widget will come from there: a server's address, or its beginning."""
        parts = urlsplit(host)
        is_one = parts.scheme in ("http", "https") and bool(parts.netloc)
        self.host = f"{parts.scheme}://{parts.netloc}" if is_one else ""
        self.changed.emit()

    def forget(self) -> None:
        """Another page comes."""
        self._overlaps = ()
        self._late.stop()
        self.changed.emit()

    def look(self) -> None:
        """See anew what lies in the widget's way."""
        card = self._wall.card
        if card is not None and self._showing.is_client:
            from desktop.canvas.client_site import overlap_script

            card.view.run(overlap_script(), self._on_overlaps)

    def found(self) -> tuple[SiteFinding, ...]:
        """What the policy refuses, then what lies in the way."""
        client, card = self._showing.client(self._wall.spot), self._wall.card
        if client is None or card is None or not self._showing.is_client:
            return ()
        if card.view.state != "ready":
            return ()
        from desktop.canvas.site_report import policy_findings

        policy = policy_findings(
            card.view.violations, client, self._needed(), self.host
        )
        return (*policy, *self._overlaps)

    def _needed(self) -> tuple[str, ...]:
        document = self._subject.document
        if document is None:
            return ()
        from desktop.canvas.site_report import HOST
        from exporter.audit import Subject as Audited
        from exporter.audits.policy import policy_lines

        return policy_lines(Audited(document.widget, self.host or HOST))

    def _on_added(self, card: Card) -> None:
        card.view.page().violated.connect(lambda _line: self._on_violated(card))
        card.view.state_changed.connect(lambda state, _words: self._on_state(state))

    def _on_violated(self, card: Card) -> None:
        if card is self._wall.card:
            self._soon.start()

    def _on_state(self, state: str) -> None:
        if self._showing.is_client:
            self._soon.start()
        if state == "ready":
            self._late.start()

    def _on_overlaps(self, raw: object) -> None:
        from desktop.canvas.site_report import overlap_findings

        found = overlap_findings(raw) if self._showing.is_client else ()
        if found != self._overlaps:
            self._overlaps = found
            self.changed.emit()
