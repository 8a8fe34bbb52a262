/** What a browser may forbid, and a page may have bent. */

/**
 * Storage can be forbidden or full; then nothing is remembered and nothing breaks.
 * @template T @param {() => T} use @returns {T | undefined}
 */
export function tryStorage(use) {
  try {
    return use();
  } catch {
    return undefined;
  }
}

/**
 * JSON of the values themselves, whatever `toJSON` an old framework gave to lists.
 * @param {any} value
 */
export function toJson(value) {
  return JSON.stringify(value, /** @this {any} @param {string} name */ function (name) {
    return this[name];
  });
}
