/**
 * Widgets that a ChatKit server sends into the conversation, drawn from what we know and
 * never from markup: what has another type shows its children, what is no address no link.
 */

import { h, setVariables } from "./dom.js";

/** @import {Ctx} from "./types" */
/** @typedef {(action: any) => void} Act */
/** @typedef {{ctx: Ctx, act: Act, hosts: string[] | null, depth: number}} Pen */

const DEEPEST = 40;
const GAPS = /^\d{1,3}(\.\d+)?$/;
const LENGTH = /^\d{1,4}(\.\d+)?(px|%|rem|em)?$/;
const COLOR = /^(#[0-9a-f]{3,8}|(rgb|hsl|oklch)a?\([\d.,%/ a-z-]{1,60}\)|[a-z]{3,20})$/i;
/** @type {Record<string, string>} ChatKit's names for our tokens */
const TONES = { prose: "--vt-text", primary: "--vt-text", emphasis: "--vt-text", secondary: "--vt-text-2", tertiary: "--vt-text-2", success: "--vt-good", warning: "--vt-warn", danger: "--vt-danger" };
const PLACES = { start: "flex-start", center: "center", end: "flex-end", baseline: "baseline", stretch: "stretch", between: "space-between", around: "space-around", evenly: "space-evenly" };

/** @param {any} root @param {Ctx} ctx @param {Act} act @param {string[] | null} hosts that pictures may come from */
export function drawWidget(root, ctx, act, hosts) {
  const node = h("div", { class: "vt-widget", role: "group" });
  const pen = { ctx, act, hosts, depth: 0 };
  node.append(...drawn(root, pen));
  return node;
}

/** An address that may be opened, else "". @param {unknown} address */
export function webAddress(address) {
  return typeof address === "string" && /^(https?:\/\/|mailto:|tel:)/i.test(address) ? address : "";
}

/** An address that may be shown as a picture, else "". @param {unknown} address @param {string[] | null} hosts */
export function shownPicture(address, hosts) {
  if (typeof address !== "string") return "";
  if (/^data:image\/(png|jpeg|gif|webp);base64,/i.test(address)) return address;
  try {
    const { protocol, hostname } = new URL(address);
    const local = protocol === "http:" && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
    return (protocol === "https:" || local) && (!hosts || hosts.includes(hostname)) ? address : "";
  } catch {
    return "";
  }
}

/** @param {any} part @param {Pen} pen @returns {HTMLElement[]} */
function drawn(part, pen) {
  if (!part || typeof part !== "object" || pen.depth > DEEPEST) return [];
  const inner = { ...pen, depth: pen.depth + 1 };
  return Object.hasOwn(COMPONENTS, part.type) ? [COMPONENTS[part.type](part, inner)] : within(part, inner);
}

/** @param {any} part @param {Pen} pen */
function within({ children }, pen) {
  const list = Array.isArray(children) ? children : children ? [children] : [];
  return list.slice(0, 500).flatMap((child) => drawn(child, pen));
}

/** @type {Record<string, (part: any, pen: Pen) => HTMLElement>} */
const COMPONENTS = {
  Card: drawCard,
  Basic: (part, pen) => boxed(part, h("div", { class: "vt-w-col" }, ...within(part, pen))),
  ListView: (part, pen) => h("div", { class: "vt-w-card vt-w-list" }, statusOf(part), ...within(part, pen)),
  ListViewItem: drawListItem,
  Box: (part, pen) => boxed(part, h("div", { class: part.direction === "row" ? "vt-w-row" : "vt-w-col" }, ...within(part, pen))),
  Row: (part, pen) => boxed(part, h("div", { class: "vt-w-row" }, ...within(part, pen))),
  Col: (part, pen) => boxed(part, h("div", { class: "vt-w-col" }, ...within(part, pen))),
  Form: drawForm,
  Transition: (part, pen) => h("div", { class: "vt-w-col" }, ...within(part, pen)),
  Text: (part, pen) => (part.editable ? drawEditable(part) : words(part, "p", "vt-w-text")),
  Title: (part) => words(part, "h4", "vt-w-title"),
  Caption: (part) => words(part, "p", "vt-w-caption"),
  Label: (part) => words(part, "p", "vt-w-label"),
  Badge: (part) => h("span", { class: "vt-w-badge", "data-tone": String(part.color ?? "secondary") }, String(part.label ?? "")),
  Markdown: (part, { ctx }) => drawMarkdown(ctx, String(part.value ?? "")),
  Divider: () => h("hr", { class: "vt-w-line" }),
  Spacer: () => h("div", { class: "vt-w-spacer" }),
  Icon: (part, { ctx }) => h("span", { class: "vt-w-icon", "aria-hidden": "true" }, ctx.ownIcon(String(part.name))),
  Image: drawPicture,
  Button: drawButton,
  Input: (part, pen) => field(part, pen, h("input", { class: "vt-answer", type: /^(number|email|text|password|tel|url)$/.test(part.inputType) ? part.inputType : "text", value: String(part.defaultValue ?? ""), ...rules(part) })),
  Textarea: (part, pen) => field(part, pen, h("textarea", { class: "vt-answer", rows: String(Math.min(12, Number(part.rows) || 3)), ...rules(part) }, String(part.defaultValue ?? ""))),
  DatePicker: (part, pen) => field(part, pen, h("input", { class: "vt-answer", type: "date", value: String(part.defaultValue ?? "").slice(0, 10), min: day(part.min), max: day(part.max), ...rules(part) })),
  Select: drawSelect,
  Checkbox: (part, pen) => h("label", { class: "vt-choice" }, field(part, pen, h("input", { type: "checkbox", value: "true", checked: Boolean(part.defaultChecked), ...rules(part) })), h("span", { dir: "auto" }, String(part.label ?? ""))),
  RadioGroup: drawRadios,
  Chart: drawChart,
};

/** @param {any} part @param {Pen} pen */
function drawCard(part, pen) {
  const { confirm, cancel, asForm, collapsed, size } = part;
  const inside = [statusOf(part), ...within(part, pen)];
  const card = h(asForm ? "form" : "div", { class: "vt-w-card", "data-size": String(size ?? "md") }, ...inside);
  const buttons = [confirm && h("button", { type: asForm ? "submit" : "button", class: "vt-btn-fill", onclick: asForm ? () => {} : () => pen.act(confirm.action) }, confirm.label)];
  buttons.push(cancel && h("button", { type: "button", class: "vt-chip", onclick: () => pen.act(cancel.action) }, cancel.label));
  if (confirm || cancel) card.append(h("div", { class: "vt-w-end" }, ...buttons));
  if (asForm) onSubmit(card, confirm?.action, pen.act);
  const node = boxed({ background: part.background }, card);
  return collapsed ? h("details", null, h("summary", null, String(part.status?.text ?? "…")), node) : node;
}

/** @param {any} part */
function statusOf({ status }) {
  return status?.text ? h("p", { class: "vt-w-caption" }, String(status.text)) : null;
}

/** @param {any} part @param {Pen} pen */
function drawListItem(part, pen) {
  const action = part.onClickAction;
  const node = h(action ? "button" : "div", { class: "vt-w-item", ...(action && { type: "button", onclick: () => pen.act(action) }) }, ...within(part, pen));
  return boxed({ gap: part.gap, align: part.align }, node);
}

/** @param {any} part @param {Pen} pen */
function drawForm(part, pen) {
  const node = h("form", { class: part.direction === "row" ? "vt-w-row" : "vt-w-col" }, ...within(part, pen));
  onSubmit(node, part.onSubmitAction, pen.act);
  return boxed(part, node);
}

/** @param {HTMLElement} form @param {any} action @param {Act} act */
function onSubmit(form, action, act) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (action) act({ ...action, payload: { ...asObject(action.payload), ...valuesOf(form) } });
  });
}

