"""What a client's page does to the widget: its policy, and what lies in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.canvas.showing import Showing
    from desktop.canvas.wall import Wall


class SiteFindings:
    """Asks the selected device's page; only clients' pages have findings."""

    def __init__(self, showing: Showing, wall: Wall) -> None:
        self._showing, self._wall = showing, wall
        self._overlaps: tuple[str, ...] = ()

    def forget(self) -> None:
        """Another page comes."""
        self._overlaps = ()

    def look(self) -> None:
        """See anew what lies in the widget's way."""
        card = self._wall.card
        if card is not None and self._showing.is_client:
            from desktop.canvas.client_site import overlap_script

            card.view.run(overlap_script(), self._on_overlaps)

    def lines(self) -> tuple[str, ...]:
        """Lines that the client's policy needs, and what lies in the widget's way."""
        client, card = self._showing.client(self._wall.spot), self._wall.card
        if client is None or card is None or not self._showing.is_client:
            return ()
        from desktop.canvas.client_site import policy_lines

        return (*policy_lines(card.view.violations, client), *self._overlaps)

    def _on_overlaps(self, raw: object) -> None:
        from desktop.canvas.client_site import overlap_sentences

        self._overlaps = overlap_sentences(raw)
