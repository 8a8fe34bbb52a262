"""What the loopback host allows and tells: one person, local or simulated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.preview.address import view_of
from desktop.preview.scripts import scenario
from server.parts import Policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.messages import Request
    from server.parts import Published


@dataclass(frozen=True)
class PreviewPolicy(Policy):
    """The preview's rules; `simulated(key)` says why nothing live answers, or ""."""

    simulated: Callable[[str], str] = lambda key: ""
    visitor_of: Callable[[str], str] = lambda key: f"preview-{key}"

    def config(self, request: Request, published: Published) -> dict[str, Any]:
        """The widget's config in the mode and language that the page is asked for.

        They are no attributes of the script, since those would win over patches. The
        scheme holds where the widget follows the visitor's.
        """
        view, config = view_of(request.query), published.config
        if view.mode:
            config = {**config, "layout": {**config["layout"], "mode": view.mode}}
        if view.locale:
            config = {**config, "texts": {**config["texts"], "locale": view.locale}}
        if view.state == "teaser":
            config = _with_teaser(config)
        scheme = view.scheme
        if scheme and config["theme"]["color_scheme"] == "auto":
            config = {**config, "theme": {**config["theme"], "color_scheme": scheme}}
        return config

    def host_values(self, request: Request, published: Published) -> dict[str, Any]:
        """Why it is simulated and what is played, for the widget's script."""
        view = view_of(request.query)
        values: dict[str, Any] = {}
        reason = self.simulated(published.key)
        if view.scenario:
            script = scenario(view.scenario)
            at_once = {"instant": True} if script and view.instant else {}
            values["scenario"] = script and {**script, **at_once}
            reason = reason or "A scripted conversation"
        if reason:
            values["simulated"] = reason
        if view.state:
            values["state"] = "closed" if view.state == "teaser" else view.state
        if view.instant:
            values["instant"] = True
        return values

    def variant(self, request: Request) -> None:
        """No script is kept: a query, and why it is simulated, change it."""

    def visitor(self, published: Published, claimed: str) -> str:
        """One visitor a widget and machine, so that threads come back."""
        return self.visitor_of(published.key)


def _with_teaser(config: dict[str, Any]) -> dict[str, Any]:
    """The teaser at once, if the widget has one."""
    launcher = config["launcher"]
    teaser = {**launcher["teaser"], "delay": 0}
    return {**config, "launcher": {**launcher, "teaser": teaser}}
