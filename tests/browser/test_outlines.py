"""An icon's one path draws what its shapes drew, seen by a real engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporter.contract.icons import CHATKIT_ICONS, HEADER_ICONS, drawing, lucide_names
from exporter.contract.outlines import outline

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
# Both ways are drawn as one large picture each, a cell an icon. Where shapes cross,
# edges are darker than one path's: up to 10 pixels in one icon.
DIFFERENT = """async (icons) => {
  const side = 26, columns = 40, rows = Math.ceil(icons.length / columns);
  const sheet = (shapesOf) => icons.map((icon, at) => {
    const [x, y] = [at % columns * side + 1, Math.floor(at / columns) * side + 1];
    const shapes = shapesOf(icon).map(([tag, given]) => `<${tag} `
      + Object.entries(given).filter(([name]) => name !== "fill")
      .map(([name, value]) => `${name}="${value}"`).join(" ") + "/>");
    return `<g transform="translate(${x} ${y})">${shapes.join("")}</g>`;
  }).join("");
  const drawn = async (body) => {
    const picture = new Image();
    picture.src = "data:image/svg+xml," + encodeURIComponent(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${columns * side}"`
      + ` height="${rows * side}" fill="none" stroke="#000" stroke-width="2"`
      + ` stroke-linecap="round" stroke-linejoin="round">${body}</svg>`);
    await picture.decode();
    const canvas = new OffscreenCanvas(columns * side, rows * side);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(picture, 0, 0);
    return context.getImageData(0, 0, canvas.width, canvas.height).data;
  };
  const was = await drawn(sheet(([, shapes]) => shapes));
  const is = await drawn(sheet(([,, path]) => [["path", { d: path }]]));
  const off = icons.map(() => 0);
  for (let at = 3; at < was.length; at += 4) {
    const pixel = (at - 3) / 4, x = pixel % (columns * side);
    const cell = Math.floor(pixel / (columns * side) / side) * columns
      + Math.floor(x / side);
    if (cell < off.length) off[cell] += Math.abs(was[at] - is[at]) / 255;
  }
  return icons.filter((icon, at) => off[at] > 11).map(([name]) => name);
}"""


def test_every_icon_is_drawn_as_it_was(page: Page) -> None:
    names = [*CHATKIT_ICONS, *HEADER_ICONS]
    names += [f"lucide:{name}" for name in sorted(lucide_names())]
    assert len(names) > 1500
    page.goto("about:blank")
    icons = [(name, drawing(name), outline(name)) for name in names]
    assert page.evaluate(DIFFERENT, icons) == []


def test_a_difference_is_seen(page: Page) -> None:
    page.goto("about:blank")
    wrong = outline("lucide:package").replace("M3.29 7", "M3.29 12")
    icons = [("package", drawing("lucide:package"), wrong)]
    assert page.evaluate(DIFFERENT, icons) == ["package"]
