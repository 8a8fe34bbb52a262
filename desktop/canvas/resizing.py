"""What the handles change: the widget where it has a size, else the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from desktop.canvas.handles import Limits, Side, Span
from exporter.devices import HEIGHTS, WIDTHS

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF

    from desktop.canvas.box import Box
    from desktop.canvas.screen import Screen
    from desktop.document import Document

Kind = Literal["popup", "inline", "device"]
_SCREEN = Limits(WIDTHS, HEIGHTS)
_LEVEL = 3.0  # px that a centred box may be off, from rounding and scroll bars


class Target(NamedTuple):
    """What is resized, and where it lies in the page (None: the whole body)."""

    kind: Kind
    span: Span
    rect: QRectF | None = None

    def values(self, width: int, height: int) -> dict[str, Any]:
        """The settings that this size is; only those that the hand changed."""
        wanted = {"width": width, "height": height}
        now = {"width": self.span.width, "height": self.span.height}
        return {
            f"layout.{self.kind}.{name}": value
            for name, value in wanted.items()
            if value != now[name]
        }


def target_of(document: Document | None, box: Box | None, screen: Screen) -> Target:
    """What the handles lie around, as the page stands now."""
    if document is not None and box is not None and box.rect is not None:
        mode = document.value("layout.mode")
        if mode == box.mode == "inline":
            return _inline(document, box.rect, screen)
        if mode == box.mode == "popup" and not box.phone:
            sides = _free_sides(box.corner)
            return Target("popup", _span(document, "popup", sides), box.rect)
    span = Span(screen.width, screen.height, _SCREEN, centred=(True, True))
    return Target("device", span)


def _inline(document: Document, rect: QRectF, screen: Screen) -> Target:
    centred = abs(rect.center().x() - screen.width / 2) <= _LEVEL
    upright = abs(rect.center().y() - screen.height / 2) <= _LEVEL
    sides: tuple[Side, ...] = ("left", "right", "bottom")
    if document.value("layout.inline.fill_width"):
        sides = ("bottom",)
    elif not centred:
        sides = ("right", "bottom")
    span = _span(document, "inline", sides, centred=(centred, upright))
    return Target("inline", span, rect)


def _free_sides(corner: str) -> tuple[Side, ...]:
    """A popup is held by its corner, so the sides that move are the others."""
    across: Side = "right" if corner.endswith("left") else "left"
    down: Side = "bottom" if corner.startswith("top") else "top"
    return across, down


def _span(
    document: Document,
    kind: Kind,
    sides: tuple[Side, ...],
    *,
    centred: tuple[bool, bool] = (False, False),
) -> Span:
    width, height = f"layout.{kind}.width", f"layout.{kind}.height"
    limits = Limits(_limits(document, width), _limits(document, height))
    return Span(document.value(width), document.value(height), limits, sides, centred)


def _limits(document: Document, path: str) -> tuple[int, int]:
    spec = document.specs[path]
    return round(spec.minimum or 1), round(spec.maximum or 10_000)
