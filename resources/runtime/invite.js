/** What asks for attention while the popup is closed: the teaser and opening by itself. */

import { adoptStyles, drawPath, h, setAttribute, setText } from "./dom.js";
import { tryStorage } from "./safely.js";
import { TEASER_CSS } from "./styles/teaser.js";

/** @import {Ctx} from "./types" */

/** @param {Ctx} ctx */
export function createInvite(ctx) {
  adoptStyles(ctx.root, TEASER_CSS);
  const words = h("button", { type: "button", onclick: () => ctx.open() });
  const away = h("button", { type: "button", onclick: () => dismiss() });
  away.append(drawPath("M6 6l12 12M18 6L6 18"));
  const node = h("div", { class: "vt-teaser", hidden: true }, words, away);
  const mark = `vitrine:${ctx.config.key}:quiet`;
  /** @type {number[]} */
  let timers = [];
  let armed = "";

  function dismiss() {
    disarm();
    node.hidden = true;
    tryStorage(() => ctx.host.kind !== "preview" && sessionStorage.setItem(mark, "1"));
  }

  function update() {
    const { teaser } = ctx.config.launcher;
    const { auto_open } = ctx.config.behavior;
    setText(words, teaser.text);
    setAttribute(away, "aria-label", ctx.t("close_chat"));
    const wanted = JSON.stringify([ctx.mode, teaser.enabled, !teaser.text, teaser.delay, auto_open]);
    if (wanted === armed) return;
    armed = wanted;
    disarm();
    node.hidden = true;
    if (ctx.mode !== "popup" || ctx.isOpen || tryStorage(() => sessionStorage.getItem(mark))) return;
    if (teaser.enabled && teaser.text) after(teaser.delay, () => (node.hidden = ctx.isOpen));
    if (auto_open.enabled) after(auto_open.delay, () => ctx.open());
  }

  /** @param {number} seconds @param {() => void} fn */
  function after(seconds, fn) {
    timers.push(setTimeout(fn, seconds * 1000));
  }

  function disarm() {
    timers.forEach(clearTimeout);
    timers = [];
  }

  return { node, update, dismiss, destroy: disarm };
}
