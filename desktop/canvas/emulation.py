"""Makes a page believe in a screen: by protocol truly, by zoom nearly.

Both are told `show(screen, scale)` before the first navigation and whenever either
changes, `renew()` after each navigation, and `release()` before the page goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWebEngineCore import QWebEnginePage

    from desktop.canvas.hub import Session
    from desktop.canvas.screen import Screen


class Command(NamedTuple):
    """One command of the DevTools protocol's Emulation domain."""

    method: str
    params: dict[str, Any]


class Emulation(Protocol):
    """Whatever can make a page see a `Screen` at a scale of the window's px."""

    exact: bool

    def show(
        self, screen: Screen, scale: float, then: Callable[[], None] | None = None
    ) -> None:
        """Make the page see it; `then` once it does."""

    def renew(self) -> None:
        """Say again what a navigation forgets."""

    def release(self) -> None:
        """Let the page go."""


class ProtocolEmulation:
    """True emulation; sends only what differs from what the page was told last."""

    exact = True

    def __init__(self, session: Session) -> None:
        self.session = session
        self._told: dict[str, dict[str, Any]] = {}

    def show(
        self, screen: Screen, scale: float, then: Callable[[], None] | None = None
    ) -> None:
        """Make the page see it; `then` once it does."""
        news = [
            command
            for command in commands(screen, scale)
            if self._told.get(command.method) != command.params
        ]
        for command in news:
            self._told[command.method] = command.params
            last = command is news[-1]
            self.session.send(*command, _answered(then) if last else None)
        if then and not news:
            then()

    def renew(self) -> None:
        """Touch is forgotten with each document (Chromium keeps the rest)."""
        for method in _FORGOTTEN:
            if method in self._told:
                self.session.send(method, self._told[method])

    def release(self) -> None:
        """End the session, which ends all emulation."""
        self.session.detach()


class ZoomEmulation:
    """The fallback: the width is right, one-pixel lines and the rest are not."""

    exact = False

    def __init__(self, page: QWebEnginePage) -> None:
        self._page = page
        self._scale = 1.0

    def show(
        self, screen: Screen, scale: float, then: Callable[[], None] | None = None
    ) -> None:
        """Zoom so that the view's width is the screen's."""
        self._scale = min(5.0, max(0.25, int(screen.width * scale) / screen.width))
        self._page.setZoomFactor(self._scale)
        if then:
            then()

    def renew(self) -> None:
        """A new origin starts unzoomed."""
        self._page.setZoomFactor(self._scale)

    def release(self) -> None:
        """Leave the page at its own size."""
        self._page.setZoomFactor(1)


_FORGOTTEN = (
    "Emulation.setTouchEmulationEnabled",
    "Emulation.setEmitTouchEventsForMouse",
)


def commands(screen: Screen, scale: float) -> tuple[Command, ...]:
    """Everything a page has to be told, at `scale` window px a CSS px."""
    return (
        Command("Emulation.setDeviceMetricsOverride", _metrics(screen, scale)),
        Command("Emulation.setTouchEmulationEnabled", _touch(screen)),
        Command(
            "Emulation.setEmitTouchEventsForMouse",
            {"enabled": screen.touch, "configuration": "mobile"},
        ),
        Command("Emulation.setEmulatedMedia", {"features": _media(screen)}),
        Command(
            "Emulation.setSafeAreaInsetsOverride",
            {"insets": screen.insets._asdict()},
        ),
        Command(
            "Emulation.setUserAgentOverride",
            {"userAgent": screen.user_agent, "platform": screen.platform},
        ),
    )


def _metrics(screen: Screen, scale: float) -> dict[str, Any]:
    side = "landscape" if screen.turned else "portrait"
    return {
        "width": screen.width,
        "height": screen.height,
        "deviceScaleFactor": screen.dpr,
        "mobile": screen.mobile,
        "scale": scale,
        "screenWidth": screen.screen_width,
        "screenHeight": screen.screen_height,
        "positionX": 0,
        "positionY": 0,
        "screenOrientation": {
            "type": f"{side}Primary",
            "angle": 90 if screen.turned and screen.mobile else 0,
        },
    }


def _touch(screen: Screen) -> dict[str, Any]:
    if not screen.touch:
        return {"enabled": False}
    return {"enabled": True, "maxTouchPoints": 5}


def _media(screen: Screen) -> list[dict[str, str]]:
    motion = "reduce" if screen.reduced_motion else "no-preference"
    return [
        {"name": "prefers-color-scheme", "value": screen.scheme},
        {"name": "prefers-reduced-motion", "value": motion},
    ]


def _answered(
    then: Callable[[], None] | None,
) -> Callable[[dict[str, Any] | None], None] | None:
    return (lambda _answer: then()) if then else None
