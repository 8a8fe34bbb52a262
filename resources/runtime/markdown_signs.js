/** What few texts have inside a line: entities, pictures, references, addresses in angles, mail. */

/** @import {InlineRun} from "./markdown_inline.js" */
/** @import {Reference} from "./markdown_links.js" */

const ANGLED = /<([a-z][a-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+)>/iy;
const LABEL = /\[((?:[^[\]\\]|\\.){0,999})\]/y;
const BREAK = /<br\s*\/?>/iy;
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]\w{1,11}));/iy;
/** @type {Record<string, string>} */
const ENTITIES = {
  amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0", copy: "©",
  reg: "®", trade: "™", hellip: "…", mdash: "—", ndash: "–", bull: "•", middot: "·",
  euro: "€", pound: "£", deg: "°", times: "×", rarr: "→", larr: "←", laquo: "«",
  raquo: "»", ldquo: "“", rdquo: "”", lsquo: "‘", rsquo: "’", shy: "\u00ad",
  frac12: "½", auml: "ä", ouml: "ö", uuml: "ü", szlig: "ß", eacute: "é",
};

/** @param {InlineRun} run @param {string} mark one of `!<&@` @returns {boolean} whether it was more than itself */
export function special(run, mark) {
  if (mark === "<") return angled(run);
  if (mark === "&") return entity(run);
  if (mark === "@") return mail(run);
  return run.text[run.at + 1] === "[" && run.bracket("![");
}

/** @param {InlineRun} run */
function angled(run) {
  if (run.match(BREAK)) {
    run.lineBreak();
    return true;
  }
  const found = run.match(ANGLED);
  if (found) run.link(found[1].includes(":") ? found[1] : `mailto:${found[1]}`, found[1]);
  return Boolean(found);
}

/** @param {InlineRun} run */
function entity(run) {
  const source = run.match(ENTITY)?.[0] ?? "";
  run.words(entityText(source));
  return Boolean(source);
}

/** @param {InlineRun} run */
function mail(run) {
  const name = /[\w.+-]+$/.exec(run.plain.slice(-64))?.[0];
  const host = /^@[a-z0-9-]+(?:\.[a-z0-9-]*[a-z0-9])+(?![\w-])/i.exec(run.text.slice(run.at, run.at + 255))?.[0];
  if (!name || !host || run.brackets.some(({ live }) => live)) return false;
  run.plain = run.plain.slice(0, -name.length);
  run.at += host.length;
  run.link(`mailto:${name}${host}`, name + host);
  return true;
}

/** What an entity means, or itself. @param {string} source such as "&amp;" */
export function entityText(source) {
  ENTITY.lastIndex = 0;
  const found = ENTITY.exec(source);
  if (!found || found[0] !== source) return source;
  const [, decimal, hex, name] = found;
  if (name) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : source;
  const code = decimal ? Number(decimal) : parseInt(hex, 16);
  return code && code < 0x110000 ? String.fromCodePoint(code) : "\ufffd";
}

/** @param {Reference} found @param {string} alt */
export function pictureNode(found, alt) {
  if (!/^https:\/\//i.test(found.href)) return document.createTextNode(alt);
  const image = document.createElement("img");
  image.alt = alt;
  image.loading = "lazy";
  image.decoding = "async";
  image.referrerPolicy = "no-referrer";
  if (found.title) image.title = found.title;
  image.src = found.href;
  return image;
}

/** The definition that a bracket of such words, or a label after it, means. @param {InlineRun} run @param {string} own */
export function findReference(run, own) {
  const label = run.match(LABEL);
  return run.references.get(referenceKey(label?.[1] || own));
}

/** How a reference's label is looked up: case and blanks do not matter. @param {string} label */
export function referenceKey(label) {
  return label.trim().replace(/\s+/g, " ").toLowerCase().toUpperCase();
}
