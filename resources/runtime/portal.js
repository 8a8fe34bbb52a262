/** What stands above the panel of a portal. */

import { h, setAttribute, setText } from "./dom.js";

/** @import {Ctx} from "./types" */

export const PORTAL_CSS = `.vt:not([data-mode=portal]) .vt-portal-head{display:none}`;

/** @param {Ctx} ctx */
export function createPortalHead(ctx) {
  const logo = h("img", { alt: "" });
  const heading = h("h1");
  const words = h("p");
  return {
    node: h("div", { class: "vt-portal-head" }, logo, heading, words),
    update() {
      const { title, description, logo: picture } = ctx.config.layout.portal;
      setText(heading, title || ctx.config.name);
      setText(words, description);
      words.hidden = !description;
      setAttribute(logo, "src", picture || null);
      logo.hidden = !picture;
    },
  };
}
