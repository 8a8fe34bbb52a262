"""Which pictures to take: devices × schemes × moments, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from desktop.backdrops.shelf import is_own
from desktop.canvas.client_site import ClientSite, SavedSite
from desktop.canvas.network import OFFLINE
from desktop.canvas.shot import Order
from desktop.canvas.states import MOMENTS, Still
from desktop.preview.sites import is_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.canvas.screen import Pose, Scheme
    from desktop.canvas.spot import Spot


@dataclass(frozen=True)
class Planned:
    """One picture: where it is taken, and at which moment (a name of MOMENTS)."""

    spot: Spot
    moment: str

    @property
    def caption(self) -> str:
        """What it shows, in words."""
        facts = [self.spot.pose.device.name, MOMENTS[self.moment].title]
        if self.spot.pose.device.turned(self.spot.orientation):
            facts[0] += ", turned"
        facts += ["Dark"] if self.spot.scheme == "dark" else []
        return " · ".join(facts)

    def order(
        self,
        base_url: str,
        key: str,
        *,
        site: str,
        frame: bool,
        title: str,
        forced: bool = False,
    ) -> Order:
        """What the photographer needs to know; `forced` lifts a live page's policy."""
        spot = self.spot
        still = Still(MOMENTS[self.moment], spot.mode, spot.locale, site)
        address, script = still.address(base_url, key), still.script(base_url, key)
        if is_address(site):
            client = ClientSite(site, script, forced)
            title = urlsplit(site).netloc
            return Order(site, self.pose, frame, title, client=client)
        saved = SavedSite(address, script) if is_own(site) else None
        return Order(address, self.pose, frame, title, client=saved)

    @property
    def pose(self) -> Pose:
        """The device as it is held, with the keyboard if it is up then.

        A picture of a slow network is that of a fast one, only later.
        """
        spot = self.spot
        up = spot.keyboard or MOMENTS[self.moment].keyboard
        network = spot.network if spot.network == OFFLINE else ""
        return spot.pose._replace(keyboard=up, reduced_motion=True, network=network)


def planned(
    spots: Sequence[Spot], schemes: Sequence[Scheme], moments: Sequence[str]
) -> tuple[Planned, ...]:
    """Every combination; without schemes each spot has its own."""
    return tuple(
        Planned(spot._replace(scheme=scheme or spot.scheme), moment)
        for moment in moments
        for scheme in (schemes or ("",))
        for spot in spots
    )
