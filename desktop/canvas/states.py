"""The moments of a conversation that people sign off, and how a page gets there."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode


class Moment(NamedTuple):
    """`state` and `scenario` are the page's, the keyboard is the screen's."""

    title: str
    state: str = "open"
    scenario: str = ""
    keyboard: bool = False


MOMENTS = {
    "closed": Moment("Closed", "closed"),
    "teaser": Moment("Teaser", "teaser"),
    "open": Moment("Open"),
    "stream": Moment("Mid-answer", scenario="mid-answer"),
    "error": Moment("Error", scenario="error"),
    "history": Moment("History", scenario="history"),
    "keyboard": Moment("Keyboard up", keyboard=True),
}


class Still(NamedTuple):
    """What a still page shows beside its moment; empty is as the widget says."""

    moment: Moment
    mode: str = ""
    locale: str = ""
    site: str = "blank"

    def address(self, base_url: str, key: str) -> str:
        """The page: no motion, every answer already there."""
        return f"{base_url.rstrip('/')}/preview/{key}?{self._query(self.site)}"

    def script(self, base_url: str, key: str) -> str:
        """The widget's script, for a page that is not ours, in the same moment."""
        return f"{base_url.rstrip('/')}/w/{key}.js?{self._query('')}"

    def _query(self, site: str) -> str:
        moment = self.moment
        query = {
            "state": moment.state,
            "instant": "1",
            "scenario": moment.scenario,
            "mode": self.mode,
            "locale": self.locale,
            "site": "" if site == "blank" else site,
        }
        return urlencode({name: value for name, value in query.items() if value})


def moments() -> tuple[tuple[str, str], ...]:
    """Name and title of each, in their order."""
    return tuple((name, moment.title) for name, moment in MOMENTS.items())
