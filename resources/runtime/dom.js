/** Building nodes: never from HTML strings, so nothing a text says can run. */

const SVG_SPACE = "http://www.w3.org/2000/svg";
/**
 * An element: `onclick`-like properties listen, true and text become attributes.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any> | null} [props]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else setAttribute(node, name, value);
  }
  for (const child of children) if (child || child === "") node.append(child);
  return node;
}

/**
 * Set an attribute, or take it away for null and false.
 * @param {Element} node @param {string} name @param {any} value
 */
export function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value === true ? "" : value))
    node.setAttribute(name, value === true ? "" : value);
}

/**
 * An SVG of one path on a 24 × 24 view box, stroked or filled.
 * @param {string} path @param {boolean} [filled]
 */
export function drawPath(path, filled) {
  const svg = document.createElementNS(SVG_SPACE, "svg");
  const shape = document.createElementNS(SVG_SPACE, "path");
  const paint = filled ? { fill: "currentColor", "fill-rule": "evenodd" } : { fill: "none", stroke: "currentColor" };
  const line = { "stroke-width": 1.75, "stroke-linecap": "round", "stroke-linejoin": "round" };
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", class: "vt-icon", "aria-hidden": "true", ...paint, ...line })) setAttribute(svg, name, value);
  setAttribute(shape, "d", path);
  svg.append(shape);
  return svg;
}

/**
 * Adopt a style sheet; unlike a <style> element it needs no CSP exception.
 * @param {ShadowRoot} root @param {string} css
 */
export function adoptStyles(root, css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);
}

/**
 * Set custom properties on a node; "" and null take one away.
 * @param {HTMLElement} node @param {Record<string, string | number | null>} values
 */
export function setVariables(node, values) {
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === "") node.style.removeProperty(name);
    else node.style.setProperty(name, String(value));
  }
}

/**
 * Set the text of a node only where it differs, so that selections survive.
 * @param {Element} node @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
