/** What asks for attention while the popup is closed: the teaser and opening by itself. */

import { drawIcon, h, setText } from "./dom.js";

/** @import {Part, Seat} from "./types" */

/**
 * @param {Seat} seat @returns {Part & {dismiss(): void}}
 */
export function createInvite(seat) {
  const words = h("button", { type: "button", onclick: () => seat.open() });
  const away = h("button", { type: "button", "aria-label": "×", onclick: () => dismiss() });
  away.append(drawIcon("M6 6l12 12M18 6L6 18"));
  const node = h("div", { class: "vt-teaser", hidden: true }, words, away);
  /** @type {number[]} */
  let timers = [];
  let armed = "";

  function dismiss() {
    node.hidden = true;
    remember(seat, "quiet");
  }

  function update() {
    const { teaser } = seat.config.launcher;
    const { auto_open } = seat.config.behavior;
    setText(words, teaser.text);
    const wanted = JSON.stringify([seat.mode, teaser.enabled, !!teaser.text, teaser.delay, auto_open]);
    if (wanted === armed) return;
    armed = wanted;
    disarm();
    node.hidden = true;
    if (seat.mode !== "popup" || seat.isOpen || isRemembered(seat, "quiet")) return;
    if (teaser.enabled && teaser.text) after(teaser.delay, () => (node.hidden = seat.isOpen));
    if (auto_open.enabled) after(auto_open.delay, () => seat.open());
  }

  /** @param {number} seconds @param {() => void} fn */
  const after = (seconds, fn) => timers.push(setTimeout(fn, seconds * 1000));
  const disarm = () => (timers = (timers.forEach(clearTimeout), []));

  return { node, update, dismiss: () => (disarm(), dismiss()), destroy: disarm };
}

/** Marks last for a tab; a preview forgets, so that a designer sees each change. */
/** @param {Seat} seat @param {string} mark */
function remember(seat, mark) {
  try {
    if (seat.host.kind !== "preview") sessionStorage.setItem(`vitrine:${seat.config.key}:${mark}`, "1");
  } catch {
    // Storage is forbidden here; the teaser comes once more on the next page.
  }
}

/** @param {Seat} seat @param {string} mark */
function isRemembered(seat, mark) {
  try {
    return !!sessionStorage.getItem(`vitrine:${seat.config.key}:${mark}`);
  } catch {
    return false;
  }
}
