/** Texts: a first stand-in until the real one lands. */

/** @import {Seat, Touches} from "./types" */

const EN = {
  greeting: "How can I help you today?",
  greeting_chatkit: "What can I help with today?",
  placeholder: "Type a message...",
  powered_by: "Powered by Vitrine",
  simulated: "Simulated",
};

/** @param {Seat} seat */
export function createTexts(seat) {
  return {
    t: (/** @type {string} */ name) =>
      seat.config.texts.overrides[name] || EN[/** @type {"greeting"} */ (name)] || name.replaceAll("_", " "),
    locale: "en",
    dir: "ltr",
    update(/** @type {Touches} */ _touches) {},
  };
}
