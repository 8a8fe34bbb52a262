/** One message in the list: words, files, buttons, and what can be done with it. */

import { h, setAttribute, setText } from "./dom.js";
import { createMarkdown } from "./markdown.js";
import { replaceKept } from "./sync.js";

/** @import {Conversation, Ctx, Message} from "./types" */
/**
 * @typedef {object} Row
 * @property {HTMLElement} node
 * @property {(message: Message, last: boolean) => void} draw
 * @property {boolean} pending more of a long text comes with the next `draw`
 * @property {() => void} stale the next `draw` looks at everything
 * @property {() => string} words
 */

/** Characters a frame: more would hold the page up. */
const MOST_AT_ONCE = 1500;

/** @param {Ctx} ctx @param {Conversation} conversation @param {Message} message @returns {Row} */
export function createRow(ctx, conversation, message) {
  const mine = message.role === "user";
  const text = h("div", { class: mine ? "vt-text" : "vt-text vt-md", dir: "auto" });
  const files = h("div", { class: "vt-files" });
  const choices = h("div", { class: "vt-choices" });
  const bubble = h("div", { class: "vt-bubble" }, files, text, choices);
  const time = h("time");
  const actions = h("div", { class: "vt-actions" });
  const avatar = h("span", { class: "vt-avatar", "aria-hidden": "true" });
  const said = h("span", { class: "vt-hidden-text" });
  const meta = h("div", { class: "vt-meta" }, time, actions);
  const node = h("article", { class: mine ? "vt-row vt-mine" : "vt-row", "data-id": message.id }, said, avatar, h("div", { class: "vt-said" }, bubble, meta));
  const body = mine ? null : createBody(ctx, text);
  let drawn = "";
  let old = true;

  /** @param {Message} now @param {boolean} last */
  function draw(now, last) {
    const key = `${now.rev} ${last} ${conversation.status === "idle"}`;
    if (key === drawn && !old) return;
    drawn = key;
    old = false;
    setAttribute(node, "data-state", now.error ? "error" : now.state);
    setText(said, `${ctx.t(mine ? "you" : "assistant")}:`);
    const words = now.error ? ctx.t(now.error) : now.text;
    if (!body || now.error) setText(text, words);
    else old = row.pending = body.set(words, now.state !== "streaming");
    text.hidden = !words;
    files.hidden = !now.files?.length;
    choices.hidden = !now.buttons?.length;
    if (!files.hidden || !choices.hidden)
      ctx.load("row_extras").then(({ drawExtras }) => drawExtras(files, choices, now, ctx, conversation), () => {});
    drawMeta(now, last);
  }

  /** @param {Message} now @param {boolean} last */
  function drawMeta(now, last) {
    const { messages } = ctx.config;
    const picture = !mine && messages.show_avatar;
    avatar.hidden = !picture;
    if (picture) avatar.replaceChildren(messages.avatar ? h("img", { src: messages.avatar, alt: "" }) : ctx.icon("bot"));
    time.hidden = !messages.show_timestamps || !now.time || Boolean(now.error);
    if (!time.hidden) {
      const when = new Date(now.time);
      setAttribute(time, "datetime", when.toISOString());
      setText(time, when.toLocaleTimeString(ctx.locale, { hour: "numeric", minute: "2-digit" }));
    }
    const wanted = mine ? [] : actionsOf(ctx, conversation, now, last);
    replaceKept(actions, wanted);
    meta.hidden = time.hidden && !wanted.length;
  }

  /** @type {Row} */
  const row = { node, draw, pending: false, stale: () => void (old = true), words: () => text.textContent ?? "" };
  return row;
}

/**
 * A reply's words, which only ever grow at the end.
 * @param {Ctx} ctx
 * @param {HTMLElement} node
 */
function createBody(ctx, node) {
  let markdown = createMarkdown(node, (code, language, closed) => dressCode(ctx, code, language, closed));
  let shown = "";
  let whole = false;
  return {
    /** @param {string} words @param {boolean} finished @returns {boolean} whether some is still to come */
    set(words, finished) {
      if (words === shown && finished === whole) return false;
      if (whole || !words.startsWith(shown)) {
        node.replaceChildren();
        markdown = createMarkdown(node, (code, language, closed) => dressCode(ctx, code, language, closed));
        shown = "";
      }
      const next = words.slice(0, shown.length + MOST_AT_ONCE);
      markdown.append(next.slice(shown.length));
      shown = next;
      whole = finished && next === words;
      if (whole) markdown.finish();
      return next !== words;
    },
  };
}

/** A code block's head: its language and a button that copies. @param {Ctx} ctx @param {HTMLElement} code @param {string} language @param {boolean} closed */
function dressCode(ctx, code, language, closed) {
  const frame = code.closest(".vt-code");
  if (!closed) frame?.prepend(h("div", { class: "vt-code-head" }, h("span", null, language), copyButton(ctx, () => code.textContent ?? "")));
  else if (language) ctx.load("highlight").then(({ highlight }) => highlight(code, language), () => {});
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

/** @param {Ctx} ctx @param {string} icon @param {string} label @param {() => void} run @param {boolean} [pressed] */
function actionButton(ctx, icon, label, run, pressed) {
  const state = pressed === undefined ? null : String(pressed);
  return h("button", { type: "button", class: "vt-btn vt-small", title: label, "aria-label": label, "aria-pressed": state, onclick: run }, ctx.icon(icon));
}

/** @param {Ctx} ctx @param {Conversation} conversation @param {Message} message @param {boolean} last @returns {HTMLElement[]} */
function actionsOf(ctx, conversation, message, last) {
  const { messages } = ctx.config;
  const idle = conversation.status === "idle";
  const again = () => conversation.retry(message.id);
  if (message.error)
    return last && idle ? [h("button", { type: "button", class: "vt-chip", onclick: again }, ctx.icon("retry"), ctx.t("retry"))] : [];
  if (message.state !== "done") return [];
  const wanted = [];
  if (messages.copy_button !== false && message.text) wanted.push(copyButton(ctx, () => message.text));
  if (messages.feedback)
    for (const [value, icon, label] of /** @type {const} */ ([[1, "good", "good_reply"], [-1, "bad", "bad_reply"]])) {
      const pressed = message.feedback === value;
      wanted.push(actionButton(ctx, icon, ctx.t(label), () => conversation.rate(message.id, pressed ? 0 : value), pressed));
    }
  if (messages.retry && last && idle) wanted.push(actionButton(ctx, "retry", ctx.t("retry"), again));
  return wanted;
}
