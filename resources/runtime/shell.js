/** The panel's frame: size and place in each mode, phones and their keyboard, focus. */

import { h, setAttribute, setVariables } from "./dom.js";

/** @import {Ctx, Part} from "./types" */

/** Panels that fill a phone's screen, and how the page scrolled before: widgets share the page. @type {Set<HTMLElement>} */
const filling = new Set();
let scrolled = "";
const TIGHT = 260; // px above a keyboard: a turned phone has room for the talk and the field only

/**
 * @param {Ctx} ctx
 * @returns {Part & {opened(): void, closed(): void}} `node` is the panel
 */
export function createShell(ctx) {
  const { frame, signal } = ctx;
  const node = h("section", { class: "vt-panel", tabindex: "-1" });
  /** @type {ReturnType<typeof import("./portal.js").createPortalHead> | null} */
  let head = null;

  function update() {
    const { layout, name, behavior } = ctx.config;
    const { popup, portal, fullpage } = layout;
    const size = ctx.mode === "portal" ? portal : popup;
    const dark = frame.dataset.scheme === "dark";
    setVariables(frame, {
      "--vt-width": size.width + "px",
      "--vt-wide": size.width + "px",
      "--vt-height": size.height + "px",
      "--vt-content": fullpage.content_width + "px",
      "--vt-portal": dark ? portal.dark_background : portal.background,
    });
    if (ctx.here.portal && !head) frame.prepend((head = /** @type {typeof import("./portal.js")} */ (ctx.here.portal).createPortalHead(ctx)).node);
    head?.update();
    const phone = frame.hasAttribute("data-phone");
    setAttribute(node, "role", ctx.mode === "popup" ? "dialog" : "region");
    setAttribute(node, "aria-modal", phone ? "true" : null);
    setAttribute(node, "aria-label", behavior.frame_title || ctx.config.header.title.text || name);
    hold(node, phone && ctx.isOpen);
  }

  /** The on-screen keyboard shrinks the visual viewport only; the panel follows it. */
  function followKeyboard() {
    const view = window.visualViewport;
    if (!view) return;
    const follow = () => {
      const hidden = innerHeight - view.height > 1 && view.scale === 1;
      setVariables(frame, {
        "--vt-view-height": hidden ? view.height + "px" : null,
        "--vt-view-top": hidden ? view.offsetTop + "px" : null,
      });
      setAttribute(frame, "data-tight", hidden && view.height < TIGHT);
    };
    for (const sign of ["resize", "scroll"]) view.addEventListener(sign, follow, { signal });
  }

  node.addEventListener("keydown", (event) => {
    // An input method's Escape gives up the word that is being made, not the chat.
    if (event.isComposing) return;
    if (event.key === "Escape" && ctx.mode === "popup") ctx.close();
    else if (event.key === "Tab" && frame.hasAttribute("data-phone")) keepInside(event, ctx, node);
  });
  // The page sees our element only, not the field: its shortcuts and focus traps would take what is typed.
  for (const sign of ["keydown", "keypress", "keyup", "focusin"]) node.addEventListener(sign, (event) => event.stopPropagation());
  followKeyboard();
  frame.prepend(node);

  return {
    node,
    update,
    opened: update,
    closed: update,
    destroy: () => hold(node, false),
  };
}

/** Keep the page still as long as any chat fills the screen. @param {HTMLElement} panel @param {boolean} on */
function hold(panel, on) {
  if (on === filling.has(panel)) return;
  const { style } = document.documentElement;
  if (!filling.size) scrolled = style.overflow;
  if (on) filling.add(panel);
  else filling.delete(panel);
  style.overflow = filling.size ? "hidden" : scrolled;
}

/** @param {KeyboardEvent} event @param {Ctx} ctx @param {HTMLElement} panel */
function keepInside(event, ctx, panel) {
  const all = /** @type {HTMLElement[]} */ ([
    ...panel.querySelectorAll("button,textarea,input,a[href],[tabindex='0']"),
  ]).filter((node) => node.offsetParent && !(/** @type {any} */ (node).disabled));
  const [first, last] = [all[0], all.at(-1)];
  const at = ctx.root.activeElement;
  const edge = event.shiftKey ? first : last;
  if (at !== edge && !(event.shiftKey && at === panel)) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