/** What a form holds, by its fields' names; dots make objects. @param {HTMLElement} form */
function valuesOf(form) {
  /** @type {Record<string, any>} */
  const found = Object.create(null);
  for (const [name, value] of new FormData(/** @type {HTMLFormElement} */ (form))) {
    const path = name.split(".");
    const last = /** @type {string} */ (path.pop());
    let at = found;
    for (const step of path) at = at[step] = asObject(at[step]);
    at[last] = value === "true" ? true : value;
  }
  return found;
}

/** @param {any} value @returns {Record<string, any>} */
function asObject(value) {
  return value && typeof value === "object" && !Array.isArray(value) ? value : Object.create(null);
}

/** A field that may act on its own. @template {HTMLElement} T @param {any} part @param {Pen} pen @param {T} node @returns {T} */
function field(part, pen, node) {
  const action = part.onChangeAction;
  if (!action) return node;
  node.addEventListener("change", () => {
    const { checked, type, value } = /** @type {any} */ (node);
    pen.act({ ...action, payload: { ...asObject(action.payload), [part.name]: type === "checkbox" ? checked : value } });
  });
  return node;
}

/** @param {any} part */
function rules({ name, required, disabled, placeholder, pattern, label, readOnly }) {
  const words = placeholder || label || name;
  return { name: String(name ?? ""), required: Boolean(required), disabled: Boolean(disabled), placeholder: placeholder ?? null, pattern: pattern ?? null, "aria-label": String(words ?? ""), readonly: Boolean(readOnly) };
}

