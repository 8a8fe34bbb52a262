"""What the visitor on the selected device has set, step by step: for keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, get_args

from desktop.canvas.network import NETWORKS, OFFLINE
from desktop.canvas.screen import Contrast
from desktop.canvas.spot import TEXT_SIZES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.canvas.wall import Wall

_Choice = TypeVar("_Choice")


class Visitor:
    """Commands for one device of a wall; each is found by its method's name."""

    def __init__(self, wall: Wall) -> None:
        self._wall = wall

    def next_contrast(self) -> None:
        """As usual, more, less, the system's own colours, and round again."""
        spot = self._wall.spot
        contrast = _after(spot.contrast, get_args(Contrast))
        self._wall.change(spot._replace(contrast=contrast))

    def next_text_size(self) -> None:
        """The next larger text, and after the largest the smallest."""
        spot = self._wall.spot
        size = _after(spot.text_size, TEXT_SIZES)
        self._wall.change(spot._replace(text_size=size))

    def toggle_motion(self) -> None:
        """Ask for less motion, or no more."""
        spot = self._wall.spot
        self._wall.change(spot._replace(less_motion=not spot.less_motion))

    def next_network(self) -> None:
        """The next slower network, and after the slowest this computer's own."""
        spot = self._wall.spot
        network = _after(spot.network, [n for n in NETWORKS if n != OFFLINE])
        self._wall.change(spot._replace(network=network))

    def toggle_offline(self) -> None:
        """Cut the network, or bring it back."""
        spot = self._wall.spot
        network = "" if spot.network == OFFLINE else OFFLINE
        self._wall.change(spot._replace(network=network))


def _after(value: _Choice, choices: Sequence[_Choice]) -> _Choice:
    """The one that follows; the first after the last, or what is none of them."""
    at = choices.index(value) + 1 if value in choices else 0
    return choices[at % len(choices)]
