/** What a browser may forbid. */

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
