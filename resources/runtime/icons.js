/** Our own icons, drawn for this runtime: one stroked path each on a 24 × 24 view box. */

import { drawPath, setAttribute, SVG_SPACE } from "./dom.js";

/** @import {Config, Drawing} from "./types" */

const SVG_SAFE =
  /^(path|circle|rect|line|poly(line|gon)|ellipse|d|[cr]?[xy]|r|[xy][12]|width|height|points|fill)$/;

const ICONS = {
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9.5l6 6 6-6",
  right: "M9.5 6l6 6-6 6",
  back: "M19 12H5M11 6l-6 6 6 6",
  send: "M12 19V5M6 11l6-6 6 6",
  stop: "M8 7h8a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1z",
  plus: "M12 5v14M5 12h14",
  attach: "M20 11.5l-8 8a5.2 5.2 0 0 1-7.4-7.4l8.2-8.1a3.5 3.5 0 0 1 5 5l-8.2 8.1a1.7 1.7 0 0 1-2.5-2.5l7.5-7.4",
  mic: "M12 3.5a2.7 2.7 0 0 1 2.7 2.7v5a2.7 2.7 0 0 1-5.4 0v-5A2.7 2.7 0 0 1 12 3.5zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21",
  copy: "M10 8.5h8.5A1.5 1.5 0 0 1 20 10v8.5a1.5 1.5 0 0 1-1.5 1.5H10a1.5 1.5 0 0 1-1.5-1.5V10A1.5 1.5 0 0 1 10 8.5zM5.5 15.5A1.5 1.5 0 0 1 4 14V5.5A1.5 1.5 0 0 1 5.5 4H14a1.5 1.5 0 0 1 1.5 1.5",
  check: "M5 12.5l4.5 4.5L19 7.5",
  retry: "M20 12a8 8 0 1 1-2.4-5.7L20 8.5M20 4v4.5h-4.5",
  good: "M7.5 11v9H5a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zM7.5 11l3.7-7a2.3 2.3 0 0 1 2.3 2.7L13 9.5h4.8a2 2 0 0 1 2 2.4l-1.3 6.5a2 2 0 0 1-2 1.6h-9",
  bad: "M16.5 13V4H19a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1zM16.5 13l-3.7 7a2.3 2.3 0 0 1-2.3-2.7l.5-2.8H6.2a2 2 0 0 1-2-2.4l1.3-6.5a2 2 0 0 1 2-1.6h9",
  end: "M12 5v14M6 13l6 6 6-6",
  history: "M4 12a8 8 0 1 0 2.4-5.7L4 8.5M4 4v4.5h4.5M12 8v4.5l3 1.8",
  compose: "M12 5H6.5A2.5 2.5 0 0 0 4 7.5v10A2.5 2.5 0 0 0 6.5 20h10a2.5 2.5 0 0 0 2.5-2.5V12M18.7 3.8a1.8 1.8 0 0 1 1.5 3L12.5 14.5 9 15l.5-3.5 7.7-7.2a1.8 1.8 0 0 1 1.5-.5z",
  rename: "M16.5 4.5a2.1 2.1 0 0 1 3 3L8.5 18.5 4.5 19.5l1-4zM14.5 6.5l3 3",
  trash: "M4.5 7h15M9.5 7V5a1 1 0 0 1 1-1h3a1 1 0 0 1 1 1v2M6.5 7l.8 11.5A1.6 1.6 0 0 0 8.9 20h6.2a1.6 1.6 0 0 0 1.6-1.5L17.5 7M10.2 11v5M13.8 11v5",
  expand: "M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7",
  collapse: "M20 10h-6V4M14 10l7-7M4 14h6v6M10 14l-7 7",
  more: "M5.5 12h.01M12 12h.01M18.5 12h.01",
  file: "M7 3.5h6.5L19 9v10a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 19V5A1.5 1.5 0 0 1 7 3.5zM13.5 3.5V9H19",
  image: "M5.5 4h13A1.5 1.5 0 0 1 20 5.5v13a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5v-13A1.5 1.5 0 0 1 5.5 4zM9 10.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM4.5 18l5-5 3 3 3-3.5 4 4.5",
  warning: "M12 4.5l8.5 15h-17zM12 10v4.5M12 17h.01",
  print: "M7 9V4h10v5M7 16.5H5.5A1.5 1.5 0 0 1 4 15v-4.5A1.5 1.5 0 0 1 5.5 9h13a1.5 1.5 0 0 1 1.5 1.5V15a1.5 1.5 0 0 1-1.5 1.5H17M7 14h10v6H7z",
  mail: "M5 5.5h14A1.5 1.5 0 0 1 20.5 7v10a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 17V7A1.5 1.5 0 0 1 5 5.5zM4 7l8 6 8-6",
  star: "M12 4l2.5 5.1 5.5.8-4 3.9 1 5.5-5-2.6-5 2.6 1-5.5-4-3.9 5.5-.8z",
  sliders: "M4 8h9M18 8h2M15.5 5.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4zM4 16h2M11 16h9M8.5 13.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z",
  link: "M14 4.5h5.5V10M19.5 4.5L11 13M17.5 14v4a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V8A1.5 1.5 0 0 1 6 6.5h4",
  bot: "M12 3.5v4M6.5 7.5h11A2.5 2.5 0 0 1 20 10v7a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 17v-7a2.5 2.5 0 0 1 2.5-2.5zM9 12.5v2M15 12.5v2",
};

/**
 * An icon by name: ours, else the widget's own drawing; an empty one for neither.
 * @param {Config} config @param {string} name
 */
export function createIcon(config, name) {
  const own = Object.hasOwn(ICONS, name) ? ICONS[/** @type {"close"} */ (name)] : null;
  return own ? drawPath(own) : createOwnIcon(config, name);
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
