/** A reply's words as Markdown; comes with the first words that may need it. */

import { h } from "./dom.js";
import { bring } from "./later.js";
import { createMarkdown } from "./markdown.js";
import { MARKDOWN_CSS } from "./styles/markdown.js";

/** @import {Ctx} from "./types" */

/** Its sheet, which `bring` adopts. */
export const READING_CSS = MARKDOWN_CSS;

/** Characters a frame: more would hold the page up. */
const MOST_AT_ONCE = 1500;

/**
 * Words in `node` that only ever grow at the end.
 * @param {Ctx} ctx
 * @param {HTMLElement} node
 * @param {(words: () => string) => Node} copyButton
 */
export function createReading(ctx, node, copyButton) {
  /** @type {ReturnType<typeof createMarkdown>} */
  let markdown;
  let shown = "";
  let whole = false;
  const begin = () => {
    node.replaceChildren();
    markdown = createMarkdown(node, dressCode);
    shown = "";
  };

  /** A code block's head: its language and a button that copies. @param {HTMLElement} code @param {string} language @param {boolean} closed */
  function dressCode(code, language, closed) {
    const frame = code.closest(".vt-code");
    if (!closed) frame?.prepend(h("div", { class: "vt-code-head" }, h("span", null, language), copyButton(() => code.textContent ?? "")));
    else if (language) bring(ctx, "highlight").then(({ highlight }) => highlight(code, language), () => {});
  }

  begin();
  return {
    /** @param {string} words @param {boolean} finished @returns {boolean} whether some is still to come */
    set(words, finished) {
      if (words === shown && finished === whole) return false;
      if (whole || !words.startsWith(shown)) begin();
      const next = words.slice(0, shown.length + MOST_AT_ONCE);
      markdown.append(next.slice(shown.length));
      shown = next;
      whole = finished && next === words;
      if (whole) markdown.finish();
      return next !== words;
    },
  };
}
