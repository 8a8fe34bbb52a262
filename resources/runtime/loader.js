/** The entry of a page: one call a script tag, one `Vitrine` a page. */

import { createInstance } from "./instance.js";

/** @import {Config, Host} from "./types" */

/**
 * Put a widget on the page; never throws. A second tag for the same place is passed over.
 * @param {Config} config @param {Host} host
 */
export function startWidget(config, host) {
  try {
    const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
    const widgets = registry();
    const place = [config.key, script?.dataset.mode, script?.dataset.target].join(" ").trim();
    if (widgets.has(place)) return;
    const widget = createInstance(config, host, script);
    const { destroy } = widget;
    widget.destroy = () => (widgets.delete(place), destroy());
    widgets.set(place, widget);
    dispatchEvent(new CustomEvent("vitrine:ready", { detail: { key: config.key } }));
  } catch (error) {
    console.error("Vitrine could not start:", error);
  }
}

/** @returns {Map<string, any>} all widgets of this page, by key and place */
function registry() {
  const page = /** @type {any} */ (window);
  page.Vitrine ??= createVitrine();
  return page.Vitrine.widgets;
}

function createVitrine() {
  /** @type {Map<string, any>} */
  const widgets = new Map();
  return Object.freeze({
    widgets,
    /** @param {string} key */
    get: (key) => widgets.get(key) ?? [...widgets.values()].find((widget) => widget.key === key),
  });
}
