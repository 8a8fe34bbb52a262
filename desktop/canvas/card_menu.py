"""What can be done with one device of the wall, as a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop.canvas.network import NETWORKS
from desktop.canvas.note import CONTRASTS, percent
from desktop.canvas.spot import TEXT_SIZES
from desktop.style.icons import icon
from exporter.contract.layout import MODES
from exporter.contract.locales import LOCALES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from desktop.canvas.spot import Spot

_ZOOMS = {0.5: "Half as large", 1.0: "As large as the others", 1.5: "1.5 ×", 2.0: "2 ×"}
_APPROXIMATE = "Approximate: contrast, motion and network need the engine's tools"
_COMMON = ("en", "de-DE", "fr-FR", "es-ES", "it-IT", "nl-NL", "ar", "he", "ja-JP")


class CardMenu(QMenu):
    """Tells what was chosen: another `Spot`, or one of the plain wishes."""

    changed = Signal(object)
    device_wanted = Signal()
    duplicated = Signal()
    pictured = Signal()
    reloaded = Signal()
    closed = Signal()

    def __init__(
        self, spot: Spot, *, alone: bool, parent: QWidget, exact: bool = True
    ) -> None:
        super().__init__(parent)
        self._spot = spot
        self._exact = exact
        self._device = spot.pose.device
        self._do("smartphone", "Another device…", self.device_wanted.emit)
        self._add_screen()
        self.addSeparator()
        self._add_modes()
        self._add_languages()
        self._add_zooms()
        self.addSeparator()
        self._add_visitor()
        self.addSeparator()
        self._do("rotate-cw", "Reload", self.reloaded.emit)
        self._do("camera", "Save a picture…", self.pictured.emit)
        self._do("copy-plus", "Duplicate", self.duplicated.emit)
        if not alone:
            self._do("x", "Close", self.closed.emit)

    def _do(self, sign: str, text: str, run: Callable[[], object]) -> QAction:
        action = self.addAction(icon(sign), text)
        action.triggered.connect(lambda _=False: run())
        return action

    def _tell(self, spot: Spot) -> None:
        self.changed.emit(spot)

    def _add_screen(self) -> None:
        spot, device = self._spot, self._device
        turn = self._do("rotate-ccw-square", "Turn", lambda: self._tell(spot.turned()))
        turn.setEnabled(device.rotates)
        dark = spot.scheme == "dark"
        self._do(
            "sun" if dark else "moon",
            "Light" if dark else "Dark",
            lambda: self._tell(spot.in_other_scheme()),
        )
        if device.browser_height is not None:
            self._check("Browser's bars", "bars")
        if device.keyboard:
            self._check("Keyboard", "keyboard")

    def _add_visitor(self) -> None:
        """What the visitor has set; without the protocol most of it can't be had."""
        sizes = {str(size): percent(size) for size in TEXT_SIZES}
        self._choose_of("a-large-small", "Text size", sizes, "text_size", float)
        menus = [
            self._choose_of("contrast", "Contrast", CONTRASTS, "contrast", str),
            self._choose_of("wifi", "Network", _networks(), "network", str),
        ]
        self._check("Less motion", "less_motion").setEnabled(self._exact)
        for menu in menus:
            menu.menuAction().setEnabled(self._exact)
        if not self._exact:
            self._do("info", _APPROXIMATE, lambda: None).setEnabled(False)

    def _choose_of(
        self,
        sign: str,
        title: str,
        words: Mapping[str, str],
        name: str,
        read: Callable[[str], Any],
    ) -> QMenu:
        def chosen(text: str) -> None:
            self._tell(self._spot._replace(**{name: read(text)}))

        return self._choose(sign, title, words, str(getattr(self._spot, name)), chosen)

    def _check(self, text: str, name: str) -> QAction:
        action = self.addAction(text)
        action.setCheckable(True)
        action.setChecked(getattr(self._spot, name))
        action.triggered.connect(
            lambda on: self._tell(self._spot._replace(**{name: on}))
        )
        return action

    def _add_modes(self) -> None:
        words = {"": "As the widget", **{str(n): t for n, t in MODES.items()}}
        chosen = self._spot.mode
        self._choose(
            "panel-top",
            "Mode",
            words,
            chosen,
            lambda mode: self._tell(self._spot._replace(mode=mode)),
        )

    def _add_languages(self) -> None:
        first = dict.fromkeys((*_COMMON, *LOCALES))
        words = {"": "As the widget", **{tag: LOCALES[tag] for tag in first}}
        self._choose(
            "languages",
            "Language",
            words,
            self._spot.locale,
            lambda locale: self._tell(self._spot._replace(locale=locale)),
        )

    def _add_zooms(self) -> None:
        words = {str(factor): text for factor, text in _ZOOMS.items()}
        self._choose(
            "zoom-in",
            "Size",
            words,
            str(self._spot.zoom),
            lambda text: self._tell(self._spot._replace(zoom=float(text))),
        )

    def _choose(
        self,
        sign: str,
        title: str,
        words: Mapping[str, str],
        chosen: str,
        then: Callable[[str], None],
    ) -> QMenu:
        menu = self.addMenu(icon(sign), title)
        menu.setStyleSheet("QMenu { menu-scrollable: 1; }")
        group = QActionGroup(menu)
        for name, text in words.items():
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(name == chosen)
            group.addAction(action)
            action.triggered.connect(lambda _=False, name=name: then(name))
        return menu


def _networks() -> dict[str, str]:
    return {name: network.words for name, network in NETWORKS.items()}
