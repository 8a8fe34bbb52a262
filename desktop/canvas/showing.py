"""What the wall shows: which widget, on which page behind, at which moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from PySide6.QtCore import QUrl

from desktop.backdrops.shelf import Shelf, is_own
from desktop.canvas.memory import Remembered
from desktop.canvas.states import MOMENTS
from desktop.preview.sites import SITES, USUAL, is_address

if TYPE_CHECKING:
    from desktop.canvas.client_site import ClientSite
    from desktop.canvas.memory import CanvasMemory
    from desktop.canvas.spot import Spot


class Showing:
    """Answers the address of the page on a spot; `seen` is how it is looked at.

    `moment` is a name of MOMENTS, `scenario` of a scripted conversation; at most one
    of them is set.
    """

    def __init__(self, memory: CanvasMemory) -> None:
        self._memory = memory
        self.shelf = Shelf(memory.folder) if memory.folder is not None else None
        self.seen = Remembered()
        self.key = self.base = self.scenario = self.moment = ""

    @property
    def site(self) -> str:
        """The page behind: a sample's name, or a client's address."""
        site = self.seen.site
        known = site in SITES or is_address(site) or self._shelf_has(site)
        return site if known else USUAL

    @property
    def is_client(self) -> bool:
        """Whether the page behind is a client's own."""
        return is_address(self.site)

    def _shelf_has(self, site: str) -> bool:
        return self.shelf is not None and self.shelf.find(site) is not None

    def take(self, key: str, base: str) -> None:
        """Show another widget, as it was looked at last."""
        self.key, self.base = key, base.rstrip("/")
        self.scenario = self.moment = ""
        self.seen = self._memory.recall(key)

    def remember(self, **what: Any) -> None:
        """Look at it so from now on; `what` are fields of `Remembered`."""
        self.seen = self.seen._replace(**what)
        if self.key:
            self._memory.keep(self.key, self.seen)

    def address(self, spot: Spot) -> QUrl:
        """The page on a spot; empty while there is no widget."""
        if not self.key:
            return QUrl()
        if self.is_client:
            return QUrl(self.site)
        return QUrl(f"{self.base}{self.page(spot)}")

    def page(self, spot: Spot) -> str:
        """Our own page on a spot, as a path with its query; "" without a widget."""
        return f"/preview/{self.key}{self._query(spot)}" if self.key else ""

    def client(self, spot: Spot) -> ClientSite | None:
        """How a page that is not ours is treated; None for the samples."""
        own = is_own(self.site)
        if not (self.is_client or own) or not self.key:
            return None
        from desktop.canvas.client_site import ClientSite, SavedSite

        script = f"{self.base}/w/{self.key}.js{self._query(spot)}"
        if own:
            return SavedSite(self.address(spot).toString(), script)
        return ClientSite(self.site, script, self.seen.forced)

    def _query(self, spot: Spot) -> str:
        moment = MOMENTS.get(self.moment)
        # Who plays a conversation wants to see it.
        is_open = self.seen.open or bool(self.scenario)
        values = {
            "state": moment.state if moment else "open" if is_open else "",
            "instant": "1" if moment else "",
            "scenario": moment.scenario if moment else self.scenario,
            "site": "" if self.is_client or self.site == "blank" else self.site,
            "mode": spot.mode,
            "locale": spot.locale,
        }
        query = urlencode({name: value for name, value in values.items() if value})
        return f"?{query}" if query else ""
