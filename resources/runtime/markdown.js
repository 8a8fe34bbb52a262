/**
 * Markdown as DOM nodes, line by line: CommonMark's blocks; markdown_rare.js, which comes
 * when a text needs it, adds code, tables, task lists and definitions of links.
 *
 * A line is read once. While the text comes, the last, unfinished line is laid on
 * provisionally and taken back before more arrives, so finished blocks are never
 * touched again and the cost grows with the text. Raw HTML is text.
 */

import { renderInline } from "./markdown_inline.js";
import { containerSize, detab, eat, HEADING, indentOf, isBlank, isLeaf, itemOf, newBlock, QUOTE, RULE, SETEXT, stripHashes } from "./markdown_lines.js";

/** @import {Block} from "./markdown_lines.js" */
/** @import {Rare} from "./markdown_rare.js" */

/** @typedef {{blocks: {block: Block, copy: Block, count: number, loose: boolean}[]}} Snapshot */
/** @typedef {(code: HTMLElement, language: string, closed: boolean) => void} OnCode */

const MAX_NESTING = 24;
const MOST_IN_PART = 24; // blocks

/**
 * A Markdown text that grows inside `root`.
 * @param {HTMLElement} root
 * @param {() => Rare | undefined} findRare what is rare, once it is there
 * @param {OnCode} [onCode] told of each code block's start and end
 */
export function createMarkdown(root, findRare, onCode) {
  return new MarkdownText(root, findRare, onCode);
}

export class MarkdownText {
  /** @param {HTMLElement} root @param {() => Rare | undefined} findRare @param {OnCode} [onCode] */
  constructor(root, findRare, onCode) {
    this.root = root;
    this.findRare = findRare;
    this.onCode = onCode;
    /** @type {import("./markdown_links.js").References} */
    this.references = new Map();
    /** @type {{node: HTMLElement, text: string}[]} leaves that a later definition may change */
    this.waiting = [];
    this.defined = false;
    this.partial = "";
    this.provisional = false;
    /** @type {Snapshot | null} */
    this.before = null;
    this.stack = [newBlock("doc", root)];
  }

  get tip() {
    return this.stack[this.stack.length - 1];
  }

  get rare() {
    return this.findRare();
  }

  /** Adds text; what stands in the page is right afterwards. @param {string} text */
  append(text) {
    this.takeBack();
    const lines = (this.partial + text).replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd").split("\n");
    this.partial = lines.pop() ?? "";
    for (const line of lines) this.line(line);
    this.layOn();
  }

  /**
   * Finished blocks stand together in parts: what comes next dirties the last of them alone,
   * where an engine would look at every block of a long text for each word.
   */
  turnPage() {
    const { root } = this;
    const [doc] = this.stack;
    if (this.tip !== doc || this.provisional || doc.node.childElementCount < MOST_IN_PART) return;
    const begin = () => {
      const part = root.appendChild(document.createElement("div"));
      part.className = "vt-part";
      return part;
    };
    if (doc.node === root) {
      const all = [...root.childNodes];
      begin().append(...all);
    }
    doc.node = begin();
  }

  /** The text is whole. */
  finish() {
    this.takeBack();
    if (this.partial) this.line(this.partial);
    this.partial = "";
    this.closeTo(0);
    if (this.defined) for (const { node, text } of this.waiting.splice(0)) this.inline(node, text, false);
  }

  /** Shows the unfinished last line so that it can be taken back. */
  layOn() {
    this.before = {
      blocks: this.stack.map((block) => ({
        block,
        copy: { ...block },
        count: block.node.childNodes.length,
        loose: block.node.classList.contains("vt-loose"),
      })),
    };
    this.provisional = true;
    if (this.partial) this.line(this.partial);
    if (this.tip.kind === "para") this.showParagraph(this.tip, true);
    this.provisional = false;
  }

  takeBack() {
    if (!this.before) return;
    this.stack = this.before.blocks.map(({ block, copy, count, loose }) => {
      if (block.kind === "para") return Object.assign(block, copy);
      while (block.node.childNodes.length > count) block.node.lastChild?.remove();
      block.node.classList.toggle("vt-loose", loose);
      return Object.assign(block, copy);
    });
    this.before = null;
  }

  /** @param {string} source one line without its end */
  line(source) {
    let rest = detab(source, 0);
    let column = 0;
    let depth = 1;
    for (; depth < this.stack.length; depth++) {
      const size = containerSize(this.stack[depth], rest);
      if (size < 0) break;
      [rest, column] = eat(rest, column, size, this.stack[depth].kind === "quote");
    }
    const tip = this.tip;
    const whole = depth >= this.stack.length || (depth === this.stack.length - 1 && isLeaf(tip));
    if (whole && this.rare?.goOn(this, tip, rest)) return;
    this.startBlocks(rest, column, depth, whole);
  }

