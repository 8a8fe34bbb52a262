/** Where a widget's host element stands in the page. */

/** @import {Config, Mode} from "./types" */

/**
 * Style the host element and put it where its mode wants it, if that is there yet.
 * @param {HTMLElement} element @param {Mode} mode @param {Config} config
 * @param {HTMLScriptElement | null} script the tag that `data-target` stands on
 */
export function placeElement(element, mode, { layout }, script) {
  const { width, height, fill_width } = layout.inline;
  const inline = mode === "inline";
  const wanted = inline
    ? `display:block;position:relative;width:${fill_width ? "100%" : width + "px"};max-width:100%;height:${height}px`
    : `position:fixed;z-index:${layout.z_index};inset:0 ${mode === "popup" ? "auto auto 0;width:0;height:0" : "0 0"}`;
  const text = `all:initial;${wanted};`.replaceAll(";", "!important;");
  // Through the object model, which no CSP forbids.
  if (element.dataset.place !== text) element.style.cssText = element.dataset.place = text;
  // Beside the body: its transforms, filters and re-rendering do not reach there.
  if (!inline) return element.parentNode === document.documentElement || document.documentElement.append(element);
  const selector = script?.dataset.target;
  const target = selector && document.querySelector(selector);
  if (target) target === element.parentNode || target.append(element);
  else if (selector) element.remove();
  else if (!element.isConnected) script?.closest("body") ? script.after(element) : document.body?.append(element);
}
