/** Our own icons, drawn for this runtime: one stroked path each on a 24 × 24 view box. */

import { drawPath, setAttribute, SVG_SPACE } from "./dom.js";

/** @import {Config, Drawing, Seat} from "./types" */

const SVG_SAFE =
  /^(path|circle|rect|line|poly(line|gon)|ellipse|d|[cr]?[xy]|r|[xy][12]|width|height|points|fill)$/;

const ICONS = {
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9.5l6 6 6-6",
  send: "M12 19V5M6 11l6-6 6 6",
  stop: "M8 7h8a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1z",
  copy: "M10 8.5h8.5A1.5 1.5 0 0 1 20 10v8.5a1.5 1.5 0 0 1-1.5 1.5H10a1.5 1.5 0 0 1-1.5-1.5V10A1.5 1.5 0 0 1 10 8.5zM5.5 15.5A1.5 1.5 0 0 1 4 14V5.5A1.5 1.5 0 0 1 5.5 4H14a1.5 1.5 0 0 1 1.5 1.5",
  check: "M5 12.5l4.5 4.5L19 7.5",
  retry: "M20 12a8 8 0 1 1-2.4-5.7L20 8.5M20 4v4.5h-4.5",
  end: "M12 5v14M6 13l6 6 6-6",
  history: "M4 12a8 8 0 1 0 2.4-5.7L4 8.5M4 4v4.5h4.5M12 8v4.5l3 1.8",
  compose: "M12 5H6.5A2.5 2.5 0 0 0 4 7.5v10A2.5 2.5 0 0 0 6.5 20h10a2.5 2.5 0 0 0 2.5-2.5V12M18.7 3.8a1.8 1.8 0 0 1 1.5 3L12.5 14.5 9 15l.5-3.5 7.7-7.2a1.8 1.8 0 0 1 1.5-.5z",
};

/**
 * An icon of ours; its lines may come a moment after it.
 * @param {Seat} seat @param {string} name
 */
export function createIcon(seat, name) {
  const svg = drawPath(ICONS[/** @type {"close"} */ (name)] ?? "M0 0");
  if (!(name in ICONS)) seat.load("icons_more").then(({ MORE_ICONS }) => setAttribute(/** @type {Element} */ (svg.firstChild), "d", MORE_ICONS[name]), () => {});
  return svg;
}

/**
 * A drawing of the widget's own, for names that its owner chose; what draws nothing is left out.
 * @param {Config} config @param {string} name
 */
export function createOwnIcon(config, name) {
  const svg = drawPath("");
  for (const [tag, attributes] of /** @type {Drawing} */ (config.icons[name] ?? [])) {
    if (!SVG_SAFE.test(tag)) continue;
    const shape = document.createElementNS(SVG_SPACE, tag);
    for (const [attribute, value] of Object.entries(attributes))
      if (SVG_SAFE.test(attribute)) setAttribute(shape, attribute, value);
    svg.append(shape);
  }
  return svg;
}
