/** A conversation on paper or in a mail. */

import { h } from "./dom.js";

/** @import {Conversation, Ctx} from "./types" */

/** @param {Ctx} ctx @param {Conversation} conversation */
export function mailOut(ctx, conversation) {
  // Mail programs cut longer addresses.
  const body = encodeURIComponent(transcript(ctx, conversation).slice(-1500));
  location.href = `mailto:?subject=${encodeURIComponent(ctx.config.name)}&body=${body}`;
}

/**
 * Print from a frame of our own, so that the page around is not printed.
 * @param {Ctx} ctx @param {Conversation} conversation
 */
export function printOut(ctx, conversation) {
  const frame = h("iframe", { class: "vt-hidden-text", "aria-hidden": "true", tabindex: "-1" });
  ctx.frame.append(frame);
  const sheet = /** @type {Document} */ (frame.contentDocument);
  sheet.title = ctx.config.name;
  const text = h("pre", null, transcript(ctx, conversation));
  text.style.cssText = "font:12pt/1.5 system-ui,sans-serif;white-space:pre-wrap;overflow-wrap:anywhere";
  sheet.body.append(text);
  frame.contentWindow?.addEventListener("afterprint", () => frame.remove());
  frame.contentWindow?.print();
}

/** @param {Ctx} ctx @param {Conversation} conversation */
function transcript(ctx, { messages }) {
  return messages
    .filter((message) => !message.error)
    .map(({ role, text, time, files }) => {
      const when = time ? ` (${new Date(time).toLocaleString(ctx.locale)})` : "";
      const names = (files ?? []).map((/** @type {{name: string}} */ file) => `[${file.name}]\n`).join("");
      return `${ctx.t(role === "user" ? "you" : "assistant")}${when}:\n${names}${text}\n`;
    })
    .join("\n");
}
