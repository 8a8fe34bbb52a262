/** One line of Markdown at a time: what starts, what goes on, how far it is indented. */

/**
 * @typedef {object} Block
 * @property {"doc" | "quote" | "list" | "item" | "para" | "fence" | "code" | "table"} kind
 * @property {HTMLElement} node where children go
 * @property {string} text a paragraph's lines, a fence's language
 * @property {boolean} blank a blank line came last
 * @property {number} indent an item's content column; a fence's own indent
 * @property {string} mark a list's kind or a fence's run
 * @property {string} tail blank lines held back by indented code
 * @property {HTMLElement} [outer] what stands around `node`
 * @property {(closed: boolean) => void} [told] called at its start and its end
 */

export const QUOTE = /^ {0,3}>/;
export const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+|$)/;
export const RULE = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
export const ITEM = /^( {0,3})([-+*]|\d{1,9}[.)])(?=[ \t]|$)/;
export const SETEXT = /^ {0,3}(=+|-+)[ \t]*$/;

/** @param {Block["kind"]} kind @param {HTMLElement} node @returns {Block} */
export function newBlock(kind, node) {
  return { kind, node, text: "", blank: false, indent: 0, mark: "", tail: "" };
}

/** @param {Block} block */
export function isLeaf({ kind }) {
  return kind === "para" || kind === "fence" || kind === "code" || kind === "table";
}

/** How much of a line an open container takes, or -1 where it ends. @param {Block} block @param {string} rest */
export function containerSize(block, rest) {
  if (block.kind === "list") return 0;
  if (block.kind === "quote") return QUOTE.exec(rest)?.[0].length ?? -1;
  if (block.kind !== "item") return -1;
  if (isBlank(rest)) return block.node.firstChild ? rest.length : -1;
  return indentOf(rest) >= block.indent ? block.indent : -1;
}

/**
 * Takes `size` columns off a line, and one blank more after a quote's mark.
 * @param {string} rest
 * @param {number} column
 * @param {number} size
 * @param {boolean} blank
 * @returns {[string, number]} the rest and its column
 */
export function eat(rest, column, size, blank) {
  const next = detab(rest.slice(size), column + size);
  return blank && next.startsWith(" ") ? [next.slice(1), column + size + 1] : [next, column + size];
}

/** @param {string} rest @param {number} column @param {boolean} inParagraph which only a full item "1." may end */
export function itemOf(rest, column, inParagraph) {
  const found = ITEM.exec(rest);
  if (!found) return null;
  const [all, indent, mark] = found;
  const after = detab(rest.slice(all.length), column + all.length);
  const start = mark.length > 1 ? parseInt(mark, 10) : -1;
  if (inParagraph && (isBlank(after) || start > 1 || start === 0)) return null;
  const gap = isBlank(after) || indentOf(after) > 4 ? 1 : indentOf(after);
  return { mark: mark[mark.length - 1], start, indent: all.length + gap, size: all.length };
}

/** Leading tabs as blanks, to stops of four from `column`. @param {string} text @param {number} column */
export function detab(text, column) {
  if (!/^ *\t/.test(text)) return text;
  let width = 0;
  let at = 0;
  for (; text[at] === " " || text[at] === "\t"; at++) width += text[at] === "\t" ? 4 - ((column + width) % 4) : 1;
  return " ".repeat(width) + text.slice(at);
}

/** @param {string} text */
export function indentOf(text) {
  let size = 0;
  while (text[size] === " ") size++;
  return size;
}

/** @param {string} text */
export function isBlank(text) {
  return !text.trim();
}

/** @param {string} text a heading's words with closing marks */
export function stripHashes(text) {
  let size = text.length;
  while (size && text[size - 1] === "#") size--;
  return !size || /\s/.test(text[size - 1]) ? text.slice(0, size) : text;
}
