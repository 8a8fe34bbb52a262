/** Where the visitor writes: field, send and stop, files, tools, models, dictation. */

import { h, setAttribute, setText } from "./dom.js";
import { createMarkdown } from "./markdown.js";
import { openMenu } from "./menu.js";

/** @import {Composer, Conversation, Ctx} from "./types" */
/** @typedef {{id: string, label: string, icon: string, short_label: string, placeholder_override: string, pinned: boolean, persistent: boolean}} Tool */
/** @typedef {{id: string, label: string, description: string, disabled: boolean, default: boolean}} Model */

/** @param {Ctx} ctx @param {Conversation} conversation @returns {Composer} */
export function createComposer(ctx, conversation) {
  const field = h("textarea", { class: "vt-field", rows: "1", enterkeyhint: "send", autocomplete: "off" });
  const notice = h("div", { class: "vt-notice", role: "alert", hidden: true });
  // What most owners leave off comes when it is switched on.
  /** @type {ReturnType<typeof import("./attachments.js").createAttachments> | null} */
  let attachments = null;
  /** @type {ReturnType<typeof import("./dictation.js").createDictation> | null} */
  let dictation = null;
  /** @type {Set<string>} */
  const asked = new Set();
  const toolsButton = iconButton("sliders", () => openMenu(ctx, toolsButton, toolItems()));
  const chips = h("div", { class: "vt-tools" });
  const modelName = h("span");
  const modelButton = h("button", { type: "button", class: "vt-model", onclick: () => openMenu(ctx, modelButton, modelItems()) }, modelName, ctx.icon("down"));
  const go = h("button", { type: "submit", class: "vt-btn vt-go" });
  const start = h("div", { class: "vt-start" }, toolsButton, chips);
  const end = h("div", { class: "vt-end" }, modelButton, go);
  const box = h("form", { class: "vt-composer" }, field, start, end);
  const disclaimer = h("div", { class: "vt-disclaimer vt-md" });
  const node = h("div", { class: "vt-compose" }, notice, box, disclaimer);
  let tool = "";
  let model = "";
  let saidDisclaimer = "";
  let goIcon = "";

  /** @param {string} icon @param {() => void} run */
  function iconButton(icon, run) {
    return h("button", { type: "button", class: "vt-btn", onclick: run }, ctx.icon(icon));
  }

  /** @returns {Tool[]} */
  function tools() {
    return ctx.config.composer.tools;
  }

  /** @returns {Model[]} */
  function models() {
    return ctx.config.composer.models;
  }

  function chosenModel() {
    const all = models();
    return all.find((one) => one.id === model && !one.disabled) ?? all.find((one) => one.default && !one.disabled) ?? all.find((one) => !one.disabled);
  }

  function chosenTool() {
    return tools().find((one) => one.id === tool);
  }

  function toolItems() {
    return tools().map((one) => ({
      label: one.label,
      icon: one.icon ? ctx.ownIcon(one.icon) : undefined,
      checked: one.id === tool,
      run: () => choose(one.id === tool ? "" : one.id),
    }));
  }

  function modelItems() {
    const chosen = chosenModel();
    return models().map((one) => ({
      label: one.label,
      note: one.description,
      disabled: one.disabled,
      checked: one === chosen,
      run: () => {
        model = one.id;
        show();
      },
    }));
  }

  /** @param {string} id */
  function choose(id) {
    tool = id;
    show();
    focus();
  }

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
    const used = chosenTool();
    conversation.send(field.value, { files, tool: used?.id, model: models().length ? chosenModel()?.id : undefined });
    if (!used?.persistent) tool = "";
    field.value = "";
    say("");
    fit();
    show();
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
    const used = chosenTool();
    const usual = composer.placeholder || ctx.t(ctx.face === "n8n" ? "placeholder" : "placeholder_chatkit");
    setAttribute(field, "placeholder", used?.placeholder_override || usual);
    setAttribute(field, "aria-label", used?.placeholder_override || usual);
    // An empty field has no direction of its own.
    setAttribute(field, "dir", field.value ? "auto" : ctx.dir);
    drawTools(used);
    const chosen = chosenModel();
    modelButton.hidden = models().length < 2;
    setText(modelName, chosen?.label ?? "");
    setAttribute(modelButton, "aria-label", `${ctx.t("choose_model")}: ${chosen?.label ?? ""}`);
    const wide = tools().length || models().length > 1 || attachments?.count();
    setAttribute(box, "data-wide", Boolean(wide) || (ctx.face === "chatkit" && composer.attachments.enabled));
  }

  /** Pinned tools are chips; a tool from the menu becomes one while it is used. @param {Tool | undefined} used */
  function drawTools(used) {
    const shown = tools().filter((one) => one.pinned || one === used);
    toolsButton.hidden = !tools().some((one) => !one.pinned);
    name(toolsButton, ctx.t("choose_tool"));
    const key = JSON.stringify([shown, used?.id]);
    if (chips.dataset.drawn === key) return;
    chips.dataset.drawn = key;
    const held = chips.contains(ctx.root.activeElement);
    chips.replaceChildren(
      ...shown.map((one) =>
        h("button", { type: "button", class: "vt-tool", title: one.label, "aria-pressed": String(one === used), onclick: () => choose(one === used ? "" : one.id) },
          one.icon ? ctx.ownIcon(one.icon) : null, h("span", null, one.short_label || one.label), one === used && ctx.icon("close")),
      ),
    );
    if (held) focus();
  }

  /** @param {HTMLElement} button @param {string} words */
  function name(button, words) {
    setAttribute(button, "aria-label", words);
    setAttribute(button, "title", words);
  }

  async function loadExtras() {
    const { composer } = ctx.config;
    const fresh = ["attachments", "dictation"].filter((name) => composer[name].enabled && !asked.has(name));
    for (const name of fresh) asked.add(name);
    for (const name of fresh) {
      const module = await ctx.load(name);
      if (name === "attachments") {
        attachments = module.createAttachments(ctx, { changed: show, say, focus });
        box.prepend(/** @type {any} */ (attachments).node);
        start.prepend(/** @type {any} */ (attachments).button, /** @type {any} */ (attachments).input);
      } else end.insertBefore((dictation = module.createDictation(ctx, field, show)).button, go);
      attachments?.update();
      dictation?.update();
      show();
    }
  }

  function drawDisclaimer() {
    const { text, high_contrast } = ctx.config.composer.disclaimer;
    disclaimer.hidden = !text;
    setAttribute(disclaimer, "data-strong", high_contrast);
    if (text === saidDisclaimer) return;
    saidDisclaimer = text;
    disclaimer.replaceChildren();
    const markdown = createMarkdown(disclaimer);
    markdown.append(text);
    markdown.finish();
  }

  function focus() {
    field.focus({ preventScroll: true });
  }

  box.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  field.addEventListener("input", () => {
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
  dropInto(ctx, () => /** @type {HTMLElement} */ (node.closest(".vt-panel") ?? node), (files) => (files ? attachments?.add(files) : attachments?.enabled()));

  return {
    node,
    focus,
    setText(text) {
      field.value = text;
      fit();
      show();
    },
    update(touches) {
      if (touches("composer.tools") && !chosenTool()) tool = "";
      loadExtras();
      attachments?.update();
      dictation?.update();
      drawDisclaimer();
      show();
    },
    destroy() {
      forget();
      dictation?.stop();
    },
  };
}

/**
 * Files may be dropped anywhere on the panel.
 * @param {Ctx} ctx
 * @param {() => HTMLElement} place
 * @param {(files?: FileList) => unknown} take takes files; with none it answers whether any are wanted
 */
function dropInto(ctx, place, take) {
  const { signal, frame } = ctx;
  let inside = 0;
  const mark = (/** @type {DragEvent} */ event, /** @type {number} */ step) => {
    if (!event.dataTransfer?.types.includes("Files") || !take()) return;
    if (!event.composedPath().includes(place())) return;
    event.preventDefault();
    inside = step ? Math.max(0, inside + step) : 0;
    setAttribute(place(), "data-drop", inside > 0);
  };
  frame.addEventListener("dragenter", (event) => mark(event, 1), { signal });
  frame.addEventListener("dragleave", (event) => mark(event, -1), { signal });
  frame.addEventListener("dragover", (event) => {
    if (take() && event.dataTransfer?.types.includes("Files")) event.preventDefault();
  }, { signal });
  frame.addEventListener("drop", (event) => {
    const files = event.dataTransfer?.files;
    mark(event, 0);
    if (files?.length && take()) take(files);
  }, { signal });
}
