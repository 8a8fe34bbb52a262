/** Light colours for code: words, strings, numbers and comments of common languages. */

import { h } from "./dom.js";
import { HIGHLIGHT_CSS } from "./styles/highlight.js";

/** Its sheet, which `bring` adopts. */
export const HIGHLIGHT_SHEET = HIGHLIGHT_CSS;

const WORDS =
  "abstract and as async await break case catch class const continue def default defer delete do elif else end enum except export extends false False final finally fn for foreach from func function go if impl implements import in interface is lambda let loop match mod mut namespace new nil None not null of or package pass private protected public raise return self static struct super switch then this throw trait true True try type typeof undefined unless until use using val var void when where while with yield";
const SQL =
  "select from where and or not insert into values update set delete join left right inner outer on group by order limit create table index as distinct null count sum having union";
const HASH = /^(py|python|sh|bash|shell|zsh|console|rb|ruby|ya?ml|toml|ini|r|perl|pl|dockerfile|make|makefile|conf)$/i;
const MARKUP = /^(html?|xml|svg|vue|jsx|tsx)$/i;
const MOST = 40000;

/**
 * Colours a finished block in place; its text stays the same.
 * @param {HTMLElement} code
 * @param {string} language the word after the fence
 */
export function highlight(code, language) {
  const text = code.textContent ?? "";
  if (!language || text.length > MOST || /^(text|txt|plain|markdown|md)$/i.test(language)) return;
  const part = document.createDocumentFragment();
  let from = 0;
  for (const { index, kind, size } of piecesOf(text, language)) {
    part.append(text.slice(from, index), h("span", { class: `vt-hl-${kind}` }, text.slice(index, index + size)));
    from = index + size;
  }
  part.append(text.slice(from));
  code.replaceChildren(part);
}

/** @param {string} text @param {string} language @returns {{index: number, kind: string, size: number}[]} */
function piecesOf(text, language) {
  const sql = /^(sql|psql|mysql)$/i.test(language);
  const known = new Set((sql ? SQL : WORDS).split(" "));
  const comment = HASH.test(language) ? "#[^\\n]*" : sql ? "--[^\\n]*" : "\\/\\/[^\\n]*|\\/\\*[^]*?\\*\\/";
  const rule = MARKUP.test(language)
    ? /(?<c><!--[^]*?-->)|(?<k><\/?[\w:-]+|\/?>)|(?<s>"[^"\n]*"|'[^'\n]*')|(?<n>[\w:-]+(?==))/g
    : new RegExp(`(?<c>${comment})|(?<s>"(?:[^"\\\\\\n]|\\\\.)*"|'(?:[^'\\\\\\n]|\\\\.)*'|\`(?:[^\`\\\\]|\\\\.)*\`)|(?<n>\\b\\d[\\w.]*)|(?<w>[A-Za-z_$][\\w$]*)`, "g");
  const found = [];
  for (const { 0: all, index, groups } of text.matchAll(rule)) {
    const kind = Object.entries(groups ?? {}).find(([, value]) => value !== undefined)?.[0] ?? "";
    if (kind !== "w") found.push({ index, kind, size: all.length });
    else if (known.has(sql ? all.toLowerCase() : all)) found.push({ index, kind: "k", size: all.length });
  }
  return found;
}
