/** Where links may lead, and what escapes stand for. */

/** @import {Rare} from "./markdown_rare.js" */
/** @typedef {{label: string, href: string, title: string}} Reference */
/** @typedef {Map<string, Reference>} References */

/**
 * An address that may be followed, else "".
 * @param {string} address
 * @returns {string}
 */
function safeLink(address) {
  try {
    const { protocol } = new URL(address, document.baseURI);
    return /^(https?|mailto|tel):$/.test(protocol) ? address : "";
  } catch {
    return "";
  }
}

/**
 * Resolves escapes, and entities where they are known, in a destination, a title or an info string.
 * @param {string} text @param {Pick<Rare, "entityText">} [rare]
 */
export function unescapeText(text, rare) {
  return text.replace(/\\([!-/:-@[-`{-~])|&[#\w]+;/g, (all, mark) => mark || rare?.entityText(all) || all);
}

/**
 * A link that opens beside the page, or only its children where it may not be followed.
 * @param {string} address
 * @param {string} [title]
 * @returns {HTMLElement}
 */
export function linkNode(address, title) {
  const href = safeLink(address);
  const node = document.createElement(href ? "a" : "span");
  if (node instanceof HTMLAnchorElement) {
    node.href = href;
    if (/^https?:/.test(node.protocol)) node.target = "_blank";
    node.rel = "noopener noreferrer nofollow ugc";
  }
  if (title) node.title = title;
  return node;
}

/** Percent-encodes what no address holds, and leaves what is encoded. @param {string} address */
export function encodeAddress(address) {
  return address.replace(/[^\w!#$%&'()*+,\-./:;=?@~]/gu, (letter) => {
    try {
      return encodeURIComponent(letter);
    } catch {
      return "%EF%BF%BD";
    }
  });
}
