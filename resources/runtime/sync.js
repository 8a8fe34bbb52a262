/** Replacing what can have the focus. */

/** Replaces children, and keeps the focus where it was by its place. @param {HTMLElement} node @param {HTMLElement[]} wanted */
export function replaceKept(node, wanted) {
  const root = /** @type {ShadowRoot} */ (node.getRootNode());
  const at = [...node.children].indexOf(/** @type {Element} */ (root.activeElement));
  node.replaceChildren(...wanted);
  if (at >= 0) wanted[at]?.focus({ preventScroll: true });
}
