/** What others look at: they hear that it changed, and not more often than they can look. */

export class Watched {
  constructor() {
    /** @type {Set<() => void>} */
    this.watchers = new Set();
    this.later = 0;
  }

  /** @param {() => void} fn @returns {() => void} ends it */
  subscribe(fn) {
    this.watchers.add(fn);
    return () => void this.watchers.delete(fn);
  }

  /** Words may come faster than anybody can look. */
  tellSoon() {
    this.later ||= setTimeout(() => {
      this.later = 0;
      this.tell();
    }, 16);
  }

  tell() {
    for (const fn of this.watchers) fn();
  }
}
