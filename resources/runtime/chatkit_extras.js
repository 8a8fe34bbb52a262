/** What messages of a ChatKit thread have besides words: files, sources, forms, widgets, tasks. */

import { drawWidget, shownPicture, webAddress } from "./chatkit_widget.js";
import { sourcesOf } from "./chatkit_items.js";
import { adoptStyles, h } from "./dom.js";
import { fileChip } from "./file_chip.js";
import { CHATKIT_EXTRAS_CSS } from "./styles/chatkit_extras.js";
import { FILES_CSS } from "./styles/files.js";

/** @import {Message} from "./types" */
/** @typedef {import("./types").Ctx & {itemWords: () => Record<string, string>}} Ctx what chatkit_own.js gives */

/** What a place shows, so that forms keep what was typed. @type {WeakMap<HTMLElement, string>} */
const SHOWN = new WeakMap();
/** @type {WeakMap<Ctx, boolean>} */
const DRESSED = new WeakMap();

/** @param {HTMLElement} files @param {HTMLElement} place @param {Message} message @param {Ctx} ctx @param {any} talk a ThreadTalk */
export function drawExtras(files, place, message, ctx, talk) {
  if (!DRESSED.has(ctx)) for (const css of [FILES_CSS, CHATKIT_EXTRAS_CSS]) adoptStyles(ctx.root, css);
  DRESSED.set(ctx, true);
  const all = message.files ?? [];
  if (files.childElementCount !== all.length) files.replaceChildren(...all.map((/** @type {any} */ file) => chipOf(ctx, file, talk.pictures)));
  const [what] = message.buttons ?? [];
  const key = JSON.stringify([what ?? null, ctx.locale]);
  place.inert = talk.status !== "idle" || (talk.blocked && what?.type !== "older");
  if (!what || SHOWN.get(place) === key) return;
  SHOWN.set(place, key);
  place.replaceChildren(...(Object.hasOwn(DRAW, what.type) ? DRAW[what.type](what, ctx, talk, message) : []));
}

/** @param {Ctx} ctx @param {any} file @param {string[] | null} hosts */
function chipOf(ctx, file, hosts) {
  if (file.blob) return fileChip(ctx, file);
  const picture = /^image\//.test(file.type) && shownPicture(file.url, hosts);
  if (picture) return h("span", { class: "vt-file vt-picture", title: file.name }, h("img", { src: picture, alt: file.name, loading: "lazy", referrerpolicy: "no-referrer" }));
  return h("span", { class: "vt-file", title: file.name }, ctx.icon("file"), h("bdi", null, file.name));
}

/** @type {Record<string, (what: any, ctx: Ctx, talk: any, message: Message) => HTMLElement[]>} */
const DRAW = {
  user_message: (item) => [h("blockquote", { class: "vt-quote", dir: "auto" }, item.quoted_text)],
  assistant_message: (item, ctx) => [sourceList(sourcesOf(item), ctx)],
  widget: (item, ctx, talk, message) => [drawWidget(item.widget, ctx, (action) => talk.act(message, action), talk.pictures)],
  generated_image: ({ image }, ctx, talk) => {
    const source = image && shownPicture(image.url, talk.pictures);
    return [source ? h("img", { class: "vt-made", src: source, alt: ctx.itemWords().image, referrerpolicy: "no-referrer" }) : h("div", { class: "vt-made vt-shimmer", role: "img", "aria-label": ctx.itemWords().image })];
  },
  task: ({ task }, ctx) => [h("div", { class: "vt-tasks" }, taskRow(task, ctx))],
  workflow: ({ workflow }, ctx) => [workflowBox(workflow, ctx)],
  structured_input: (item, ctx, talk, message) => [questions(item, ctx, (input) => talk.answer(message, input))],
  older: (_, ctx, talk) => [chip(ctx, ctx.itemWords().older, () => talk.bringOlder())],
  retry: (_, ctx, talk, message) => [chip(ctx, ctx.t("retry"), () => talk.retry(message.id), "retry")],
};

/** @param {Ctx} ctx @param {string} words @param {() => void} run @param {string} [icon] */
function chip(ctx, words, run, icon) {
  return h("button", { type: "button", class: "vt-chip", onclick: run }, icon && ctx.icon(icon), words);
}

