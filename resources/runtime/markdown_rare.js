/**
 * The half of Markdown that most answers do without; reading.js asks for it when one of its signs comes.
 *
 * Here are definitions of links, beside it code, tables and tasks, and signs inside a line.
 */

import { dressCode, goOnCode, goOnFence, openCode, openFence } from "./markdown_code.js";
import { unescapeText } from "./markdown_links.js";
import { entityText, findReference, pictureNode, referenceKey, special } from "./markdown_signs.js";
import { goOnTable, openTable, showTask } from "./markdown_tables.js";
import { RARE_CSS } from "./styles/markdown_rare.js";

/** @import {MarkdownText} from "./markdown.js" */
/** @import {Block} from "./markdown_lines.js" */
/** @typedef {typeof RARE} Rare */

const DEFINITION = /^ {0,3}\[((?:[^[\]\\]|\\.){1,999})\]:[ \t]*(?:\n[ \t]*)?(?:<((?:[^<>\n\\]|\\.)*)>|([^\s<][^\s]*))(?:(?:[ \t]+|[ \t]*\n[ \t]*)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?[ \t]*(?:\n|$)/;

/** Its sheet, which `bring` adopts. */
export const MARKDOWN_RARE_CSS = RARE_CSS;

/** What markdown.js and markdown_inline.js ask of it. */
export const RARE = { define, goOn, openCode, openFence, openTable, showTask, special, entityText, pictureNode, findReference, dressCode };

/** @param {MarkdownText} text @param {Block} leaf @param {string} rest @returns {boolean} whether the leaf took the line */
function goOn(text, leaf, rest) {
  if (leaf.kind === "fence") return goOnFence(text, leaf, rest);
  if (leaf.kind === "code") return goOnCode(text, leaf, rest);
  return leaf.kind === "table" && goOnTable(text, leaf, rest);
}

/** Keeps the definitions at a paragraph's start. @param {MarkdownText} text @param {string} words @returns {string} what is left */
function define(text, words) {
  let left = words;
  for (let found = DEFINITION.exec(left); found && found[1].trim(); found = DEFINITION.exec(left)) {
    const [all, label, angled, bare, title] = found;
    const key = referenceKey(label);
    const href = unescapeText(angled ?? bare, RARE);
    if (!text.references.has(key)) text.references.set(key, { label, href, title: unescapeText((title ?? "").slice(1, -1), RARE) });
    left = left.slice(all.length);
  }
  text.defined ||= left !== words;
  return left;
}
