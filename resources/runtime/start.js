/** What stands in an empty conversation: greeting and prompts. */

import { h, setText } from "./dom.js";
import { createOwnIcon } from "./icons.js";

/** @import {Conversation, Ctx, Part} from "./types" */

/**
 * Greeting and prompts; messages.js keeps it as its first child.
 * @param {Ctx} ctx @param {Conversation} conversation @returns {Part}
 */
export function createStart(ctx, conversation) {
  const greeting = h("h3", { class: "vt-greeting" });
  const subtitle = h("p");
  const prompts = h("ul", { class: "vt-prompts" });
  const node = h("div", { class: "vt-intro" }, greeting, subtitle, prompts);
  let drawn = "";

  function update() {
    const { start_screen, icons } = ctx.config;
    setText(greeting, start_screen.greeting || ctx.t(ctx.face === "n8n" ? "greeting" : "greeting_chatkit"));
    setText(subtitle, start_screen.subtitle ?? "");
    subtitle.hidden = !start_screen.subtitle;
    const wanted = JSON.stringify([start_screen.prompts, Object.keys(icons)]);
    if (wanted !== drawn) prompts.replaceChildren(...start_screen.prompts.map(chip));
    drawn = wanted;
    prompts.hidden = !start_screen.prompts.length;
    show();
  }

  /** @param {{label: string, prompt: string, icon: string}} prompt */
  function chip({ label, prompt, icon }) {
    const send = () => void conversation.send(prompt || label);
    const picture = icon && createOwnIcon(ctx.config, icon);
    return h("li", null, h("button", { type: "button", class: "vt-chip", onclick: send }, picture, h("span", null, label)));
  }

  function show() {
    node.hidden = !conversation.empty;
  }

  return { node, update, destroy: conversation.subscribe(show) };
}
