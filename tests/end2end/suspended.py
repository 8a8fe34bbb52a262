"""The app in a process that its parent suspends: what it still does afterwards.

Started by test_suspended.py. Says "ready" when four devices show the widget, waits
for a line, then edits by a real control, puts up one more device, and prints as JSON
what came of it.
"""

from __future__ import annotations

import json
import sys
import threading
from typing import TYPE_CHECKING, Any

from desktop.app import App, make_qt
from desktop.canvas.sets import SETS
from desktop.store.folder import data_folder
from tests.end2end.journey import Journey, holds_color

if TYPE_CHECKING:
    from desktop.canvas.card import Card

COLOR = "#c01080"
_ACCENT = "theme.accent.primary"


def begin(way: Journey) -> None:
    """A new widget on the phones, closed, so that its coloured launcher shows."""
    way.begin("Blank n8n")
    canvas = way.workshop.canvas
    canvas.wall.hang(next(each.spots for each in SETS if each.name == "phones"))
    canvas.playing.show_moment("closed")
    way.until(lambda: all_ready(way), "four devices")


def all_ready(way: Journey) -> bool:
    """Whether each device shows its page."""
    return all(card.view.state == "ready" for card in way.workshop.canvas.wall.cards)


def go_on(way: Journey) -> dict[str, Any]:
    """Edit, look, and put up one more."""
    wall = way.workshop.canvas.wall
    loads = [card.view.loads for card in wall.cards]
    exact = [card.view.exact for card in wall.cards]
    way.type_into(_ACCENT, COLOR)
    way.until(lambda: all(_is_colored(card) for card in wall.cards), "the accent")
    after = [card.view.loads for card in wall.cards]
    wall.add(wall.spot._replace(device="ipad-10th-gen-a16"))
    way.until(lambda: all_ready(way), "one more device")
    return {
        "key": way.widget.key,
        "loads": [now - was for now, was in zip(after, loads, strict=True)],
        "exact": [*exact, wall.card.view.exact],
        "saved": way.until(lambda: way.workshop.autosave.state.words == "Saved"),
    }


def _is_colored(card: Card) -> bool:
    return holds_color(card.grab().toImage(), COLOR)


def _listen(told: threading.Event) -> None:
    sys.stdin.readline()
    told.set()


def main() -> None:
    """Be ready, be told, go on."""
    qt = make_qt()
    way = Journey(App(data_folder(), []))
    begin(way)
    told = threading.Event()
    threading.Thread(target=_listen, args=[told], daemon=True).start()
    print("ready", flush=True)
    way.until(told.is_set, "the word to go on")
    print(json.dumps(go_on(way)), flush=True)
    way.app.end()
    qt.quit()


if __name__ == "__main__":
    main()
