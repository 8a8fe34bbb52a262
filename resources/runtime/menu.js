/** A small menu that drops from a button; arrow keys, Escape and a click elsewhere close it. */

import { adoptStyles, h } from "./dom.js";
import { MENU_CSS } from "./styles/menu.js";

/** @import {Ctx} from "./types" */

/**
 * @typedef {object} MenuItem
 * @property {string} label @property {() => void} run @property {string} [note]
 * @property {Node} [icon] @property {boolean} [checked] @property {boolean} [disabled]
 */

/**
 * Open a menu at `anchor`, or close the one that it has open. Stands inside the panel.
 * @param {Ctx} ctx @param {HTMLElement} anchor @param {MenuItem[]} items
 */
export function openMenu(ctx, anchor, items) {
  const panel = /** @type {HTMLElement} */ (anchor.closest(".vt-panel"));
  const wasOpen = anchor.getAttribute("aria-expanded") === "true";
  panel.querySelector(".vt-menu")?.dispatchEvent(new Event("vt-close"));
  if (wasOpen) return;
  const away = new AbortController();
  const close = () => {
    away.abort();
    const focused = menu.contains(ctx.root.activeElement);
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    if (focused) anchor.focus({ preventScroll: true });
  };
  const choices = items.some((item) => item.checked !== undefined);
  if (!ctx.looks.has(MENU_CSS)) adoptStyles(ctx.root, MENU_CSS);
  ctx.looks.add(MENU_CSS);
  const menu = h("div", { class: "vt-menu", role: "menu", "onvt-close": close });
  for (const item of items) menu.append(menuItem(ctx, item, choices, close));
  menu.addEventListener("keydown", (event) => walk(event, ctx, menu, close));
  ctx.root.addEventListener(
    "pointerdown",
    (event) => event.composedPath().some((node) => node === menu || node === anchor) || close(),
    { signal: away.signal },
  );
  document.addEventListener("pointerdown", (event) => event.composedPath().includes(ctx.root) || close(), {
    signal: away.signal,
  });
  anchor.setAttribute("aria-haspopup", "menu");
  anchor.setAttribute("aria-expanded", "true");
  panel.append(menu);
  stand(menu, anchor, panel);
  /** @type {HTMLElement | null} */ (menu.querySelector("[aria-checked=true]") ?? menu.firstChild)?.focus();
}

/** @param {Ctx} ctx @param {MenuItem} item @param {boolean} choices @param {() => void} close */
function menuItem(ctx, item, choices, close) {
  const words = h("span", null, item.label, item.note ? h("small", null, item.note) : null);
  return h(
    "button",
    {
      type: "button",
      class: "vt-menu-item",
      role: choices ? "menuitemradio" : "menuitem",
      tabindex: "-1",
      "aria-checked": choices ? String(!!item.checked) : null,
      "aria-disabled": item.disabled ? "true" : null,
      onclick: () => item.disabled || (close(), item.run()),
    },
    item.icon,
    words,
    item.checked && ctx.icon("check"),
  );
}

/** @param {KeyboardEvent} event @param {Ctx} ctx @param {HTMLElement} menu @param {() => void} close */
function walk(event, ctx, menu, close) {
  const all = /** @type {HTMLElement[]} */ ([...menu.children]);
  const at = all.indexOf(/** @type {HTMLElement} */ (ctx.root.activeElement));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to !== undefined) all.at(to % all.length)?.focus();
  else if (event.key === "Escape" || event.key === "Tab") close();
  else return;
  if (event.key !== "Tab") event.preventDefault();
  event.stopPropagation();
}

/** @param {HTMLElement} menu @param {HTMLElement} anchor @param {HTMLElement} panel */
function stand(menu, anchor, panel) {
  const [at, all] = [anchor.getBoundingClientRect(), panel.getBoundingClientRect()];
  const below = at.top - all.top < all.height / 2;
  const left = Math.min(Math.max(8, at.left - all.left), all.width - menu.offsetWidth - 8);
  menu.style.left = Math.max(8, left) + "px";
  if (below) menu.style.top = at.bottom - all.top + 6 + "px";
  else menu.style.bottom = all.bottom - at.top + 6 + "px";
}
