/** The button that opens a popup, as it stands there before anything else is loaded. */

import { drawPath, h, setAttribute, setText, setVariables } from "./dom.js";

/** @import {Config} from "./types" */

const LAUNCHER_ICONS = {
  chat: "M12 3C6.3 3 2 6.8 2 11.6c0 2.5 1.1 4.7 3 6.2a6 6 0 0 1-1.4 2.9c-.3.4 0 .9.5.9 2-.2 3.7-1 4.9-1.9l3 .4c5.7 0 10-3.8 10-8.5S17.7 3 12 3zM7.6 10.2a1.4 1.4 0 1 0 .01 0zm4.4 0a1.4 1.4 0 1 0 .01 0zm4.4 0a1.4 1.4 0 1 0 .01 0z",
  support:
    "M4 14v-2a8 8 0 0 1 16 0v5.5c0 2.2-2 3.5-4.5 3.5H13M4 14.5A1.5 1.5 0 0 1 5.5 13H7v6H5.5A1.5 1.5 0 0 1 4 17.5zM20 14.5a1.5 1.5 0 0 0-1.5-1.5H17v6h1.5a1.5 1.5 0 0 0 1.5-1.5",
  bot: "M12 3.5v4m-5.5 0h11A2.5 2.5 0 0 1 20 10v7a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 17v-7a2.5 2.5 0 0 1 2.5-2.5zm2.5 5v2m6-2v2m-13-2v2m20-2v2",
};

/** What it is called until the languages are there. @param {Record<string, string>} [words] by language */
function nameOf(words = {}) {
  const tag = document.documentElement.lang || navigator.language;
  return words[""] || words[tag.toLowerCase().slice(0, 2)] || "Chat";
}

/** @param {() => void} pressed */
export function createLauncher(pressed) {
  const face = h("span", { class: "vt-face" });
  const words = h("span");
  const node = h("button", { class: "vt-launcher", type: "button", onclick: pressed }, face, words);
  /** @type {string | null} */
  let drawn = null;

  /** @param {Config} config @param {HTMLElement} frame */
  function draw({ launcher, texts, called }, frame) {
    const { icon, custom_icon, label, size, shape, colors } = launcher;
    const image = icon === "custom" && custom_icon;
    const known = /** @type {keyof typeof LAUNCHER_ICONS} */ (icon === "custom" ? "chat" : icon);
    if (drawn !== (image || known)) {
      drawn = image || known;
      face.firstChild?.remove();
      face.prepend(image ? h("img", { src: image, alt: "", draggable: "false" }) : drawPath(LAUNCHER_ICONS[known], known === "chat"));
    }
    setText(words, label);
    setAttribute(node, "aria-label", node.ariaLabel || label || texts.overrides.open_chat || nameOf(called));
    setVariables(frame, {
      "--vt-size-launcher": size + "px",
      "--vt-round-launcher": { circle: "99px", rounded: size * 0.3 + "px", square: "6px" }[/** @type {"circle"} */ (shape)],
      "--vt-launcher-bg": colors.enabled ? colors.background : null,
      "--vt-launcher-fg": colors.enabled ? colors.icon : null,
    });
  }

  return { node, draw };
}
