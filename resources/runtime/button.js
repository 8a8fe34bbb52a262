/** Buttons of one icon: one that knows its own words, drawn when first shown, and the small ones at a message. */

import { h, setAttribute } from "./dom.js";

/** @import {Ctx} from "./types" */

/**
 * @param {Ctx} ctx @param {string} icon @param {string} text its name among the texts
 * @param {() => void} run
 */
export function button(ctx, icon, text, run) {
  const node = h("button", { type: "button", class: "vt-btn", onclick: run });
  let drawn = "";
  const draw = (/** @type {string} */ name) => {
    if (drawn !== name) node.replaceChildren(ctx.icon((drawn = name)));
    const words = ctx.t(text === "expand" ? name : text);
    setAttribute(node, "aria-label", words);
    setAttribute(node, "title", words);
  };
  return {
    node,
    draw,
    /** @param {boolean} on */
    show(on) {
      node.hidden = !on;
      if (on) draw(drawn || icon);
    },
  };
}

/** @param {Ctx} ctx @param {string} icon @param {string} label @param {() => void} run */
export function actionButton(ctx, icon, label, run) {
  return h("button", { type: "button", class: "vt-btn vt-small", title: label, "aria-label": label, onclick: run }, ctx.icon(icon));
}
