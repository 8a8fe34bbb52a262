/** What few messages have: files, and the buttons of a workflow that waits. */

import { adoptStyles, h } from "./dom.js";
import { fileChip } from "./file_chip.js";
import { CHOICES_CSS } from "./styles/choices.js";
import { mayPress } from "./n8n_address.js";
import { FILES_CSS } from "./styles/files.js";
import { replaceKept } from "./sync.js";

/** @import {Conversation, Ctx, Message} from "./types" */

/** @param {HTMLElement} files @param {HTMLElement} choices @param {Message} message @param {Ctx} ctx @param {Conversation} conversation */
export function drawExtras(files, choices, message, ctx, conversation) {
  if (!ctx.looks.has(CHOICES_CSS)) for (const css of [FILES_CSS, CHOICES_CSS]) adoptStyles(ctx.root, css);
  ctx.looks.add(CHOICES_CSS);
  drawFiles(files, message, ctx);
  drawChoices(choices, message, ctx, conversation);
}

/** @param {HTMLElement} node @param {Message} message @param {Ctx} ctx */
function drawFiles(node, message, ctx) {
  const files = message.files ?? [];
  if (node.querySelectorAll(".vt-file").length !== files.length) node.replaceChildren(...files.map((/** @type {any} */ file) => fileChip(ctx, file)));
  drawSent(node, message, ctx);
}

/** How much of them is out, while they go. @param {HTMLElement} node @param {Message} message @param {Ctx} ctx */
function drawSent(node, { sent }, ctx) {
  let bar = node.querySelector("progress");
  if (sent === undefined || sent === 1) bar?.remove();
  else {
    if (!bar) node.append((bar = h("progress", { class: "vt-sent", max: "1", "aria-label": ctx.t("send") })));
    bar.value = sent;
  }
}

/** Buttons of a workflow that waits. @param {HTMLElement} node @param {Message} message @param {Ctx} ctx @param {Conversation} conversation */
function drawChoices(node, message, ctx, conversation) {
  const { buttons = [], pressed = "" } = message;
  if (!buttons.length) return;
  replaceKept(node, buttons.filter((/** @type {{link: string}} */ { link }) => /** @type {any} */ (conversation).simulated || mayPress(ctx, link)).map((/** @type {{text: string, link: string, type: string}} */ { text, link, type }) =>
    h("button", {
      type: "button",
      class: type === "primary" ? "vt-btn-fill" : "vt-chip",
      disabled: Boolean(pressed) || ctx.signal.aborted,
      "aria-pressed": String(pressed === link),
      onclick: () => conversation.press(message.id, link),
    }, text),
  ));
}
