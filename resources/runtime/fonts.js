/** Names of fonts as CSS reads them. */

/**
 * A family's stack: the widget's own file first, then what the visitor's system has.
 * @param {string} family @param {string} key
 */
export function fontName(family, key) {
  return family === "System" ? null : `${JSON.stringify(`vt-${key}-${family}`)},${JSON.stringify(family)}`;
}
