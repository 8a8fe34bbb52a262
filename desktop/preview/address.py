"""What a preview page shall show, as its address says it."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlencode

_LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
SITE_NAME = re.compile(r"[a-z0-9-]{1,40}")


class View(NamedTuple):
    """How to show a widget; empty means: as the widget itself says.

    `locale` is a BCP 47 tag;
    `scheme` is what the visitor's system prefers; `state` is "open",
    "closed" or "teaser";
    `scenario` names a scripted conversation, which is then played even where a live
    one could be had; `instant` shows every end state at once; `site` names the page
    behind.
    """

    mode: str = ""
    locale: str = ""
    scheme: str = ""
    state: str = ""
    scenario: str = ""
    instant: bool = False
    site: str = "blank"

    def query(self) -> str:
        """The query that says this view; "" for the plain one."""
        values = {
            "mode": self.mode,
            "locale": self.locale,
            "scheme": self.scheme,
            "state": self.state,
            "scenario": self.scenario,
            "instant": "1" if self.instant else "",
            "site": "" if self.site == "blank" else self.site,
        }
        return urlencode({name: value for name, value in values.items() if value})


def view_of(query: dict[str, str]) -> View:
    """Read a query; what is not understood counts as not said."""
    return View(
        _one_of(query.get("mode"), ("popup", "inline", "fullpage", "portal")),
        _tag(query.get("locale")),
        _one_of(query.get("scheme"), ("light", "dark")),
        _one_of(query.get("state"), ("open", "closed", "teaser")),
        _name(query.get("scenario")),
        query.get("instant") == "1",
        _name(query.get("site")) or "blank",
    )


def _one_of(value: str | None, known: tuple[str, ...]) -> str:
    return value if value in known else ""


def _tag(value: str | None) -> str:
    return value if value and _LOCALE.fullmatch(value) else ""


def _name(value: str | None) -> str:
    return value if value and SITE_NAME.fullmatch(value) else ""