/** @param {any[]} sources @param {Ctx} ctx */
function sourceList(sources, ctx) {
  const rows = sources.map((source, index) => {
    const address = source.type === "url" && webAddress(source.url);
    const words = [h("i", { "aria-hidden": "true" }, String(index + 1)), h("bdi", null, source.title)];
    const about = [source.attribution, source.filename, source.description].filter(Boolean).join(" · ");
    if (address) return h("li", null, h("a", { href: address, target: "_blank", rel: "noopener noreferrer", title: about || address }, ...words));
    return h("li", null, h("span", { title: about }, ...words));
  });
  return h("ol", { class: "vt-sources", "aria-label": ctx.itemWords().sources }, ...rows);
}

/** @param {any} workflow @param {Ctx} ctx */
function workflowBox({ tasks = [], summary, expanded }, ctx) {
  const words = ctx.itemWords();
  const running = !summary;
  const heading = summary?.title ?? (typeof summary?.duration === "number" ? words.thought.replace("{seconds}", String(Math.max(1, Math.round(summary.duration)))) : words.thinking);
  return h(
    "details",
    { class: "vt-workflow", open: Boolean(expanded) },
    h("summary", { class: running ? "vt-shimmer-text" : "" }, heading),
    h("div", { class: "vt-tasks" }, ...tasks.map((/** @type {any} */ task) => taskRow(task, ctx))),
  );
}

/** @param {any} task @param {Ctx} ctx */
function taskRow(task, ctx) {
  const words = ctx.itemWords();
  const { type, title, title_query, content, queries = [], sources = [], status_indicator } = task ?? {};
  const heading = title || title_query || { web_search: words.search, thought: words.thinking, file: words.files, image: words.image }[/** @type {"file"} */ (type)] || "";
  return h(
    "div",
    { class: "vt-task", "data-status": status_indicator ?? "none" },
    heading && h("strong", null, heading),
    content && h("p", { dir: "auto" }, String(content)),
    queries.length > 0 && h("p", { dir: "auto" }, queries.join(" · ")),
    sources.length > 0 && sourceList(sources, ctx),
  );
}

/**
 * Questions of the assistant's; once answered they stand there with their answers.
 * @param {any} item @param {Ctx} ctx @param {(input: any) => void} answer
 */
function questions(item, ctx, answer) {
  const words = ctx.itemWords();
  const open = item.status === "pending";
  const fields = item.inputs.map((/** @type {any} */ input) => (open ? askedField(input, words) : answeredField(input)));
  if (!open) return h("div", { class: "vt-questions" }, ...fields.map((/** @type {any} */ field) => field.node));
  const form = h("form", { class: "vt-questions", novalidate: true }, ...fields.map((/** @type {any} */ field) => field.node));
  const skip = h("button", { type: "button", class: "vt-chip", onclick: () => answer({ status: "skipped", answers: {} }) }, words.skip);
  form.append(h("div", { class: "vt-questions-end" }, h("button", { type: "submit", class: "vt-btn-fill" }, ctx.t("send")), skip));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    /** @type {Record<string, any>} */
    const answers = {};
    for (const { id, values } of fields) answers[id] = values().length ? { values: values(), skipped: false } : { values: [], skipped: true };
    answer({ status: "answered", answers });
  });
  return form;
}

/** @param {any} input @param {Record<string, string>} words */
function askedField(input, words) {
  const free = h("textarea", { class: "vt-answer", rows: input.type === "freeform" ? "3" : "1", dir: "auto", "aria-label": input.question, placeholder: input.type === "freeform" ? "" : words.other });
  const boxes = (input.options ?? []).map((/** @type {{value: string}} */ { value }) => h("input", { type: input.multiple ? "checkbox" : "radio", name: `vt-${input.id}`, value }));
  const rows = boxes.map((/** @type {HTMLInputElement} */ box) => h("label", { class: "vt-choice" }, box, h("span", { dir: "auto" }, box.value)));
  const node = h("fieldset", null, h("legend", { dir: "auto" }, input.question), input.description && h("p", { dir: "auto" }, input.description), ...rows, free);
  const values = () => {
    const picked = boxes.filter((/** @type {HTMLInputElement} */ box) => box.checked).map((/** @type {HTMLInputElement} */ box) => box.value);
    const own = free.value.trim();
    return own && !input.multiple ? [own] : own ? [...picked, own] : picked;
  };
  return { id: input.id, node, values };
}

/** @param {any} input */
function answeredField({ id, question, answer }) {
  const words = answer?.values?.length ? answer.values.join(", ") : "–";
  return { id, node: h("div", null, h("strong", { dir: "auto" }, question), h("p", { dir: "auto" }, words)), values: () => [] };
}
