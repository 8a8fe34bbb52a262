/** Our own icons that every talk needs, drawn for this runtime: one stroked path each on a 24 × 24 view box. */

import { drawPath, setAttribute } from "./dom.js";

/** @import {Config, Seat} from "./types" */

const ICONS = {
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9.5l6 6 6-6",
  send: "M12 19V5M6 11l6-6 6 6",
  stop: "M8 7h8a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1z",
  copy: "M10 8.5h8.5A1.5 1.5 0 0 1 20 10v8.5a1.5 1.5 0 0 1-1.5 1.5H10a1.5 1.5 0 0 1-1.5-1.5V10A1.5 1.5 0 0 1 10 8.5zM5.5 15.5A1.5 1.5 0 0 1 4 14V5.5A1.5 1.5 0 0 1 5.5 4H14a1.5 1.5 0 0 1 1.5 1.5",
  retry: "M20 12a8 8 0 1 1-2.4-5.7L20 8.5M20 4v4.5h-4.5",
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
 * An icon of the widget's own, by a name that its owner chose; nobody's name draws nothing.
 * @param {Config} config @param {string} name
 */
export function createOwnIcon(config, name) {
  return drawPath(Object.hasOwn(config.icons, name) ? config.icons[name] : "", name.endsWith("-filled"));
}
