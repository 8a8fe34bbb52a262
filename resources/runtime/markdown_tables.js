/** Tables and task lists, as GitHub has them beyond CommonMark. */

import { HEADING, indentOf, isBlank, ITEM, newBlock, QUOTE, RULE } from "./markdown_lines.js";
import { FENCE } from "./markdown_code.js";

/** @import {MarkdownText} from "./markdown.js" */
/** @import {Block} from "./markdown_lines.js" */

const DELIMITERS = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** A table where a paragraph's last line is its head and `rest` the line below. @param {MarkdownText} text @param {string} rest @returns {boolean} */
export function openTable(text, rest) {
  const { tip } = text;
  const head = tip.text.slice(tip.text.lastIndexOf("\n") + 1);
  const fits = DELIMITERS.test(rest) && rest.includes("-") && (head.includes("|") || rest.includes("|"));
  if (!fits || cellsOf(head).length !== cellsOf(rest).length) return false;
  const before = (tip.text = tip.text.slice(0, -head.length - 1));
  text.closeTo(text.stack.length - 1);
  if (!before) tip.node.remove();
  const block = newBlock("table", document.createElement("table"));
  block.mark = cellsOf(rest).map((cell) => (cell.endsWith(":") ? (cell.startsWith(":") ? "c" : "e") : cell.startsWith(":") ? "s" : "-")).join("");
  block.outer = tableFrame(block.node);
  text.open(block);
  addRow(text, block, head);
  return true;
}

/** @param {MarkdownText} text @param {Block} table @param {string} line @returns {boolean} whether it was a row */
export function goOnTable(text, table, line) {
  const goesOn = !isBlank(line) && !startsBlock(line);
  if (goesOn) addRow(text, table, line);
  return goesOn;
}

/** @param {MarkdownText} text @param {Block} table @param {string} line */
function addRow(text, table, line) {
  const first = !table.node.firstChild;
  const cells = cellsOf(line);
  const row = document.createElement("tr");
  [...table.mark].forEach((align, index) => {
    const cell = row.appendChild(document.createElement(first ? "th" : "td"));
    if (align !== "-") cell.className = `vt-${align}`;
    if (cells[index]) text.inline(cell, cells[index], text.provisional);
  });
  const group = document.createElement(first ? "thead" : "tbody");
  const body = table.node.lastElementChild;
  if (body?.tagName === "TBODY" && !text.provisional) body.append(row);
  else {
    group.append(row);
    table.node.append(group);
  }
}

/** A table's row as its cells; `\|` is no border. @param {string} line */
function cellsOf(line) {
  const cells = line.trim().replaceAll("\\|", "\0").split("|");
  if (cells.length > 1 && !cells[0]) cells.shift();
  if (cells.length > 1 && !cells[cells.length - 1]) cells.pop();
  return cells.map((cell) => cell.trim().replaceAll("\0", "|"));
}

/** @param {string} rest */
function startsBlock(rest) {
  return indentOf(rest) > 3 || [QUOTE, RULE, HEADING, FENCE, ITEM].some((rule) => rule.test(rest));
}

/** @param {HTMLElement} node */
function tableFrame(node) {
  const frame = document.createElement("div");
  frame.className = "vt-table";
  frame.tabIndex = 0;
  frame.append(node);
  return frame;
}

/** A box in a list's item, where its words begin with one. @param {MarkdownText} text @param {Block} block @param {string} words @param {boolean} open @returns {boolean} */
export function showTask(text, { node }, words, open) {
  const item = node.parentElement;
  const task = item?.tagName === "LI" && !node.previousSibling ? /^\[([ xX])\][ \t]+(?=\S)/.exec(words) : null;
  if (!task) return false;
  text.inline(node, words.slice(task[0].length).trimEnd(), open);
  const box = document.createElement("input");
  box.type = "checkbox";
  box.disabled = true;
  box.checked = task[1] !== " ";
  box.setAttribute("aria-label", (node.textContent ?? "").slice(0, 100));
  node.prepend(box, " ");
  item?.classList.add("vt-task");
  return true;
}
