/** Emphasis and strikethrough: CommonMark's delimiter runs, paired. */

/**
 * @typedef {object} Delimiter
 * @property {Text} node the run's characters that are left
 * @property {string} mark
 * @property {number} size its length as written
 * @property {boolean} opens
 * @property {boolean} closes
 * @property {number} depth
 */

const MAX_DEPTH = 40;

/**
 * What a run of marks can do between its neighbours.
 * @param {string} mark @param {string} before @param {string} after up to two characters each
 */
export function flanking(mark, before, after) {
  const last = kindOf(before, true);
  const next = kindOf(after, false);
  const left = next > 0 && (next > 1 || last < 2);
  const right = last > 0 && (last > 1 || next < 2);
  const strict = mark === "_";
  return { opens: strict ? left && (!right || last < 2) : left, closes: strict ? right && (!left || next < 2) : right };
}

/**
 * Wraps what stands between runs that belong together.
 * @param {Delimiter[]} runs
 * @param {Node | null} open the parent of runs that reach to the end, while the text comes
 */
export function pairDelimiters(runs, open) {
  /** @type {Delimiter[]} runs before the one that is looked at, which may still open */
  const left = [];
  /** @type {Map<string, number>} how many of them hold no opener for such a closer */
  const bottoms = new Map();
  for (const closer of runs) {
    const key = `${closer.mark}${closer.opens}${closer.size % 3}`;
    while (closer.closes && closer.node.data) {
      const from = openerFor(left, closer, bottoms.get(key) ?? 0);
      if (from < 0) {
        bottoms.set(key, left.length);
        break;
      }
      wrapPair(left, from, closer);
      for (const [other, bottom] of bottoms) if (bottom > from) bottoms.set(other, from);
    }
    if (closer.node.data) left.push(closer);
  }
  if (open) closeOpenEnds(left, open);
}

/** @param {Delimiter[]} left @param {Delimiter} closer @param {number} bottom */
function openerFor(left, closer, bottom) {
  for (let at = left.length - 1; at >= bottom; at--) {
    const opener = left[at];
    if (opener.mark !== closer.mark || !opener.opens) continue;
    if (closer.mark === "~" ? opener.size === closer.size : !oddMatch(opener, closer)) return at;
  }
  return -1;
}

/** CommonMark's rule of three. @param {Delimiter} opener @param {Delimiter} closer */
function oddMatch(opener, closer) {
  return (opener.closes || closer.opens) && (opener.size + closer.size) % 3 === 0 && (opener.size % 3 || closer.size % 3);
}

/**
 * Wraps what stands between two runs; no run between them can open any more.
 * @param {Delimiter[]} left @param {number} from the opener's place @param {Delimiter} closer
 */
function wrapPair(left, from, closer) {
  const opener = left[from];
  const double = opener.node.data.length > 1 && closer.node.data.length > 1;
  const size = opener.mark === "~" ? opener.size : double ? 2 : 1;
  const depth = 1 + [...left.slice(from), closer].reduce((most, one) => Math.max(most, one.depth), 0);
  if (depth > MAX_DEPTH) closer.closes = false;
  else {
    const node = document.createElement(opener.mark === "~" ? "del" : double ? "strong" : "em");
    while (opener.node.nextSibling !== closer.node) node.append(/** @type {Node} */ (opener.node.nextSibling));
    opener.node.after(node);
    opener.node.data = opener.node.data.slice(size);
    closer.node.data = closer.node.data.slice(size);
  }
  opener.depth = closer.depth = depth;
  left.length = from + (opener.node.data ? 1 : 0);
}

/** While the text comes: an opened run reaches to the end. @param {Delimiter[]} stack @param {Node} parent */
function closeOpenEnds(stack, parent) {
  for (const { node, mark, opens } of stack.slice(-3).reverse()) {
    if (!opens || node.parentNode !== parent || !node.nextSibling || node.data.length > 2) continue;
    const wrap = document.createElement(mark === "~" ? "del" : node.data.length > 1 ? "strong" : "em");
    while (node.nextSibling) wrap.append(node.nextSibling);
    node.replaceWith(wrap);
  }
}

/** 0 blank or edge, 1 punctuation, 2 other. @param {string} near @param {boolean} last */
function kindOf(near, last) {
  const letters = [...near];
  const letter = last ? letters.at(-1) : letters[0];
  if (!letter || /\s/.test(letter)) return 0;
  return /[\p{P}\p{S}]/u.test(letter) ? 1 : 2;
}
