/** The button that opens a popup: icon, words, badge, and being dragged to a corner. */

import { drawIcon, h, setAttribute, setText, setVariables } from "./dom.js";
import { OPEN_CHAT, pickLocale } from "./locale.js";

/** @import {Seat, Part} from "./types" */

const LAUNCHER_ICONS = {
  chat:
    "M12 2.8C6.3 2.8 2 6.7 2 11.6c0 2.5 1.1 4.7 3 6.2a6 6 0 0 1-1.4 2.9c-.3.4 0 .9.5.9 2-.2 3.7-1 4.9-1.9 1 .2 2 .4 3 .4 5.7 0 10-3.9 10-8.7s-4.3-8.6-10-8.6z" +
    [7.6, 12, 16.4].map((x) => `M${x} 10.2a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8z`).join(""),
  support:
    "M4 14v-2a8 8 0 0 1 16 0v2M5.5 13H7v6H5.5A1.5 1.5 0 0 1 4 17.5v-3A1.5 1.5 0 0 1 5.5 13zM18.5 13H17v6h1.5a1.5 1.5 0 0 0 1.5-1.5v-3a1.5 1.5 0 0 0-1.5-1.5zM20 17.5c0 2.2-2 3.5-4.5 3.5H13",
  bot: "M12 3.5v4M6.5 7.5h11A2.5 2.5 0 0 1 20 10v7a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 17v-7a2.5 2.5 0 0 1 2.5-2.5zM9 12.5v2M15 12.5v2M2 12.5v2M22 12.5v2",
};
const OPENED_ICON = "M6 9.5l6 6 6-6";
const RADII = { circle: "999px", rounded: "30%", square: "6px" };

/**
 * @typedef {object} LauncherState
 * @property {number} unread @property {boolean} busy
 */

/**
 * @param {Seat} seat @param {() => void} toggle
 * @param {(position: string) => void} moved a corner the visitor chose
 * @returns {Part & {show(state: LauncherState): void}}
 */
export function createLauncher(seat, toggle, moved) {
  const face = h("span", { class: "vt-face" });
  const words = h("span");
  const badge = h("span", { class: "vt-badge", hidden: true });
  const node = h("button", { class: "vt-launcher", type: "button" }, face, words, badge);
  let unread = 0;
  /** The chat's own word for it, once the chat is there. @type {string | null} */
  let drawn = null;
  node.addEventListener("click", toggle);
  dragToCorner(node, () => seat.config.launcher.draggable, moved);

  function update() {
    const { icon, custom_icon, label, size, shape, colors } = seat.config.launcher;
    const picture = icon === "custom" ? custom_icon : icon;
    if (picture !== drawn) {
      face.replaceChildren(pictureOf(icon, custom_icon), drawIcon(OPENED_ICON));
      drawn = picture;
    }
    setText(words, label);
    words.hidden = !label;
    node.classList.toggle("vt-worded", !!label);
    setVariables(seat.frame, {
      "--vt-size-launcher": size + "px",
      "--vt-launcher-radius": shape === "rounded" ? Math.round(size * 0.3) + "px" : RADII[/** @type {"circle"} */ (shape)],
      "--vt-launcher-own": colors.enabled ? colors.background : null,
      "--vt-launcher-icon": colors.enabled ? colors.icon : null,
    });
    name();
  }

  function name() {
    const { locale, overrides } = seat.config.texts;
    const tag = pickLocale(locale, Object.keys(OPEN_CHAT));
    const say = (/** @type {string} */ key, /** @type {string} */ fallback) =>
      overrides[key] || seat.frame.dataset[key.replace(/_(.)/, (_, c) => c.toUpperCase())] || fallback;
    const open = say("open_chat", OPEN_CHAT[/** @type {"en"} */ (tag)]);
    const words = seat.isOpen ? say("close_chat", open) : open;
    const count = unread && !seat.isOpen ? ` (${unread})` : "";
    const { label } = seat.config.launcher;
    setAttribute(node, "aria-label", (label && !seat.isOpen ? label : words) + count);
    setAttribute(node, "aria-expanded", String(seat.isOpen));
  }

  return {
    node,
    update,
    show(state) {
      unread = seat.config.launcher.unread_badge ? state.unread : 0;
      badge.hidden = !unread || seat.isOpen;
      setText(badge, unread > 9 ? "9+" : String(unread));
      setAttribute(node, "aria-busy", state.busy ? "true" : null);
      name();
    },
    destroy: () => node.remove(),
  };
}

/** @param {string} icon @param {string} image @returns {Element} */
function pictureOf(icon, image) {
  if (icon === "custom" && image) return h("img", { src: image, alt: "", draggable: "false" });
  const known = /** @type {keyof typeof LAUNCHER_ICONS} */ (icon === "custom" ? "chat" : icon);
  return drawIcon(LAUNCHER_ICONS[known], known === "chat");
}

/**
 * Let a button be dragged; on release it reports the corner nearest to it.
 * @param {HTMLElement} node @param {() => boolean} allowed @param {(position: string) => void} drop
 */
function dragToCorner(node, allowed, drop) {
  /** @type {{x: number, y: number} | null} */
  let from = null;
  let held = false;
  node.addEventListener("pointerdown", (event) => {
    held = false;
    from = allowed() && event.button === 0 ? { x: event.clientX, y: event.clientY } : null;
  });
  node.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [x, y] = [event.clientX - from.x, event.clientY - from.y];
    if (!held && Math.hypot(x, y) < 6) return;
    if (!held) node.setPointerCapture(event.pointerId);
    held = true;
    node.classList.add("vt-held");
    node.style.translate = `${x}px ${y}px`;
  });
  const release = (/** @type {PointerEvent} */ event) => {
    if (held && from) {
      const side = event.clientX < innerWidth / 2 ? "left" : "right";
      if (event.type === "pointerup") drop(`${event.clientY < innerHeight / 2 ? "top" : "bottom"}-${side}`);
    }
    from = null;
    node.style.translate = "";
    node.classList.remove("vt-held");
  };
  node.addEventListener("pointerup", release);
  node.addEventListener("pointercancel", release);
  node.addEventListener(
    "click",
    (event) => {
      if (held) event.stopImmediatePropagation();
      held = false;
    },
    true,
  );
}
