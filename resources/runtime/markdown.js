/**
 * Markdown as DOM nodes, line by line: CommonMark's blocks plus tables and task lists.
 *
 * A line is read once. While the text comes, the last, unfinished line is laid on
 * provisionally and taken back before more arrives, so finished blocks are never
 * touched again and the cost grows with the text. Raw HTML is text.
 */

import { h } from "./dom.js";
import { renderInline } from "./markdown_inline.js";
import { cellsOf, codeFrame, containerSize, DELIMITERS, detab, eat, FENCE, HEADING, indentOf, isBlank, isCode, isLeaf, itemOf, newBlock, outerOf, QUOTE, RULE, SETEXT, startsBlock, stripHashes } from "./markdown_lines.js";
import { referenceKey, unescapeText } from "./markdown_links.js";

/** @import {Block} from "./markdown_lines.js" */

/** @typedef {{blocks: {block: Block, copy: Block, count: number, loose: boolean}[]}} Snapshot */
/** @typedef {(code: HTMLElement, language: string, closed: boolean) => void} OnCode */

const DEFINITION = /^ {0,3}\[((?:[^[\]\\]|\\.){1,999})\]:[ \t]*(?:\n[ \t]*)?(?:<((?:[^<>\n\\]|\\.)*)>|([^\s<][^\s]*))(?:(?:[ \t]+|[ \t]*\n[ \t]*)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?[ \t]*(?:\n|$)/;
const MAX_NESTING = 24;
const MOST_IN_PART = 24; // blocks

/**
 * A Markdown text that grows inside `root`.
 * @param {HTMLElement} root
 * @param {OnCode} [onCode] told of each code block's start and end
 */
export function createMarkdown(root, onCode) {
  return new MarkdownText(root, onCode);
}

class MarkdownText {
  /** @param {HTMLElement} root @param {OnCode} [onCode] */
  constructor(root, onCode) {
    this.root = root;
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
    const begin = () => root.appendChild(h("div", { class: "vt-part" }));
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
    if (whole && this.continueLeaf(tip, rest)) return;
    this.startBlocks(rest, column, depth, whole);
  }

  /** @param {Block} leaf @param {string} rest @returns {boolean} whether it took the line */
  continueLeaf(leaf, rest) {
    if (leaf.kind === "fence") {
      const close = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(rest)?.[1];
      if (close && close[0] === leaf.mark[0] && close.length >= leaf.mark.length) this.closeTo(this.stack.length - 1);
      else this.addCode(leaf, rest.replace(/^ */, (indent) => indent.slice(leaf.indent)));
      return true;
    }
    if (leaf.kind === "code" && (isBlank(rest) || indentOf(rest) > 3)) {
      if (isBlank(rest)) {
        leaf.tail += `${rest.slice(4)}\n`;
        this.markBlank();
      } else {
        this.addCode(leaf, leaf.tail + rest.slice(4));
        leaf.tail = "";
      }
      return true;
    }
    if (leaf.kind === "table" && !isBlank(rest) && !startsBlock(rest)) {
      this.addRow(leaf, rest);
      return true;
    }
    return false;
  }

  /** @param {string} rest @param {number} column @param {number} depth @param {boolean} whole */
  startBlocks(rest, column, depth, whole) {
    const { tip } = this;
    let paragraph = tip.kind === "para";
    const gap = isBlank(rest);
    while (!isBlank(rest)) {
      const inside = paragraph && whole;
      if (indentOf(rest) > 3) {
        if (!paragraph) this.openCode(rest, depth);
        if (!paragraph) return;
        break;
      }
      const quote = QUOTE.exec(rest);
      if (quote && this.stack.length < MAX_NESTING) {
        this.closeTo(depth);
        this.open(newBlock("quote", document.createElement("blockquote")));
        [rest, column] = eat(rest, column, quote[0].length, true);
      } else if (inside && this.underline(rest)) return;
      else if (RULE.test(rest) || HEADING.test(rest) || FENCE.test(rest)) return this.openPlain(rest, depth);
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
    parent.node.append(isCode(block) ? codeFrame(block.node) : outerOf(block.node));
    this.stack.push(block);
    if (isCode(block) && !this.provisional) this.onCode?.(block.node, block.text, false);
  }

  /** Closes blocks until `depth` are left. @param {number} depth */
  closeTo(depth) {
    while (this.stack.length > Math.max(depth, 1)) {
      const block = this.tip;
      this.stack.pop();
      if (block.kind === "para") this.showParagraph(block, this.provisional);
      else if (isCode(block) && !this.provisional) this.onCode?.(block.node, block.text, true);
    }
  }

  /** Headings, rules and fences. @param {string} rest @param {number} depth */
  openPlain(rest, depth) {
    this.closeTo(depth);
    const heading = HEADING.exec(rest);
    const fence = FENCE.exec(rest);
    if (fence) {
      const block = newBlock("fence", document.createElement("code"));
      block.mark = fence[1];
      block.text = unescapeText(fence[2]);
      block.indent = indentOf(rest);
      this.open(block);
    } else if (heading) this.openClosed(`h${heading[1].length}`, stripHashes(rest.slice(heading[0].length).trim()).trim());
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

  /** @param {string} rest @param {number} depth */
  openCode(rest, depth) {
    this.closeTo(depth);
    const block = newBlock("code", document.createElement("code"));
    this.open(block);
    this.addCode(block, rest.slice(4));
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
    const head = tip.text.slice(tip.text.lastIndexOf("\n") + 1);
    const table = DELIMITERS.test(rest) && rest.includes("-") && (head.includes("|") || rest.includes("|"));
    if (table && cellsOf(head).length === cellsOf(rest).length) {
      this.openTable(head, rest);
      return true;
    }
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

  /** @param {string} head @param {string} rest */
  openTable(head, rest) {
    const before = this.tip.text.slice(0, -head.length - 1);
    this.tip.text = before;
    const { node } = this.tip;
    this.closeTo(this.stack.length - 1);
    if (!before) node.remove();
    const block = newBlock("table", document.createElement("table"));
    block.mark = cellsOf(rest).map((cell) => (cell.endsWith(":") ? (cell.startsWith(":") ? "c" : "e") : cell.startsWith(":") ? "s" : "-")).join("");
    this.open(block);
    this.addRow(block, head);
  }

  /** @param {Block} table @param {string} line */
  addRow(table, line) {
    const first = !table.node.firstChild;
    const cells = cellsOf(line);
    const row = document.createElement("tr");
    [...table.mark].forEach((align, index) => {
      const cell = row.appendChild(document.createElement(first ? "th" : "td"));
      if (align !== "-") cell.className = `vt-${align}`;
      if (cells[index]) this.inline(cell, cells[index], this.provisional);
    });
    const group = document.createElement(first ? "thead" : "tbody");
    const body = table.node.lastElementChild;
    if (body?.tagName === "TBODY" && !this.provisional) body.append(row);
    else {
      group.append(row);
      table.node.append(group);
    }
  }

  /** @param {Block} block @param {string} line */
  addCode(block, line) {
    const { node } = block;
    const first = node.firstChild;
    if (first instanceof Text && !this.provisional) first.appendData(`${line}\n`);
    else node.append(`${line}\n`);
  }

  /** @param {Block} block @param {boolean} open */
  showParagraph(block, open) {
    const text = open ? block.text : this.define(block);
    if (!text) {
      if (!open) block.node.remove();
      return;
    }
    const item = block.node.parentElement;
    const task = item?.tagName === "LI" && !block.node.previousSibling ? /^\[([ xX])\][ \t]+(?=\S)/.exec(text) : null;
    this.inline(block.node, (task ? text.slice(task[0].length) : text).trimEnd(), open);
    if (!task) return;
    const box = document.createElement("input");
    box.type = "checkbox";
    box.disabled = true;
    box.checked = task[1] !== " ";
    box.setAttribute("aria-label", (block.node.textContent ?? "").slice(0, 100));
    block.node.prepend(box, " ");
    item?.classList.add("vt-task");
  }

  /** Takes link definitions off a paragraph's start. @param {Block} block @returns {string} what is left */
  define(block) {
    let { text } = block;
    for (let found = DEFINITION.exec(text); found && found[1].trim(); found = DEFINITION.exec(text)) {
      const [all, label, angled, bare, title] = found;
      const key = referenceKey(label);
      const href = unescapeText(angled ?? bare);
      if (!this.references.has(key)) this.references.set(key, { label, href, title: unescapeText((title ?? "").slice(1, -1)) });
      text = text.slice(all.length);
    }
    this.defined ||= text !== block.text;
    return text;
  }

  /** @param {HTMLElement} node @param {string} text @param {boolean} open */
  inline(node, text, open) {
    const part = document.createDocumentFragment();
    if (renderInline(part, text, this.references, open) && !open) this.waiting.push({ node, text });
    node.replaceChildren(part);
  }
}