/** @param {unknown} value */
function day(value) {
  return value ? String(value).slice(0, 10) : null;
}

/** @param {any} part */
function drawEditable(part) {
  const { value, editable, minLines } = part;
  if (Number(minLines) > 1) return h("textarea", { class: "vt-answer", rows: String(Math.min(12, minLines)), ...rules(editable) }, String(value ?? ""));
  return h("input", { class: "vt-answer", value: String(value ?? ""), ...rules(editable) });
}

/** @param {any} part @param {Pen} pen */
function drawSelect(part, pen) {
  const options = listOf(part.options).map(({ value, label, disabled }) => h("option", { value, disabled: Boolean(disabled), selected: value === part.defaultValue }, String(label ?? value)));
  const empty = !part.defaultValue && h("option", { value: "" }, String(part.placeholder ?? ""));
  return field(part, pen, h("select", { class: "vt-answer", ...rules({ ...part, placeholder: null, label: part.placeholder }) }, empty, ...options));
}

/** @param {any} part @param {Pen} pen */
function drawRadios(part, pen) {
  const rows = listOf(part.options).map(({ label, value, disabled }) => {
    const box = h("input", { type: "radio", name: String(part.name), value, checked: value === part.defaultValue, disabled: Boolean(disabled || part.disabled), required: Boolean(part.required) });
    return h("label", { class: "vt-choice" }, field(part, pen, box), h("span", { dir: "auto" }, String(label ?? value)));
  });
  return h("fieldset", { class: part.direction === "row" ? "vt-w-row" : "vt-w-col", "aria-label": String(part.ariaLabel ?? part.name) }, ...rows);
}

/** @param {any} part @param {Pen} pen */
function drawButton(part, { ctx, act }) {
  const { label, submit, onClickAction, style, block, disabled, iconStart, iconEnd } = part;
  const run = () => onClickAction && act(onClickAction);
  const props = { type: submit ? "submit" : "button", class: style === "primary" || (submit && style !== "secondary") ? "vt-btn-fill" : "vt-chip", disabled: Boolean(disabled), "data-block": Boolean(block), onclick: run };
  return h("button", props, iconStart && ctx.ownIcon(String(iconStart)), label && String(label), iconEnd && ctx.ownIcon(String(iconEnd)));
}

/** @param {any} part @param {Pen} pen */
function drawPicture(part, { hosts }) {
  const source = shownPicture(part.src, hosts);
  if (!source) return h("p", { class: "vt-w-caption" }, String(part.alt ?? ""));
  return boxed(part, h("img", { class: "vt-w-picture", src: source, alt: String(part.alt ?? ""), loading: "lazy", referrerpolicy: "no-referrer" }));
}

/** Plain words until what reads them is there. @param {Ctx} ctx @param {string} text */
function drawMarkdown(ctx, text) {
  const node = h("div", { class: "vt-md", dir: "auto" }, text);
  const mark = () => h("span");
  ctx.bring("reading").then(({ createReading }) => {
    const reading = createReading(ctx, node, mark, draw);
    function draw() {
      while (reading.set(text, true));
    }
    draw();
  }, () => {});
  return node;
}

