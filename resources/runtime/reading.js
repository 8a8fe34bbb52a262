/** A reply's words as Markdown; comes with the first words that may need it. */

import { createMarkdown } from "./markdown.js";
import { MARKDOWN_CSS } from "./styles/markdown.js";

/** @import {Rare} from "./markdown_rare.js" */
/** @import {Ctx} from "./types" */

/** Its sheet, which `bring` adopts. */
export const READING_CSS = MARKDOWN_CSS;

/** Characters a frame: more would hold the page up. */
const MOST_AT_ONCE = 1500;
/** What only markdown_rare.js can read, found once too often rather than missed; four characters at most. */
const RARE_SIGN = /[|\t]|<\S|&[#a-z]|    |```|~~~|!\[|\]:|\[[ x]\]|[\w.+-]@\w/i;
const PATIENCE = 4000; // ms until words are shown without it

/**
 * Words in `node` that only ever grow at the end. From the line on that needs what is
 * rare they wait until that is there; where it can't be had, they are read without.
 * @param {Ctx} ctx
 * @param {HTMLElement} node
 * @param {(words: () => string) => Node} copyButton
 * @param {() => void} [again] called when `set` is worth another call
 */
export function createReading(ctx, node, copyButton, again) {
  /** @type {ReturnType<typeof createMarkdown>} */
  let markdown;
  let shown = "";
  let whole = false;
  let searched = 0;
  let stop = Infinity; // where words wait
  const findRare = () => /** @type {Rare | undefined} */ (ctx.here.markdown_rare?.RARE);

  const begin = () => {
    node.replaceChildren();
    markdown = createMarkdown(node, findRare, (...code) => findRare()?.dressCode(ctx, ...code, copyButton));
    shown = "";
    searched = 0;
    stop = Infinity;
    reading.waits = reading.lacks = false;
  };

  /** Look for signs in what comes next. @param {string} words @param {number} end */
  function foresee(words, end) {
    const from = Math.max(0, searched - 3);
    const at = words.slice(from, end + 3).search(RARE_SIGN);
    searched = end;
    if (at < 0) return;
    stop = Math.max(shown.length, words.lastIndexOf("\n", from + at) + 1);
    reading.waits = true;
    setTimeout(() => reading.waits && settle(), PATIENCE);
    ctx.bring("markdown_rare").then(settle, settle);
  }

  /** It is there, or can't be had, or comes after all. */
  function settle() {
    if (reading.waits) reading.lacks = !findRare();
    reading.waits = false;
    stop = Infinity;
    again?.();
  }

  const reading = {
    /** Words stand back until their part is there. */
    waits: false,
    /** Words stand there without it; the next `set` looks again. */
    lacks: false,

    /** @param {string} words @param {boolean} finished @returns {boolean} whether some is still to come */
    set(words, finished) {
      if (reading.lacks && findRare()) begin();
      if (words === shown && finished === whole) return false;
      if (whole || !words.startsWith(shown)) begin();
      let end = Math.min(words.length, shown.length + MOST_AT_ONCE);
      if (!reading.waits && !reading.lacks && !findRare()) foresee(words, end);
      end = Math.min(end, stop);
      if (end > shown.length) markdown.append(words.slice(shown.length, end));
      shown = words.slice(0, end);
      whole = finished && end === words.length;
      if (whole) markdown.finish();
      return end < words.length && !reading.waits;
    },
  };

  begin();
  return reading;
}
