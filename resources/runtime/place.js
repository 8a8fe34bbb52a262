/** The host element: where it stands in the page, and that it stays there. */

import { h } from "./dom.js";

/** @import {Config, Mode} from "./types" */

/**
 * @typedef {object} Place
 * @property {HTMLElement} element @property {ShadowRoot} root @property {HTMLElement} frame
 * @property {(mode: Mode, config: Config) => void} seat put it where the mode wants it
 */

/**
 * @param {string} key @param {HTMLScriptElement | null} script @param {AbortSignal} signal
 * @returns {Place}
 */
export function createPlace(key, script, signal) {
  const element = h("div", { "data-vitrine": key });
  const root = element.attachShadow({ mode: "open" });
  const frame = h("div", { class: "vt" });
  root.append(frame);
  /** @type {() => void} */
  let attach = () => {};
  // Route changes of single-page apps take our element along or bring its target later.
  const watcher = new MutationObserver(() => element.isConnected || attach());
  signal.addEventListener("abort", () => {
    watcher.disconnect();
    element.remove();
  });

  return {
    element,
    root,
    frame,
    seat(mode, config) {
      const inline = mode === "inline" && script?.dataset.target;
      attach = () => attachTo(element, mode, script);
      style(element, mode, config);
      attach();
      watcher.disconnect();
      watcher.observe(document.documentElement, { childList: true, subtree: !!inline });
      if (!element.isConnected)
        document.addEventListener("DOMContentLoaded", attach, { signal, once: true });
    },
  };
}

/** @param {HTMLElement} element @param {Mode} mode @param {HTMLScriptElement | null} script */
function attachTo(element, mode, script) {
  if (mode !== "inline") {
    // Beside the body: transforms, filters and re-rendering of the body do not reach here.
    if (element.parentNode !== document.documentElement) document.documentElement.append(element);
    return;
  }
  const selector = script?.dataset.target;
  const target = selector ? document.querySelector(selector) : null;
  if (target && element.parentNode !== target) target.append(element);
  else if (!selector && script?.parentElement?.closest("body")) script.after(element);
  else if (!selector && !element.isConnected) document.body?.append(element);
}

/** @param {HTMLElement} element @param {Mode} mode @param {Config} config */
function style(element, mode, config) {
  const { z_index, inline } = config.layout;
  const places = {
    popup: { position: "fixed", inset: "0 auto auto 0", width: "0", height: "0" },
    inline: {
      display: "block",
      position: "relative",
      width: inline.fill_width ? "100%" : inline.width + "px",
      "max-width": "100%",
      height: inline.height + "px",
    },
    fullpage: { position: "fixed", inset: "0", display: "block" },
    portal: { position: "fixed", inset: "0", display: "block" },
  };
  const wanted = { all: "initial", ...places[mode], "z-index": mode === "inline" ? "auto" : String(z_index) };
  element.style.cssText = "";
  for (const [name, value] of Object.entries(wanted)) element.style.setProperty(name, value, "important");
}
