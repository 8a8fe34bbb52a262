/** Where links and pictures may lead, and what escapes and entities stand for. */

/** @typedef {{label: string, href: string, title: string}} Reference */
/** @typedef {Map<string, Reference>} References */

const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]\w{1,11}));/iy;
/** @type {Record<string, string>} */
const ENTITIES = {
  amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0", copy: "©",
  reg: "®", trade: "™", hellip: "…", mdash: "—", ndash: "–", bull: "•", middot: "·",
  euro: "€", pound: "£", deg: "°", times: "×", rarr: "→", larr: "←", laquo: "«",
  raquo: "»", ldquo: "“", rdquo: "”", lsquo: "‘", rsquo: "’", shy: "\u00ad",
  frac12: "½", auml: "ä", ouml: "ö", uuml: "ü", szlig: "ß", eacute: "é",
};

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
 * How a reference's label is looked up: case and blanks do not matter.
 * @param {string} label
 */
export function referenceKey(label) {
  return label.trim().replace(/\s+/g, " ").toLowerCase().toUpperCase();
}

/**
 * Resolves escapes and entities in a destination, a title or an info string.
 * @param {string} text
 */
export function unescapeText(text) {
  return text.replace(/\\([!-/:-@[-`{-~])|&[#\w]+;/g, (all, mark) => mark || entityText(all));
}

/**
 * The entity that stands at a place, and what it means; both "" where none does.
 * @param {string} text @param {number} at
 */
export function entityAt(text, at) {
  ENTITY.lastIndex = at;
  const source = ENTITY.exec(text)?.[0] ?? "";
  return { source, words: source && entityText(source) };
}

/** @param {string} source such as "&amp;" */
function entityText(source) {
  ENTITY.lastIndex = 0;
  const found = ENTITY.exec(source);
  if (!found || found[0] !== source) return source;
  const [, decimal, hex, name] = found;
  if (name) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : source;
  const code = decimal ? Number(decimal) : parseInt(hex, 16);
  return code && code < 0x110000 ? String.fromCodePoint(code) : "\ufffd";
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

/** @param {Reference} found @param {string} alt */
export function pictureNode(found, alt) {
  if (!/^https:\/\//i.test(found.href)) return document.createTextNode(alt);
  const image = document.createElement("img");
  image.alt = alt;
  image.loading = "lazy";
  image.decoding = "async";
  image.referrerPolicy = "no-referrer";
  if (found.title) image.title = found.title;
  image.src = found.href;
  return image;
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
