/** A screen with one button before the first conversation. */

import { h, setText } from "./dom.js";
import { WELCOME_CSS } from "./styles/welcome.js";

/** @import {Conversation, Ctx, Part} from "./types" */

/** Its sheet, which `bring` adopts. */
export const WELCOME_SHEET = WELCOME_CSS;

/**
 * @param {Ctx} ctx @param {Conversation} conversation @param {() => void} begun
 * @returns {Part}
 */
export function createWelcome(ctx, conversation, begun) {
  const greeting = h("h3", { class: "vt-greeting" });
  const subtitle = h("p");
  const start = h("button", { type: "button", class: "vt-btn-fill" });
  const node = h("div", { class: "vt-welcome" }, greeting, subtitle, start);
  let passed = false;
  start.addEventListener("click", () => {
    passed = true;
    update();
    begun();
  });

  function update() {
    const { start_screen } = ctx.config;
    setText(greeting, start_screen.greeting || ctx.t("greeting"));
    setText(subtitle, start_screen.subtitle ?? "");
    subtitle.hidden = !start_screen.subtitle;
    setText(start, start_screen.button || ctx.t("new_chat"));
    if (!start_screen.welcome_screen) passed = false;
    node.hidden = passed || !start_screen.welcome_screen || !conversation.empty;
  }

  return { node, update, destroy: conversation.subscribe(update) };
}
