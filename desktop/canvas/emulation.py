"""Makes a page believe in a screen: by protocol truly, by zoom nearly.

Both are told `show(screen, scale)` before the first navigation and whenever either
changes, `depart()` before each that we begin, `renew()` after each, and `release()`
before the page goes.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from PySide6.QtWebEngineCore import QWebEngineSettings

from desktop.canvas.hints import client_hints
from desktop.canvas.network import NETWORKS, OFFLINE

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

    def lacks(self, screen: Screen) -> tuple[str, ...]:
        """What of the screen the page cannot be made to see, in words."""

    def depart(self, then: Callable[[], None]) -> None:
        """We are about to load a page, by `then`: whoever is offline was not so yet."""

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
        # What Chromium does unasked need not be said.
        self._told: dict[str, dict[str, Any]] = dict(_USUAL)
        self._screen: Screen | None = None
        self._away = True
        self._text_size = 1.0
        self._unanswered = 0
        self._waiting: list[Callable[[], None]] = []

    def lacks(self, screen: Screen) -> tuple[str, ...]:
        """Nothing."""
        return ()

    def depart(self, then: Callable[[], None]) -> None:
        """Load on the network that it will have; offline comes after."""
        self._away = True
        if self._screen is None:
            then()
        else:
            self._tell(self._commands(self._screen, None), then)

    def show(
        self, screen: Screen, scale: float, then: Callable[[], None] | None = None
    ) -> None:
        """Make the page see it; `then` once it does."""
        self._screen = screen
        self._tell(self._commands(screen, scale), then)
        self._size_text(screen)

    def renew(self) -> None:
        """Touch and text are forgotten with each document (the rest is kept)."""
        for method in _FORGOTTEN:
            if self._told.get(method) not in (None, _USUAL.get(method)):
                self.session.send(method, self._told[method])
        self._away, self._text_size = False, 1.0
        if self._screen is not None:
            self._tell(self._commands(self._screen, None))
            self._size_text(self._screen)

    def release(self) -> None:
        """End the session, which ends all emulation."""
        self.session.detach()

    def _commands(self, screen: Screen, scale: float | None) -> tuple[Command, ...]:
        """All of them, or without a scale those that a navigation has a part in."""
        network = "" if self._away and screen.network == OFFLINE else screen.network
        told = commands(screen, scale) if scale is not None else ()
        return (*told, *_network(network))

    def _tell(
        self, wanted: tuple[Command, ...], then: Callable[[], None] | None = None
    ) -> None:
        news = [
            command
            for command in wanted
            if self._told.get(command.method) != command.params
        ]
        self._waiting += [then] if then else []
        self._unanswered += bool(news)
        for command in news:
            self._told[command.method] = command.params
            last = command is news[-1]
            self.session.send(*_said(command), self._on_answer if last else None)
        self._go_on()

    def _on_answer(self, _answer: dict[str, Any] | None) -> None:
        self._unanswered -= 1
        self._go_on()

    def _go_on(self) -> None:
        """Whatever was said before has to be true, too, for whoever waits."""
        if not self._unanswered:
            waiting, self._waiting = self._waiting, []
            for then in waiting:
                then()

    def _size_text(self, screen: Screen) -> None:
        """A phone sizes every text; what is no phone sizes by `commands`."""
        factor = screen.text_size if screen.mobile else 1.0
        if factor != self._text_size and not self._away:
            self._text_size = factor
            script = f"{_text_script()}({factor})"
            self.session.send("Runtime.evaluate", {"expression": script})


class ZoomEmulation:
    """The fallback: the width is right, one-pixel lines and the rest are not."""

    exact = False

    def lacks(self, screen: Screen) -> tuple[str, ...]:
        """What only the protocol can make a page see."""
        wanted = {
            "pixel density": screen.dpr != 1,
            "touch": screen.touch,
            "safe areas": any(screen.insets),
            "browser's name": True,
            "contrast": bool(screen.contrast),
            "reduced motion": screen.reduced_motion,
            "network": bool(screen.network),
        }
        return tuple(name for name, lacking in wanted.items() if lacking)

    def depart(self, then: Callable[[], None]) -> None:
        """Nothing is held back."""
        then()

    def __init__(self, page: QWebEnginePage) -> None:
        self._page = page
        self._scale = 1.0

    def show(
        self, screen: Screen, scale: float, then: Callable[[], None] | None = None
    ) -> None:
        """Zoom so that the view's width is the screen's."""
        self._scale = min(5.0, max(0.25, int(screen.width * scale) / screen.width))
        self._page.setZoomFactor(self._scale)
        for size, usual in _FONT_SIZES.items():
            self._page.settings().setFontSize(size, round(usual * screen.text_size))
        if then:
            then()

    def renew(self) -> None:
        """A new origin starts unzoomed."""
        self._page.setZoomFactor(self._scale)

    def release(self) -> None:
        """Leave the page at its own size."""
        self._page.setZoomFactor(1)


_TEXT = "Page.setFontSizes"
_FONT_SIZES = {
    QWebEngineSettings.FontSize.DefaultFontSize: 16,
    QWebEngineSettings.FontSize.DefaultFixedFontSize: 13,
}
_FORGOTTEN = (
    "Emulation.setTouchEmulationEnabled",
    "Emulation.setEmitTouchEventsForMouse",
    _TEXT,
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
        Command("Emulation.setUserAgentOverride", _agent(screen)),
        Command(_TEXT, _text(1.0 if screen.mobile else screen.text_size)),
    )


def _metrics(screen: Screen, scale: float) -> dict[str, Any]:
    side = "landscape" if screen.turned else "portrait"
    return {
        "width": screen.width,
        "height": screen.height,
        "deviceScaleFactor": screen.dpr,
        "mobile": screen.mobile,
        "scale": scale,
        # Else the view's surface grows to the screen's CSS px, scaled or not.
        "dontSetVisibleSize": True,
        "screenWidth": screen.screen_width,
        "screenHeight": screen.screen_height,
        "positionX": 0,
        "positionY": 0,
        "screenOrientation": {
            "type": f"{side}Primary",
            "angle": 90 if screen.turned and screen.mobile else 0,
        },
    }


def _agent(screen: Screen) -> dict[str, Any]:
    hints = client_hints(screen)
    told = {"userAgent": screen.user_agent, "platform": screen.platform}
    return {**told, "userAgentMetadata": hints} if hints else told


def _touch(screen: Screen) -> dict[str, Any]:
    if not screen.touch:
        return {"enabled": False}
    return {"enabled": True, "maxTouchPoints": 5}


def _media(screen: Screen) -> list[dict[str, str]]:
    motion = "reduce" if screen.reduced_motion else "no-preference"
    return [
        {"name": "prefers-color-scheme", "value": screen.scheme},
        {"name": "prefers-reduced-motion", "value": motion},
        *_contrast(screen),
    ]


def _contrast(screen: Screen) -> list[dict[str, str]]:
    """Named even where it is none: what is left out, Chromium keeps."""
    forced = screen.contrast == "forced"
    contrast = "custom" if forced else screen.contrast or "no-preference"
    return [
        {"name": "prefers-contrast", "value": contrast},
        {"name": "forced-colors", "value": "active" if forced else "none"},
    ]


def _text(factor: float) -> dict[str, Any]:
    """The text size of a browser's settings; what a page sizes in px stays."""
    return {"fontSizes": {"standard": round(16 * factor), "fixed": round(13 * factor)}}


def _network(name: str) -> tuple[Command, ...]:
    """Conditions hold only while the tools listen, which costs: no longer than that."""
    conditions = NETWORKS[name].conditions(offline=name == OFFLINE)
    told = Command("Network.emulateNetworkConditions", conditions)
    listens = Command("Network.enable", {"on": bool(name)})
    return (listens, told) if name else (told, listens)


def _said(command: Command) -> Command:
    """What goes over the wire: switching on and off are two methods there."""
    if command.method != "Network.enable":
        return command
    return Command(f"Network.{'enable' if command.params['on'] else 'disable'}", {})


_USUAL = {_TEXT: _text(1.0)} | {one.method: one.params for one in _network("")}


@cache
def _text_script() -> str:
    source = files("desktop.canvas") / "text_size.js"
    return source.read_text(encoding="utf-8").rstrip()
