/**
 * The inline half of Markdown: a leaf's text becomes DOM nodes.
 *
 * CommonMark's delimiter algorithm plus strikethrough and bare addresses; entities,
 * pictures, references and what stands in angles are markdown_signs.js's. Nothing
 * here reads or writes HTML: what is no mark-up is a text node.
 */

import { flanking, pairDelimiters } from "./markdown_emphasis.js";
import { encodeAddress, linkNode, unescapeText } from "./markdown_links.js";

/** @import {Delimiter} from "./markdown_emphasis.js" */
/** @import {Reference, References} from "./markdown_links.js" */
/** @import {Rare} from "./markdown_rare.js" */
/** @typedef {{node: Text, image: boolean, base: number, at: number, live: boolean}} Bracket */

const ESCAPABLE = /^[!-/:-@[-`{-~]/;
const PLAIN = /(?:[^\\`*_~[\]!<&\n@hHwW]|\B[hHwW])+/y;
const ADDRESS = /(?:https?:\/\/|www\.)[^\s<]{1,2000}/iy;
const TARGET = /\([ \t\n]*(?:<((?:[^<>\n\\]|\\.)*)>|(?!<)((?:[^ \t\n()\\]|\\.|\((?:[^ \t\n()\\]|\\.|\((?:[^ \t\n()\\]|\\.)*\))*\))*))(?:[ \t\n]+("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?[ \t\n]*\)/y;

/**
 * Renders one leaf's text into `parent`.
 * @param {Node} parent
 * @param {string} source
 * @param {References} references
 * @param {Rare} [rare]
 * @param {boolean} [open] the text is still coming: what is not closed yet is
 *     shown as if it were
 * @returns {boolean} whether it holds a bracket that a later reference may resolve
 */
export function renderInline(parent, source, references, rare, open) {
  const text = open ? trimTail(source, "*_~`").replace(/!?\[([^[\]]*)\]\([^()\s]*$/, "$1") : source;
  const run = new InlineRun(parent, text, references, rare, open);
  run.parse();
  return run.unresolved;
}

export class InlineRun {
  /**
   * @param {Node} parent
   * @param {string} text
   * @param {References} references
   * @param {Rare} [rare]
   * @param {boolean} [open]
   */
  constructor(parent, text, references, rare, open) {
    this.parent = parent;
    this.text = text;
    this.references = references;
    this.rare = rare;
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
    if (mark === "[") return this.bracket(mark);
    if (mark === "]") return this.close();
    if (mark === "\n") return this.newline();
    if (/[!<&@]/.test(mark)) return Boolean(this.rare?.special(this, mark));
    return this.address();
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

  /** @param {string} words "[", or "![" of a picture */
  bracket(words) {
    this.at += words.length;
    const node = this.put(document.createTextNode(words));
    this.brackets.push({ node, image: words.length > 1, base: this.delimiters.length, at: this.at, live: true });
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
    bracket.node.replaceWith((bracket.image && this.rare?.pictureNode(found, node.textContent ?? "")) || node);
    if (!bracket.image) for (const outer of this.brackets) outer.live = outer.live && outer.image;
    return true;
  }

  /** @param {Bracket} bracket @param {number} end @returns {Reference | null} */
  destination(bracket, end) {
    const inline = this.match(TARGET);
    if (inline) {
      const [, angled, bare, title] = inline;
      return { label: "", href: unescapeText(angled ?? bare, this.rare), title: unescapeText((title ?? "").slice(1, -1), this.rare) };
    }
    const found = this.rare?.findReference(this, this.text.slice(bracket.at, end));
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
