/** Every word of the interface: the owner's own, else the language's, else English. */

import { pickLocale } from "./locale.js";
import { TEXTS_EN } from "./locales/en.js";

/** @import {Ctx, Seat, Touches} from "./types" */
/** @typedef {Record<string, string>} Words */

/** Languages there is a `locales/<tag>.js` for. */
export const LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "ja", "zh", "ar", "he", "sv"];
const MOST_WAIT = 1500; // ms; then it is English for a while
const RIGHT_TO_LEFT = /^(ar|he|fa|ur)\b/;

/**
 * @param {Seat & Pick<Ctx, "here">} seat
 * @param {() => void} [changed] another language has come
 */
export function createTexts(seat, changed) {
  let locale = "en";
  let wanted = "en";
  /** @type {Words} */
  let words = TEXTS_EN;
  const choose = async () => {
    try {
      const tag = pickLocale(seat.config.texts.locale, LANGUAGES);
      if (tag === wanted) return;
      wanted = tag;
      const found = tag === "en" ? { ...(await seat.load("texts_more")).MORE_TEXTS_EN, ...TEXTS_EN } : Object.values(await seat.load(`locales/${tag}`))[0];
      if (wanted !== tag || seat.signal.aborted) return;
      words = /** @type {Words} */ (found);
      locale = tag;
      changed?.();
    } catch {
      wanted = locale;
    }
  };
  /** @type {Promise<unknown> | undefined} */
  let coming = Promise.race([choose(), new Promise((done) => setTimeout(done, MOST_WAIT))]).then(() => (coming = undefined));
  return {
    /** Until the first language is there, or too late. */
    get coming() {
      return coming;
    },
    /** @param {string} name @returns {string} */
    t: (name) => seat.config.texts.overrides[name] || words[name] || TEXTS_EN[name] || seat.here.texts_more?.MORE_TEXTS_EN[name] || name.replaceAll("_", " "),
    get locale() {
      return locale;
    },
    /** @returns {"ltr" | "rtl"} */
    get dir() {
      return RIGHT_TO_LEFT.test(locale) ? "rtl" : "ltr";
    },
    /** @param {Touches} touches */
    update(touches) {
      if (touches("texts.locale")) choose();
    },
  };
}
