/** One message in the list: words, files, buttons, and what can be done with it. */

import { actionButton } from "./button.js";
import { h, setAttribute, setText } from "./dom.js";
import { MARKED, tell } from "./later.js";
import { replaceKept } from "./sync.js";

/** Characters without a sign of Markdown; longer words are read in any case. */
const MOST_PLAIN = 2000;

/** @import {Conversation, Ctx, Message} from "./types" */
/**
 * @typedef {object} Row
 * @property {HTMLElement} node
 * @property {(message: Message, last: boolean) => void} draw
 * @property {boolean} pending more of a long text comes with the next `draw`
 * @property {boolean} held nothing, or no more, shows before Markdown is there
 * @property {() => void} stale the next `draw` looks at everything
 * @property {() => string} words
 */

/**
 * @param {Ctx} ctx @param {Conversation} conversation @param {Message} message
 * @param {{plan(): void, ask(): void, waits: boolean}} reader what asks for a `draw`, and for Markdown
 * @returns {Row}
 */
export function createRow(ctx, conversation, message, reader) {
  const mine = message.role === "user";
  const text = h("div", { class: "vt-text", dir: "auto" });
  const files = h("div", { class: "vt-files" });
  const choices = h("div", { class: "vt-choices" });
  const bubble = h("div", { class: "vt-bubble" }, files, text, choices);
  const actions = h("div", { class: "vt-actions" });
  const said = h("span", { class: "vt-hidden-text" });
  const meta = h("div", { class: "vt-meta" }, actions);
  const node = h("article", { class: mine ? "vt-row vt-mine" : "vt-row", "data-id": message.id }, said, h("div", { class: "vt-said" }, bubble, meta));
  /** @type {ReturnType<typeof import("./reading.js").createReading> | null} */
  let body = null;
  /** @type {ReturnType<typeof import("./row_looks.js").createRowLooks> | null} */
  let looks = null;
  let drawn = "";
  let old = true;

  /** @param {Message} now @param {boolean} last */
  function draw(now, last) {
    const key = `${now.rev} ${last && conversation.status} ${reader.waits}`;
    if (key === drawn && !old) return;
    drawn = key;
    old = false;
    setAttribute(node, "data-state", now.error ? "error" : now.state);
    setText(said, `${ctx.t(mine ? "you" : "assistant")}:`);
    const words = now.error ? ctx.t(now.error) : now.text;
    const reading = !mine && !now.error && ctx.here.reading;
    const sign = mine || now.error || reading ? -1 : firstSign(words);
    if (sign >= 0) reader.ask();
    old = row.held = sign >= 0 && reader.waits;
    // What comes word by word shows as far as it is plain.
    const plain = now.state === "streaming" ? words.slice(0, sign).replace(/\S+$/, "") : "";
    node.hidden = row.held && !plain;
    setAttribute(text, "class", reading ? "vt-text vt-md" : "vt-text");
    if (reading) {
      body ??= /** @type {typeof import("./reading.js")} */ (reading).createReading(ctx, text, (code) => copyButton(ctx, code), reader.plan);
      row.pending = body.set(words, now.state !== "streaming");
      row.held = body.waits;
      old = row.pending || row.held || body.lacks;
    } else setText(text, (row.held ? plain : words).trimEnd());
    text.hidden = !words;
    files.hidden = !now.files?.length;
    choices.hidden = !now.buttons?.length;
    if (!files.hidden || !choices.hidden)
      ctx.load("row_extras").then(({ drawExtras }) => drawExtras(files, choices, now, ctx, conversation), (error) => tell(ctx, error));
    drawMeta(now, last);
  }

  /** @param {Message} now @param {boolean} last */
  function drawMeta(now, last) {
    looks ??= ctx.here.row_looks?.createRowLooks(ctx, conversation, node, meta) ?? null;
    const dated = looks?.draw(now, mine);
    const wanted = mine ? [] : actionsOf(ctx, conversation, now, last, looks?.thumbs(now));
    replaceKept(actions, wanted);
    meta.hidden = !dated && !wanted.length;
  }

  /** @type {Row} */
  const row = { node, draw, pending: false, held: false, stale: () => void (old = true), words: () => text.textContent ?? "" };
  return row;
}

/** Where words may be Markdown, or -1. @param {string} words */
function firstSign(words) {
  const at = words.slice(0, MOST_PLAIN).search(MARKED);
  return at < 0 && words.length > MOST_PLAIN ? MOST_PLAIN : at;
}

/** @param {Ctx} ctx @param {() => string} words */
function copyButton(ctx, words) {
  const node = actionButton(ctx, "copy", ctx.t("copy"), async () => {
    await copyText(ctx, words());
    node.replaceChildren(ctx.icon("check"));
    ctx.announce(ctx.t("copied"));
    setTimeout(() => node.replaceChildren(ctx.icon("copy")), 1600);
  });
  return node;
}

/** @param {Ctx} ctx @param {string} text */
async function copyText(ctx, text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No secure context, or not allowed: the old way.
    const field = h("textarea", { class: "vt-hidden-text" });
    const before = /** @type {HTMLElement | null} */ (ctx.root.activeElement);
    field.value = text;
    ctx.root.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    before?.focus({ preventScroll: true });
  }
}

/** @param {Ctx} ctx @param {Conversation} conversation @param {Message} message @param {boolean} last @param {HTMLElement[]} [thumbs] @returns {HTMLElement[]} */
function actionsOf(ctx, conversation, message, last, thumbs = []) {
  const { messages } = ctx.config;
  const idle = conversation.status === "idle";
  const again = () => conversation.retry(message.id);
  if (message.error)
    return last && idle ? [h("button", { type: "button", class: "vt-chip", onclick: again }, ctx.icon("retry"), ctx.t("retry"))] : [];
  if (message.state !== "done") return [];
  const wanted = [];
  if (messages.copy_button !== false && message.text) wanted.push(copyButton(ctx, () => message.text));
  wanted.push(...thumbs);
  if (messages.retry && last && idle) wanted.push(actionButton(ctx, "retry", ctx.t("retry"), again));
  return wanted;
}
