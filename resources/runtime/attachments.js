/** Files on their way into a message: picked, dropped or pasted, each one checked. */

import { adoptStyles, h, setAttribute } from "./dom.js";
import { fileChip } from "./file_chip.js";
import { FILES_CSS } from "./styles/files.js";
import { WIDE_CSS } from "./styles/wide.js";

/** @import {Ctx} from "./types" */
/**
 * @typedef {object} Calls
 * @property {() => void} changed @property {(sentence: string) => void} say @property {() => void} focus
 * @property {() => HTMLElement} place where files may be dropped
 */

const MEGABYTE = 1024 * 1024;

/** @param {Ctx} ctx @param {Calls} calls */
export function createAttachments(ctx, calls) {
  adoptStyles(ctx.root, FILES_CSS + WIDE_CSS);
  const input = h("input", { type: "file", multiple: true, hidden: true });
  const button = h("button", { type: "button", class: "vt-btn", onclick: () => input.click() }, ctx.icon(ctx.face === "n8n" ? "attach" : "plus"));
  const node = h("ul", { class: "vt-picked", hidden: true });
  /** @type {{file: File, row: HTMLElement}[]} */
  let picked = [];
  const rules = () => ctx.config.composer.attachments;
  const enabled = () => Boolean(rules().enabled);

  /** @param {Iterable<File>} files */
  function add(files) {
    /** @type {Set<string>} */
    const sentences = new Set();
    for (const file of files) {
      const refusal = refusedFile(ctx, file, picked.length);
      if (refusal) sentences.add(refusal);
      else if (!picked.some(({ file: one }) => one.name === file.name && one.size === file.size && one.lastModified === file.lastModified)) pick(file);
    }
    calls.say([...sentences].slice(0, 3).join(" "));
    changed();
    calls.focus();
  }

  /** @param {File} file */
  function pick(file) {
    const label = ctx.t("remove_file").replace("{name}", file.name);
    const remove = h("button", { type: "button", class: "vt-btn vt-remove", "aria-label": label, title: label }, ctx.icon("close"));
    const row = h("li", null, fileChip(ctx, { name: file.name, size: file.size, type: file.type, blob: file }), remove);
    const entry = { file, row };
    remove.addEventListener("click", () => {
      picked = picked.filter((one) => one !== entry);
      changed();
      calls.focus();
    });
    picked.push(entry);
  }

  function changed() {
    const rows = picked.map(({ row }) => row);
    for (const old of [...node.children]) if (!rows.includes(/** @type {HTMLElement} */ (old))) old.remove();
    node.append(...rows.filter((row) => !row.isConnected));
    node.hidden = !rows.length;
    calls.changed();
  }

  input.addEventListener("change", () => {
    add([...(input.files ?? [])]);
    input.value = "";
  });

  dropInto(ctx, calls.place, (files) => (files ? add(files) : enabled()));

  return {
    node,
    button,
    /** Hidden, so that nothing but the button is in anybody's way. */
    input,
    add,
    enabled,
    count: () => picked.length,
    /** Hands the files over. @returns {File[]} */
    take() {
      const files = picked.map(({ file }) => file);
      picked = [];
      changed();
      return files;
    },
    /** @param {ClipboardEvent} event */
    paste(event) {
      const files = event.clipboardData?.files;
      if (!files?.length || !enabled()) return;
      event.preventDefault();
      add(files);
    },
    update() {
      button.hidden = !enabled();
      setAttribute(button, "aria-label", ctx.t("attach"));
      setAttribute(button, "title", ctx.t("attach"));
      setAttribute(input, "accept", rules().accept.join(",") || null);
      input.multiple = rules().max_count > 1;
      if (!enabled() && picked.length) {
        picked = [];
        changed();
      }
    },
  };
}

/** Why a file may not go along, or "". @param {Ctx} ctx @param {File} file @param {number} count how many there are */
function refusedFile(ctx, file, count) {
  const { max_size, max_count, accept } = ctx.config.composer.attachments;
  const say = (/** @type {string} */ name, /** @type {Record<string, string | number>} */ values) =>
    Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, () => String(value)), ctx.t(name));
  if (!isAccepted(file, accept)) return say("error_file_type", { name: file.name, types: accept.join(", ") });
  if (file.size > max_size * MEGABYTE) return say("error_file_size", { name: file.name, size: max_size });
  return count >= max_count ? say("error_file_count", { count: max_count }) : "";
}

/** @param {File} file @param {string[]} accept endings and media types; none allows all */
function isAccepted(file, accept) {
  const name = file.name.toLowerCase();
  const type = file.type.toLowerCase();
  return !accept.length || accept.some((rule) => {
    const wanted = rule.toLowerCase();
    return wanted.startsWith(".") ? name.endsWith(wanted) : wanted.endsWith("/*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
  });
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
