/** Where the visitor writes: field, send and stop, files, tools, models, dictation. */

import { h, setAttribute, setText } from "./dom.js";
import { createLater } from "./later.js";

/** @import {Composer, Conversation, Ctx} from "./types" */

/** @param {Ctx} ctx @param {Conversation} conversation @returns {Composer} */
export function createComposer(ctx, conversation) {
  const field = h("textarea", { class: "vt-field", rows: "1", enterkeyhint: "send", autocomplete: "off" });
  const notice = h("div", { class: "vt-notice", role: "alert", hidden: true });
  // What most owners leave off comes when it is switched on.
  /** @type {ReturnType<typeof import("./attachments.js").createAttachments> | null} */
  let attachments = null;
  /** @type {ReturnType<typeof import("./dictation.js").createDictation> | null} */
  let dictation = null;
  /** @type {ReturnType<typeof import("./tools.js").createTools> | null} */
  let tools = null;
  // No form: a sandboxed frame may not submit one.
  const go = h("button", { type: "button", class: "vt-btn vt-go", onclick: send });
  const start = h("div", { class: "vt-start" });
  const end = h("div", { class: "vt-end" }, go);
  const box = h("div", { class: "vt-composer" }, field, start, end);
  const disclaimer = h("div", { class: "vt-disclaimer vt-md", dir: "auto" });
  const node = h("div", { class: "vt-compose" }, notice, box, disclaimer);
  let saidDisclaimer = "";
  let goIcon = "";
  let foreseen = false;

  /** A sentence about what could not be taken; "" clears it. @param {string} sentence */
  function say(sentence) {
    setText(notice, sentence);
    notice.hidden = !sentence;
  }

  function send() {
    if (conversation.status !== "idle") return conversation.stop();
    if (!canSend()) return;
    dictation?.stop();
    const files = attachments?.take() ?? [];
    conversation.send(field.value, { files, ...tools?.take() });
    field.value = "";
    say("");
    fit();
    show();
  }

  /** What an answer needs comes while the question is being written. */
  function foresee() {
    if (foreseen) return;
    foreseen = true;
    conversation.foresee?.();
  }

  function canSend() {
    return !conversation.blocked && Boolean(field.value.trim() || attachments?.count());
  }

  /** Where the engine cannot size fields itself. */
  function fit() {
    if (CSS.supports("field-sizing", "content")) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }

  function show() {
    const busy = conversation.status !== "idle";
    const icon = busy ? "stop" : "send";
    if (icon !== goIcon) go.replaceChildren(ctx.icon((goIcon = icon)));
    name(go, ctx.t(icon));
    setAttribute(go, "aria-disabled", !busy && !canSend() ? "true" : null);
    setAttribute(go, "data-busy", busy);
    field.readOnly = conversation.blocked;
    const { composer } = ctx.config;
    const used = tools?.draw();
    const usual = composer.placeholder || ctx.t(ctx.face === "n8n" ? "placeholder" : "placeholder_chatkit");
    setAttribute(field, "placeholder", used?.placeholder_override || usual);
    setAttribute(field, "aria-label", used?.placeholder_override || usual);
    // An empty field has no direction of its own.
    setAttribute(field, "dir", field.value ? "auto" : ctx.dir);
    const wide = composer.tools.length || composer.models.length > 1 || attachments?.count();
    setAttribute(box, "data-wide", Boolean(wide) || (ctx.face === "chatkit" && composer.attachments.enabled));
  }

  /** @param {HTMLElement} button @param {string} words */
  function name(button, words) {
    setAttribute(button, "aria-label", words);
    setAttribute(button, "title", words);
  }

  /** Where files may be dropped. */
  function place() {
    return /** @type {HTMLElement} */ (node.closest(".vt-panel") ?? node);
  }

  const withAttachments = createLater(ctx, "attachments", ({ createAttachments }) => {
    const part = (attachments = createAttachments(ctx, { changed: show, say, focus, place }));
    box.prepend(part.node);
    start.prepend(part.button, part.input);
    return part;
  });
  const withDictation = createLater(ctx, "dictation", ({ createDictation }) => {
    end.insertBefore((dictation = createDictation(ctx, field, show)).button, go);
    return dictation;
  });
  const withTools = createLater(ctx, "tools", ({ createTools }) => {
    const part = (tools = createTools(ctx, { changed: show, focus }));
    start.append(part.button, part.chips);
    end.prepend(part.model);
    return part;
  });

  function loadExtras() {
    const { composer } = ctx.config;
    if (attachments || composer.attachments.enabled) withAttachments((part) => (part.update(), show()));
    if (dictation || composer.dictation.enabled) withDictation((part) => (part?.update(), show()));
    if (composer.tools.length || composer.models.length) withTools(show);
  }

  function drawDisclaimer() {
    const { text = "", high_contrast } = ctx.config.composer.disclaimer;
    disclaimer.hidden = !text;
    setAttribute(disclaimer, "data-strong", high_contrast);
    if (text === saidDisclaimer) return;
    saidDisclaimer = text;
    const words = ctx.here.reading?.createReading(ctx, disclaimer, () => h("span"), draw);
    /** Draws what there is, and again once its rarer signs can be read. */
    function draw() {
      if (text === saidDisclaimer) while (words.set(text, true));
    }
    if (words) draw();
    else setText(disclaimer, text);
  }

  function focus() {
    field.focus({ preventScroll: true });
  }

  field.addEventListener("input", () => {
    foresee();
    fit();
    show();
  });
  field.addEventListener("keydown", (event) => {
    // 229 is a key that an input method is still working on.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (conversation.status === "idle") send();
  });
  box.addEventListener("pointerdown", (event) => {
    if (event.target !== box && event.target !== start && event.target !== end) return;
    event.preventDefault();
    focus();
  });
  field.addEventListener("paste", (event) => attachments?.paste(event));
  const forget = conversation.subscribe(show);

  return {
    node,
    focus,
    setText(text) {
      field.value = text;
      fit();
      show();
    },
    update(touches) {
      loadExtras();
      drawDisclaimer();
      show();
    },
    destroy() {
      forget();
      dictation?.stop();
    },
  };
}
