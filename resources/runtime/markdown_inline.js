/**
 * The inline half of Markdown: a leaf's text becomes DOM nodes.
 *
 * CommonMark's delimiter algorithm plus strikethrough and bare addresses. Nothing
 * here reads or writes HTML: what is no mark-up is a text node.
 */

import { flanking, pairDelimiters } from "./markdown_emphasis.js";
import { encodeAddress, entityAt, linkNode, pictureNode, referenceKey, unescapeText } from "./markdown_links.js";

/** @import {Delimiter} from "./markdown_emphasis.js" */
/** @import {Reference, References} from "./markdown_links.js" */
/** @typedef {{node: Text, image: boolean, base: number, at: number, live: boolean}} Bracket */

const ESCAPABLE = /^[!-/:-@[-`{-~]/;
const PLAIN = /(?:[^\\`*_~[\]!<&\n@hHwW]|\B[hHwW])+/y;
const ADDRESS = /(?:https?:\/\/|www\.)[^\s<]{1,2000}/iy;
const ANGLED = /<([a-z][a-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+)>/iy;
const TARGET = /\([ \t\n]*(?:<((?:[^<>\n\\]|\\.)*)>|(?!<)((?:[^ \t\n()\\]|\\.|\((?:[^ \t\n()\\]|\\.|\((?:[^ \t\n()\\]|\\.)*\))*\))*))(?:[ \t\n]+("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?[ \t\n]*\)/y;
const LABEL = /\[((?:[^[\]\\]|\\.){0,999})\]/y;
const BREAK = /<br\s*\/?>/iy;
/**
 * Renders one leaf's text into `parent`.
 * @param {Node} parent
 * @param {string} source
 * @param {References} references
 * @param {boolean} [open] the text is still coming: what is not closed yet is
 *     shown as if it were
 * @returns {boolean} whether it holds a bracket that a later reference may resolve
 */
export function renderInline(parent, source, references, open) {
  const text = open ? trimTail(source, "*_~`").replace(/!?\[([^[\]]*)\]\([^()\s]*$/, "$1") : source;
  const run = new InlineRun(parent, text, references, open);
  run.parse();
  return run.unresolved;
}

class InlineRun {
  /**
   * @param {Node} parent
   * @param {string} text
   * @param {References} references
   * @param {boolean} [open]
   */
  constructor(parent, text, references, open) {
    this.parent = parent;
    this.text = text;
    this.references = references;
    this.open = open;
    this.at = 0;
    this.unresolved = false;
    /** @type {Delimiter[]} */
    this.delimiters = [];
    /** @type {Bracket[]} */
    this.brackets = [];
    /** @type {Set<number>} lengths of backtick runs that nothing closes */
    this.unclosed = new Set();
    /** Words that are no node yet; adding each to a node would take a square of time. */
    this.plain = "";
  }

  parse() {
    const { text } = this;
    while (this.at < text.length) {
      PLAIN.lastIndex = this.at;
      const plain = PLAIN.exec(text);
      if (plain) {
        this.words(plain[0]);
        this.at += plain[0].length;
      } else if (!this.special(text[this.at])) this.words(text[this.at++]);
    }
    this.flush();
    pairDelimiters(this.delimiters, this.open ? this.parent : null);
  }

  /** @param {string} mark @returns {boolean} whether it was more than itself */
  special(mark) {
    if (mark === "\\") return this.escape();
    if (mark === "`") return this.code();
    if (mark === "*" || mark === "_" || mark === "~") return this.delimiter(mark);
    if (mark === "[" || (mark === "!" && this.text[this.at + 1] === "[")) return this.bracket(mark);
    if (mark === "]") return this.close();
    if (mark === "<") return this.angled();
    if (mark === "&") return this.entity();
    if (mark === "\n") return this.newline();
    if (mark === "@") return this.mail();
    return mark !== "!" && this.address();
  }

  /** @param {string} words */
  words(words) {
    this.plain += words;
  }

  flush() {
    if (this.plain) this.parent.appendChild(document.createTextNode(this.plain));
    this.plain = "";
  }

  /** @template {Node} N @param {N} node @returns {N} */
  put(node) {
    this.flush();
    this.parent.appendChild(node);
    return node;
  }

  /** @param {RegExp} rule @returns {RegExpExecArray | null} */
  match(rule) {
    rule.lastIndex = this.at;
    const found = rule.exec(this.text);
    if (found) this.at += found[0].length;
    return found;
  }

  escape() {
    const next = this.text[this.at + 1];
    if (next === "\n") {
      this.at += 2;
      this.lineBreak();
    } else if (next && ESCAPABLE.test(next)) {
      this.at += 2;
      this.words(next);
    } else return false;
    return true;
  }

  newline() {
    const before = this.plain.slice(-2);
    this.plain = trimTail(this.plain, " ");
    this.at++;
    if (before.endsWith("  ")) this.lineBreak();
    else this.words("\n");
    return true;
  }

  lineBreak() {
    this.put(document.createElement("br"));
  }

  code() {
    const { text, at } = this;
    let size = 1;
    while (text[at + size] === "`") size++;
    const end = this.unclosed.has(size) ? -1 : findRun(text, at + size, size);
    if (end < 0 && !(this.open && at + size < text.length)) {
      this.unclosed.add(size);
      this.words(text.slice(at, at + size));
      this.at += size;
      return true;
    }
    const stop = end < 0 ? text.length : end;
    const inner = text.slice(at + size, stop).replace(/\n/g, " ");
    const trimmed = inner.startsWith(" ") && inner.endsWith(" ") && /[^ ]/.test(inner) ? inner.slice(1, -1) : inner;
    this.put(document.createElement("code")).textContent = trimmed;
    this.at = stop + size;
    return true;
  }

  angled() {
    if (this.match(BREAK)) {
      this.lineBreak();
      return true;
    }
    const found = this.match(ANGLED);
    if (found) this.link(found[1].includes(":") ? found[1] : `mailto:${found[1]}`, found[1]);
    return Boolean(found);
  }

  entity() {
    const { source, words } = entityAt(this.text, this.at);
    this.words(words);
    this.at += source.length;
    return Boolean(source);
  }

  /** A bare address; what ends a sentence is no part of it. */
  address() {
    const start = this.at;
    const found = this.match(ADDRESS);
    if (!found) return false;
    let address = found[0].replace(/&[a-z]+;$/i, "");
    for (let end = ""; end !== address; ) {
      end = address;
      address = address.replace(/[?!.,:*_~'"]+$/, "");
      if (address.endsWith(")") && count(address, ")") > count(address, "(")) address = address.slice(0, -1);
    }
    const bracket = this.brackets.length ? address.indexOf("]") : -1;
    if (bracket > 0) address = address.slice(0, bracket);
    this.at = start + address.length;
    if (!/^(https?:\/\/)?[^/]*\w/i.test(address)) this.words(address);
    else this.link(/^www/i.test(address) ? `https://${address}` : address, address);
    return true;
  }

  mail() {
    const name = /[\w.+-]+$/.exec(this.plain.slice(-64))?.[0];
    const host = /^@[a-z0-9-]+(?:\.[a-z0-9-]*[a-z0-9])+(?![\w-])/i.exec(this.text.slice(this.at, this.at + 255))?.[0];
    if (!name || !host || this.brackets.some(({ live }) => live)) return false;
    this.plain = this.plain.slice(0, -name.length);
    this.at += host.length;
    this.link(`mailto:${name}${host}`, name + host);
    return true;
  }

  /** @param {string} address @param {string} words */
  link(address, words) {
    this.put(linkNode(encodeAddress(address))).textContent = words;
  }

  /** @param {string} mark */
  delimiter(mark) {
    const { text, at } = this;
    let size = 1;
    while (text[at + size] === mark) size++;
    const { opens, closes } = flanking(mark, text.slice(Math.max(0, at - 2), at), text.slice(at + size, at + size + 2));
    this.at += size;
    const words = text.slice(at, at + size);
    if ((!opens && !closes) || (mark === "~" && size > 2)) this.words(words);
    else this.delimiters.push({ node: this.put(document.createTextNode(words)), mark, size, opens, closes, depth: 0 });
    return true;
  }

  /** @param {string} mark */
  bracket(mark) {
    const words = mark === "!" ? "![" : "[";
    this.at += words.length;
    const node = this.put(document.createTextNode(words));
    this.brackets.push({ node, image: mark === "!", base: this.delimiters.length, at: this.at, live: true });
    return true;
  }

  close() {
    const bracket = this.brackets.pop();
    if (!bracket) return false;
    const start = this.at++;
    const found = bracket.live ? this.destination(bracket, start) : null;
    if (!found) {
      this.at = start;
      return false;
    }
    this.flush();
    pairDelimiters(this.delimiters.splice(bracket.base), null);
    const node = bracket.image ? document.createElement("span") : linkNode(encodeAddress(found.href), found.title);
    while (bracket.node.nextSibling) node.append(bracket.node.nextSibling);
    const shown = bracket.image ? pictureNode(found, node.textContent ?? "") : node;
    bracket.node.replaceWith(shown);
    if (!bracket.image) for (const outer of this.brackets) outer.live = outer.live && outer.image;
    return true;
  }

  /** @param {Bracket} bracket @param {number} end @returns {Reference | null} */
  destination(bracket, end) {
    const inline = this.match(TARGET);
    if (inline) {
      const [, angled, bare, title] = inline;
      return { label: "", href: unescapeText(angled ?? bare), title: unescapeText((title ?? "").slice(1, -1)) };
    }
    const own = this.text.slice(bracket.at, end);
    const label = this.match(LABEL);
    const found = this.references.get(referenceKey(label?.[1] || own));
    this.unresolved ||= !found;
    return found ?? null;
  }

}

/** @param {string} text @param {number} from @param {number} size */
function findRun(text, from, size) {
  const run = /`+/g;
  run.lastIndex = from;
  for (let found = run.exec(text); found; found = run.exec(text)) if (found[0].length === size) return found.index;
  return -1;
}

/** @param {string} text @param {string} mark */
function count(text, mark) {
  return text.split(mark).length - 1;
}

/** Without the `marks` at its end; a regular expression would take a square of time. @param {string} text @param {string} marks */
function trimTail(text, marks) {
  let size = text.length;
  while (size && marks.includes(text[size - 1])) size--;
  return text.slice(0, size);
}