  /** @param {string} rest @param {number} column @param {number} depth @param {boolean} whole */
  startBlocks(rest, column, depth, whole) {
    const { tip } = this;
    let paragraph = tip.kind === "para";
    const gap = isBlank(rest);
    while (!isBlank(rest)) {
      const inside = paragraph && whole;
      if (indentOf(rest) > 3) {
        if (!paragraph && this.rare) return this.rare.openCode(this, rest, depth);
        break;
      }
      const quote = QUOTE.exec(rest);
      if (quote && this.stack.length < MAX_NESTING) {
        this.closeTo(depth);
        this.open(newBlock("quote", document.createElement("blockquote")));
        [rest, column] = eat(rest, column, quote[0].length, true);
      } else if ((inside && this.underline(rest)) || this.rare?.openFence(this, rest, depth)) return;
      else if (RULE.test(rest) || HEADING.test(rest)) return this.openPlain(rest, depth);
      else {
        const item = this.stack.length < MAX_NESTING ? itemOf(rest, column, inside) : null;
        if (!item) break;
        this.openItem(item, depth);
        [rest, column] = eat(rest, column, item.size, false);
        rest = rest.slice(item.indent - item.size);
        column += item.indent - item.size;
      }
      depth = this.stack.length;
      whole = true;
      paragraph = false;
    }
    this.addText(rest, depth, paragraph);
    if (gap) this.markBlank();
  }

  /** @param {string} rest @param {number} depth @param {boolean} paragraph the tip goes on, lazily or not */
  addText(rest, depth, paragraph) {
    if (isBlank(rest)) {
      this.closeTo(Math.min(depth, this.stack.length));
      if (isLeaf(this.tip)) this.closeTo(this.stack.length - 1);
      return;
    }
    if (!paragraph) {
      this.closeTo(Math.min(depth, this.stack.length));
      if (isLeaf(this.tip)) this.closeTo(this.stack.length - 1);
      this.open(newBlock("para", document.createElement("p")));
    }
    this.tip.text += (this.tip.text && "\n") + rest.trimStart();
    for (const block of this.stack) block.blank = false;
  }

  /** A blank line came; inside a quote it is the quote's own. */
  markBlank() {
    for (let at = this.stack.length - 1; at >= 0 && this.stack[at].kind !== "quote"; at--) this.stack[at].blank = true;
  }

  /** @param {Block} block */
  open(block) {
    if (isLeaf(this.tip)) this.closeTo(this.stack.length - 1);
    while (this.tip.kind === "list" && block.kind !== "item") this.stack.pop();
    this.turnPage();
    const parent = this.tip;
    const list = parent.kind === "item" ? this.stack[this.stack.length - 2] : parent;
    if (parent.blank && list.kind === "list") list.node.classList.add("vt-loose");
    for (const open of this.stack) open.blank = false;
    parent.node.append(block.outer ?? block.node);
    this.stack.push(block);
    block.told?.(false);
  }

  /** Closes blocks until `depth` are left. @param {number} depth */
  closeTo(depth) {
    while (this.stack.length > Math.max(depth, 1)) {
      const block = this.tip;
      this.stack.pop();
      if (block.kind === "para") this.showParagraph(block, this.provisional);
      else block.told?.(true);
    }
  }

  /** Headings and rules. @param {string} rest @param {number} depth */
  openPlain(rest, depth) {
    this.closeTo(depth);
    const heading = HEADING.exec(rest);
    if (heading) this.openClosed(`h${heading[1].length}`, stripHashes(rest.slice(heading[0].length).trim()).trim());
    else this.openClosed("hr", "");
  }

  /** @param {string} name @param {string} text */
  openClosed(name, text) {
    const block = newBlock("para", document.createElement(name));
    block.text = text;
    this.open(block);
    this.stack.pop();
    if (text) this.inline(block.node, text, this.provisional);
  }

  /** @param {{mark: string, indent: number, start: number}} item @param {number} depth */
  openItem(item, depth) {
    this.closeTo(depth);
    if (isLeaf(this.tip)) this.closeTo(this.stack.length - 1);
    if (this.tip.kind !== "list" || this.tip.mark !== item.mark) {
      const list = newBlock("list", document.createElement(item.start < 0 ? "ul" : "ol"));
      list.mark = item.mark;
      if (item.start >= 0 && item.start !== 1) list.node.setAttribute("start", String(item.start));
      if (this.tip.kind === "list") this.stack.pop();
      this.open(list);
    }
    const block = newBlock("item", document.createElement("li"));
    block.indent = item.indent;
    this.open(block);
  }

  /** A setext heading's or a table's second line. @param {string} rest @returns {boolean} */
  underline(rest) {
    const { tip } = this;
    if (this.provisional) return /^[ |:=-]+$/.test(rest);
    if (this.rare?.openTable(this, rest)) return true;
    const level = SETEXT.exec(rest);
    if (!level) return false;
    const text = this.define(tip);
    if (!text) return false;
    const heading = document.createElement(level[1][0] === "=" ? "h1" : "h2");
    tip.node.replaceWith(heading);
    this.stack.pop();
    this.inline(heading, text.trim(), false);
    return true;
  }

  /** @param {Block} block @param {boolean} open */
  showParagraph(block, open) {
    const text = open ? block.text : this.define(block);
    if (!text) {
      if (!open) block.node.remove();
      return;
    }
    if (!this.rare?.showTask(this, block, text, open)) this.inline(block.node, text.trimEnd(), open);
  }

  /** Takes link definitions off a paragraph's start. @param {Block} block @returns {string} what is left */
  define(block) {
    return this.rare?.define(this, block.text) ?? block.text;
  }

  /** @param {HTMLElement} node @param {string} text @param {boolean} open */
  inline(node, text, open) {
    const part = document.createDocumentFragment();
    if (renderInline(part, text, this.references, this.rare, open) && !open) this.waiting.push({ node, text });
    node.replaceChildren(part);
  }
}
