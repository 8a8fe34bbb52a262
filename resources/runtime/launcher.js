/** The button that opens a popup, as it stands there before anything else is loaded. */

import { drawPath, h, setAttribute, setText, setVariables } from "./dom.js";

/** @import {Config} from "./types" */

const BUBBLE =
  "M12 3C6.3 3 2 6.8 2 11.6c0 2.5 1.1 4.7 3 6.2a6 6 0 0 1-1.4 2.9c-.3.4 0 .9.5.9 2-.2 3.7-1 4.9-1.9l3 .4c5.7 0 10-3.8 10-8.5S17.7 3 12 3zM7.6 10.2a1.4 1.4 0 1 0 .01 0zm4.4 0a1.4 1.4 0 1 0 .01 0zm4.4 0a1.4 1.4 0 1 0 .01 0z";

/** What it says until the languages are there, and where they can't be had. @param {Record<string, string>} words by language */
function wordsOf(words) {
  const tag = document.documentElement.lang || navigator.language;
  return words[tag.toLowerCase().slice(0, 2)] ?? words.en;
}

/** @param {() => void} pressed */
export function createLauncher(pressed) {
  const face = h("span", { class: "vt-face" });
  const words = h("span");
  const node = h("button", { class: "vt-launcher", type: "button", onclick: pressed }, face, words);
  const voice = h("div", { role: "alert", class: "vt-voice" });
  /** @type {string | null} */
  let drawn = null;

  /** @param {Config} config @param {HTMLElement} frame @param {boolean} lost the chat can't be had; pressing tries again */
  function draw({ launcher, icons, called }, frame, lost) {
    const { icon, custom_icon, label, size, shape, colors } = launcher;
    const image = icon === "custom" && custom_icon;
    const path = icons.launcher ?? BUBBLE;
    const sentence = wordsOf(called);
    if (drawn !== (image || path)) {
      drawn = image || path;
      face.firstChild?.remove();
      face.prepend(image ? h("img", { src: image, alt: "", draggable: "false" }) : drawPath(path, path === BUBBLE));
    }
    setText(words, lost ? sentence : label);
    setText(voice, lost ? sentence : "");
    setAttribute(node, "data-lost", lost);
    setAttribute(node, "aria-label", lost ? null : node.ariaLabel || label || sentence.split("\n")[0]);
    setVariables(frame, {
      "--vt-size-launcher": size + "px",
      "--vt-round-launcher": { circle: "99px", rounded: size * 0.3 + "px", square: "6px" }[/** @type {"circle"} */ (shape)],
      "--vt-launcher-bg": colors.enabled ? colors.background : null,
      "--vt-launcher-fg": colors.enabled ? colors.icon : null,
    });
  }

  return { node, voice, draw };
}
