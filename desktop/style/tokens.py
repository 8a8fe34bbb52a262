"""Every colour, distance, radius and type size of the app, by what it is for.

Colours were laid out in OKLCH (hue 268 for neutrals, 278 for the accent) with even
steps of lightness, then written down as sRGB; a test holds the AA contrasts.
"""

from __future__ import annotations

from typing import NamedTuple

SPACING = (4, 8, 12, 16, 24, 32)
"""Distances in px; nothing stands at another."""
RADIUS = 6
"""Corners of fields, buttons and rows, in px."""
RADIUS_LARGE = 10
"""Corners of cards, popovers and dialogs, in px."""
TYPE = {"caption": 11, "body": 12, "base": 13, "title": 15, "display": 20}
"""Type sizes in px."""
ROW = 32
"""Height of a row of the sidebar and of a bar's button, in px."""
FIELD = 28
"""Height of a field or button inside a row, in px."""
MOTION = 140
"""How long something takes to go where it goes, in ms."""


class Tokens(NamedTuple):
    """One scheme's colours, each named for its use.

    `neutral` runs from the ground (0) to text (11). `…_soft` is a ground for words
    in `…_text`; `on_…` are words on the full colour. `shadow` has alpha (#aarrggbb).
    """

    dark: bool
    neutral: tuple[str, ...]
    panel: str  # sidebar, bars, dialogs
    ground: str  # what the canvas stands on
    dot: str  # the canvas' dots
    raised: str  # popovers, menus, cards
    field: str
    field_hover: str
    hover: str
    pressed: str
    chosen: str  # the raised part of a field, as a chosen segment
    border: str
    border_strong: str  # at least 3:1 on a panel
    text: str
    text_muted: str
    text_faint: str  # placeholders, units; still AA
    disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    accent_text: str
    accent_soft: str
    on_accent: str
    success_text: str
    success_soft: str
    warning_text: str
    warning_soft: str
    danger: str
    danger_hover: str
    danger_pressed: str
    danger_text: str
    danger_soft: str
    on_danger: str
    focus: str
    tooltip: str
    on_tooltip: str
    shadow: str

    def names(self) -> dict[str, str]:
        """All colours by the names that the style sheet uses."""
        found = self._asdict()
        ramp = found.pop("neutral")
        found.pop("dark")
        steps = {f"neutral_{step}": value for step, value in enumerate(ramp, 1)}
        return {**steps, **found}


LIGHT = Tokens(
    dark=False,
    neutral=(
        *("#fdfdfe", "#f8f8fa", "#f1f2f4", "#eaebee", "#e3e4e8", "#d9dbdf"),
        *("#cdcfd5", "#b8bac1", "#868a93", "#646871", "#585c65", "#191c22"),
    ),
    panel="#fdfdfe",
    ground="#eff0f2",
    dot="#d4d6db",
    raised="#ffffff",
    field="#f1f2f4",
    field_hover="#eaebee",
    hover="#f1f2f4",
    pressed="#e3e4e8",
    chosen="#ffffff",
    border="#e3e4e8",
    border_strong="#868a93",
    text="#191c22",
    text_muted="#585c65",
    text_faint="#646871",
    disabled="#b8bac1",
    accent="#5754db",
    accent_hover="#4d47cd",
    accent_pressed="#423bb5",
    accent_text="#4d47cd",
    accent_soft="#edeffe",
    on_accent="#ffffff",
    success_text="#05733a",
    success_soft="#e7f4ea",
    warning_text="#805500",
    warning_soft="#f8efe2",
    danger="#c62a30",
    danger_hover="#ad1c24",
    danger_pressed="#96141b",
    danger_text="#b9242a",
    danger_soft="#feebe9",
    on_danger="#ffffff",
    focus="#5754db",
    tooltip="#24272e",
    on_tooltip="#f8f8fa",
    shadow="#2e0f1218",
)

DARK = Tokens(
    dark=True,
    neutral=(
        *("#0f1013", "#16171a", "#1c1e22", "#23252a", "#2b2d32", "#34373d"),
        *("#41444a", "#555860", "#7c8089", "#90949c", "#aeb1b8", "#eff0f3"),
    ),
    panel="#16171a",
    ground="#0f1013",
    dot="#2b2d32",
    raised="#1c1e22",
    field="#23252a",
    field_hover="#2b2d32",
    hover="#23252a",
    pressed="#34373d",
    chosen="#41444a",
    border="#2b2d32",
    border_strong="#7c8089",
    text="#eff0f3",
    text_muted="#aeb1b8",
    text_faint="#979aa2",
    disabled="#555860",
    accent="#6260ea",
    accent_hover="#5754db",
    accent_pressed="#4d47cd",
    accent_text="#a6b0ff",
    accent_soft="#25284a",
    on_accent="#ffffff",
    success_text="#65c281",
    success_soft="#112d1a",
    warning_text="#ebb25f",
    warning_soft="#352206",
    danger="#d03238",
    danger_hover="#bb272e",
    danger_pressed="#a81f26",
    danger_text="#ff8a84",
    danger_soft="#3b1c1a",
    on_danger="#ffffff",
    focus="#8992ff",
    tooltip="#eff0f3",
    on_tooltip="#16171a",
    shadow="#8c000000",
)
