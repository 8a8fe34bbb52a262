/** What every part of a face works with, grown from what the loader knows. */

import { h, setText } from "./dom.js";
import { createIcon, createOwnIcon } from "./icons.js";
import { bring } from "./later.js";
import { createTexts } from "./texts.js";

/** @import {Ctx, Seat} from "./types" */

/** @param {Seat} seat @returns {Ctx} */
export function createContext(seat) {
  const voice = h("div", { class: "vt-hidden-text", role: "status", "aria-live": "polite" });
  const ctx = Object.create(seat, {
    seat: { value: seat },
    voice: { value: voice },
    looks: { value: new Set() },
    here: { value: {} },
    bring: { value: (/** @type {string} */ name) => bring(ctx, name) },
    face: { value: seat.config.provider === "n8n" ? "n8n" : "chatkit" },
    icon: { value: (/** @type {string} */ name) => createIcon(seat, name) },
    ownIcon: { value: (/** @type {string} */ name) => createOwnIcon(seat.config, name) },
    announce: { value: (/** @type {string} */ text) => setText(voice, text) },
  });
  const texts = createTexts(ctx, () => ctx.emit("language", texts.locale));
  return Object.defineProperties(ctx, {
    t: { value: texts.t },
    coming: { get: () => texts.coming },
    locale: { get: () => texts.locale },
    dir: { get: () => texts.dir },
    refresh: { value: texts.update },
  });
}