/** A chart as its numbers: a table that everybody can read, with bars where there is one row of them. @param {any} part */
function drawChart({ data, series, xAxis }) {
  const axis = typeof xAxis === "string" ? xAxis : xAxis?.dataKey;
  const rows = listOf(data).slice(0, 100);
  const columns = listOf(series).slice(0, 8);
  const most = Math.max(1e-9, ...rows.flatMap((row) => columns.map(({ dataKey }) => Math.abs(Number(row[dataKey])) || 0)));
  const cell = (/** @type {any} */ row, /** @type {any} */ { dataKey }) => {
    const bar = h("i");
    setVariables(bar, { "--vt-part": `${Math.round((100 * Math.abs(Number(row[dataKey]) || 0)) / most)}%` });
    return h("td", null, bar, h("span", null, String(row[dataKey] ?? "–")));
  };
  const head = h("tr", null, h("td"), ...columns.map(({ label, dataKey }) => h("th", { scope: "col" }, String(label ?? dataKey))));
  return h("table", { class: "vt-w-chart" }, head, ...rows.map((row) => h("tr", null, h("th", { scope: "row" }, String(xAxis?.labels?.[row[axis]] ?? row[axis] ?? "")), ...columns.map((one) => cell(row, one)))));
}

/** @param {any} part @param {"p" | "h4"} tag @param {string} name */
function words(part, tag, name) {
  const node = h(tag, { class: name, dir: "auto", "data-size": String(part.size ?? "md"), "data-weight": part.weight ?? null, "data-one-line": Boolean(part.truncate) }, String(part.value ?? ""));
  const { italic, lineThrough, textAlign } = part;
  if (italic) node.style.fontStyle = "italic";
  if (lineThrough) node.style.textDecoration = "line-through";
  if (/^(start|center|end)$/.test(textAlign)) node.style.textAlign = textAlign;
  const color = colorOf(part.color);
  if (color) node.style.color = color;
  return node;
}

/** Sizes, gaps and grounds that a component names. @template {HTMLElement} T @param {any} part @param {T} node @returns {T} */
function boxed(part, node) {
  const { style } = node;
  const { align, justify, wrap, flex, gap, padding, background, radius, aspectRatio } = part;
  if (Object.hasOwn(PLACES, align)) style.alignItems = PLACES[/** @type {"start"} */ (align)];
  if (Object.hasOwn(PLACES, justify)) style.justifyContent = PLACES[/** @type {"start"} */ (justify)];
  if (/^(nowrap|wrap|wrap-reverse)$/.test(wrap)) style.flexWrap = wrap;
  if (/^(\d{1,2}|auto|none)$/.test(flex)) style.flex = String(flex);
  if (gap !== undefined && spaceOf(gap)) style.gap = spaceOf(gap);
  if (typeof padding !== "object" && spaceOf(padding)) style.padding = spaceOf(padding);
  for (const name of /** @type {const} */ (["width", "height", "minWidth", "minHeight", "maxWidth", "maxHeight"])) {
    const size = part[name] ?? (/^(width|height)$/.test(name) ? part.size : undefined);
    if (LENGTH.test(size)) style[name] = typeof size === "number" || GAPS.test(size) ? `${size}px` : size;
  }
  const ground = colorOf(background);
  if (ground) style.background = ground;
  if (radius === "full") style.borderRadius = "999px";
  if (/^\d+(\.\d+)?( ?\/ ?\d+)?$/.test(aspectRatio)) style.aspectRatio = String(aspectRatio);
  return node;
}

/** A gap: ChatKit's steps of 4 px, or a length. @param {any} value */
function spaceOf(value) {
  if (GAPS.test(value)) return `calc(${value}*var(--vt-unit))`;
  return typeof value === "string" && LENGTH.test(value) ? value : "";
}

/** @param {any} value a token's name, a colour, or `{light, dark}` @returns {string} */
function colorOf(value) {
  if (value && typeof value === "object") {
    const [light, dark] = [colorOf(value.light), colorOf(value.dark)];
    return light && dark ? `light-dark(${light},${dark})` : "";
  }
  if (typeof value !== "string" || !value) return "";
  if (Object.hasOwn(TONES, value)) return `var(${TONES[value]})`;
  return COLOR.test(value) && CSS.supports("color", value) ? value : "";
}

/** @param {unknown} value @returns {any[]} */
function listOf(value) {
  return Array.isArray(value) ? value.filter((one) => one && typeof one === "object") : [];
}
