/** Blocks of code, in fences or indented, with a head that names the language and copies. */

import { h } from "./dom.js";
import { indentOf, isBlank, newBlock } from "./markdown_lines.js";
import { unescapeText } from "./markdown_links.js";
import { entityText } from "./markdown_signs.js";

/** @import {MarkdownText} from "./markdown.js" */
/** @import {Block} from "./markdown_lines.js" */
/** @import {Ctx} from "./types" */

export const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})\s*([^\s]*)/;

/** @param {MarkdownText} text @param {string} rest @param {number} depth @returns {boolean} whether the line begins a fence */
export function openFence(text, rest, depth) {
  const fence = FENCE.exec(rest);
  if (!fence) return false;
  text.closeTo(depth);
  const block = newCode("fence", text);
  block.mark = fence[1];
  block.text = unescapeText(fence[2], { entityText });
  block.indent = indentOf(rest);
  text.open(block);
  return true;
}

/** @param {MarkdownText} text @param {string} rest a line that is indented @param {number} depth */
export function openCode(text, rest, depth) {
  text.closeTo(depth);
  const block = newCode("code", text);
  text.open(block);
  addCode(text, block, rest.slice(4));
}

/** @param {MarkdownText} text @param {Block} fence @param {string} rest @returns {boolean} */
export function goOnFence(text, fence, rest) {
  const close = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(rest)?.[1];
  if (close && close[0] === fence.mark[0] && close.length >= fence.mark.length) text.closeTo(text.stack.length - 1);
  else addCode(text, fence, rest.replace(/^ */, (indent) => indent.slice(fence.indent)));
  return true;
}

/** @param {MarkdownText} text @param {Block} code indented @param {string} rest @returns {boolean} */
export function goOnCode(text, code, rest) {
  if (isBlank(rest)) {
    code.tail += `${rest.slice(4)}\n`;
    text.markBlank();
  } else if (indentOf(rest) > 3) {
    addCode(text, code, code.tail + rest.slice(4));
    code.tail = "";
  } else return false;
  return true;
}

/** @param {Block["kind"]} kind @param {MarkdownText} text */
function newCode(kind, text) {
  const node = document.createElement("code");
  const block = newBlock(kind, node);
  block.outer = h("div", { class: "vt-code" }, h("pre", { tabindex: "0" }, node));
  block.told = (closed) => void (text.provisional || text.onCode?.(node, block.text, closed));
  return block;
}

/** @param {MarkdownText} text @param {Block} block @param {string} line */
function addCode(text, { node }, line) {
  const first = node.firstChild;
  if (first instanceof Text && !text.provisional) first.appendData(`${line}\n`);
  else node.append(`${line}\n`);
}

/**
 * A block's head at its start, its colours at its end.
 * @param {Ctx} ctx @param {HTMLElement} code @param {string} language @param {boolean} closed
 * @param {(words: () => string) => Node} copyButton
 */
export function dressCode(ctx, code, language, closed, copyButton) {
  const frame = code.closest(".vt-code");
  if (!closed) frame?.prepend(h("div", { class: "vt-code-head" }, h("span", null, language), copyButton(() => code.textContent ?? "")));
  else if (language) ctx.bring("highlight").then(({ highlight }) => highlight(code, language), () => {});
}
