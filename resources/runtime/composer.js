/** Composer: a first stand-in until the real one lands. */

import { h, setAttribute } from "./dom.js";

/** @import {Composer, Conversation, Ctx} from "./types" */

/** @param {Ctx} ctx @param {Conversation} conversation @returns {Composer} */
export function createComposer(ctx, conversation) {
  const field = h("textarea", { rows: "1" });
  field.style.cssText = "display:block;width:100%;padding:14px 16px;border-top:1px solid var(--vt-border)";
  const node = h("div", { class: "vt-composer" }, field);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    conversation.send(field.value);
    field.value = "";
  });
  return {
    node,
    update() {
      setAttribute(field, "placeholder", ctx.config.composer.placeholder || ctx.t("placeholder"));
    },
    focus: () => field.focus({ preventScroll: true }),
    setText: (text) => void (field.value = text),
    destroy() {},
  };
}
