/** Items of a ChatKit thread as messages of ours, and how their updates change them. */

/** @import {Message} from "./types" */
/** @typedef {{id: string, type: string, [more: string]: any}} Item */

/** What a thread has besides words, each drawn by chatkit_extras.js. */
const DRAWN = new Set(["widget", "structured_input", "task", "workflow", "generated_image"]);

/** Whether anybody sees an item: calls of tools and hidden context stay out. @param {Item} item */
export function isShown(item) {
  return item.type === "user_message" || item.type === "assistant_message" || DRAWN.has(item.type);
}

/** Bring a message up to its item. @param {Message} message @param {Item} item */
export function showItem(message, item) {
  message.item = item;
  message.role = item.type === "user_message" ? "user" : "assistant";
  message.text = wordsOf(item);
  if (message.role === "user") showFiles(message, item);
  else message.buttons = DRAWN.has(item.type) || sourcesOf(item).length ? [item] : [];
  if (!message.time) message.time = Date.parse(item.created_at) || Date.now();
  message.rev++;
}

/** @param {Message} message @param {Item} item the visitor's; files that this page sent keep their pictures */
function showFiles(message, item) {
  const files = list(item.attachments);
  message.quote = typeof item.quoted_text === "string" ? item.quoted_text : "";
  if (message.quote) message.buttons = [item];
  if (files.length !== message.files?.length)
    message.files = files.map(({ id, name, mime_type, preview_url }) => ({ id, name: String(name), type: String(mime_type), url: preview_url }));
}

/** @param {Item} item @returns {string} */
function wordsOf(item) {
  const parts = list(item.content).map((part) => (typeof part?.text === "string" ? (part.type === "input_tag" ? `@${part.text}` : part.text) : ""));
  return parts.join(item.type === "user_message" ? "" : "\n\n");
}

/** Where an answer has its knowledge from, each source once. @param {Item} item @returns {any[]} */
export function sourcesOf(item) {
  /** @type {Map<string, any>} */
  const found = new Map();
  for (const part of list(item.content))
    for (const { source } of list(part?.annotations))
      if (source?.title) found.set(`${source.type} ${source.url ?? source.filename ?? source.id} ${source.title}`, source);
  return [...found.values()];
}

/**
 * Change an item as an update says; what does not fit is passed over.
 * @param {Item} item @param {any} update
 */
export function applyUpdate(item, update) {
  if (Object.hasOwn(CHANGES, update?.type)) CHANGES[update.type](item, update);
}

/** @type {Record<string, (item: any, update: any) => void>} */
const CHANGES = {
  "assistant_message.content_part.added": (item, { content_index, content }) => void (partOf(item, content_index) && (item.content[content_index] = content)),
  "assistant_message.content_part.done": (item, { content_index, content }) => void (partOf(item, content_index) && (item.content[content_index] = content)),
  "assistant_message.content_part.text_delta": (item, { content_index, delta }) => {
    const part = partOf(item, content_index);
    if (part) part.text += delta;
  },
  "assistant_message.content_part.annotation_added": (item, { content_index, annotation_index, annotation }) => {
    const part = partOf(item, content_index);
    if (part) (part.annotations ??= [])[Math.min(annotation_index, part.annotations.length)] = annotation;
  },
  "widget.root.updated": (item, { widget }) => void (item.widget = widget),
  "widget.component.updated": (item, { component_id, component }) => void (item.widget = replaced(item.widget, component_id, () => component)),
  "widget.streaming_text.value_delta": (item, { component_id, delta }) =>
    void (item.widget = replaced(item.widget, component_id, (old) => ({ ...old, value: (old.value ?? "") + delta }))),
  "workflow.task.added": (item, { task_index, task }) => setTask(item, task_index, task),
  "workflow.task.updated": (item, { task_index, task }) => setTask(item, task_index, task),
  "generated_image.updated": (item, { image, progress }) => Object.assign(item, { image, progress }),
};

/** @param {any} item @param {number} index @returns {any} */
function partOf(item, index) {
  const parts = (item.content ??= []);
  if (!(index >= 0 && index <= parts.length)) return undefined;
  return (parts[index] ??= { type: "output_text", text: "", annotations: [] });
}

/** @param {any} item @param {number} index @param {any} task */
function setTask(item, index, task) {
  const tasks = (item.workflow ??= { type: "custom", tasks: [] }).tasks;
  if (index >= 0 && index <= tasks.length) tasks[index] = task;
}

/** The same tree with one component another. @param {any} node @param {string} id @param {(old: any) => any} change @returns {any} */
function replaced(node, id, change) {
  if (!node || typeof node !== "object") return node;
  if (node.id === id) return change(node);
  const { children } = node;
  if (!children) return node;
  return { ...node, children: Array.isArray(children) ? children.map((child) => replaced(child, id, change)) : replaced(children, id, change) };
}

/** @param {any} value @returns {any[]} */
function list(value) {
  return Array.isArray(value) ? value : [];
}
