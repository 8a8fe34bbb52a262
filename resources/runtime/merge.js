/** JSON Merge Patch (RFC 7396), and which paths a patch touches. */

/** @import {Touches} from "./types" */

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * What `target` becomes by `patch`; neither is changed. A key "__proto__" is passed over.
 * @param {any} target @param {any} patch @returns {any}
 */
export function mergePatch(target, patch) {
  if (!isObject(patch)) return patch;
  const result = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else if (name !== "__proto__") result[name] = mergePatch(result[name], value);
  }
  return result;
}

/**
 * Whether a patch changes something at, below or above a dotted path.
 * @param {any} patch @returns {Touches}
 */
export function touchedBy(patch) {
  return (path) => {
    let at = patch;
    for (const part of path.split(".")) {
      if (!isObject(at)) return true;
      if (!Object.hasOwn(at, part)) return false;
      at = at[part];
    }
    return true;
  };
}
