/** A widget on the page once its face is there: open and closed, live changes, unread. */

import { adoptStyles, drawPath, h, setAttribute, setText, setVariables } from "./dom.js";
import { bringLooks, createLater } from "./later.js";
import { mergePatch, touchedBy } from "./merge.js";
import { tryStorage } from "./safely.js";
import { isFrame } from "./own_page.js";
import { OUTSIDE_CSS } from "./styles/outside.js";

/** @import {Ctx, Face, Mounted, Touches, Widgetry} from "./types" */

// As wide as a phone, or as low as one that is turned: beside a launcher nothing could be read there.
const PHONE = matchMedia("(max-width:639.98px),(max-height:449.98px)");
const DARK = matchMedia("(prefers-color-scheme:dark)");
const COUNTED = ["load", "open", "message", "error"];

/**
 * Join a face to its launcher; what comes back answers the loader.
 * @param {Ctx} ctx @param {() => Widgetry} build called when scheme and size are known
 * @returns {Mounted}
 */
export function createPresence(ctx, build) {
  const { frame, launcher, signal, host, element, seat } = ctx;
  const invite = createLater(ctx, "invite", ({ createInvite }) => {
    const part = createInvite(ctx);
    frame.append(part.node);
    dismiss = part.dismiss;
    signal.addEventListener("abort", part.destroy);
    return part;
  });
  const drag = createLater(ctx, "drag", ({ dragToCorner }) => dragToCorner(launcher, () => ctx.config.launcher.draggable, moveTo));
  let dismiss = () => {};
  let invited = false;
  const badge = h("span", { class: "vt-badge", hidden: true });
  const corner = `vitrine:${ctx.config.key}:corner`;
  let unread = 0;

  function look() {
    const { theme, layout } = ctx.config;
    const dark = theme.color_scheme === "auto" ? DARK.matches : theme.color_scheme === "dark";
    const phone = ctx.mode === "popup" && PHONE.matches && layout.popup.fullscreen_on_phones;
    frame.dataset.scheme = dark ? "dark" : "light";
    setAttribute(frame, "data-phone", phone);
    setAttribute(frame, "dir", ctx.dir);
    setAttribute(frame, "lang", ctx.locale);
    setAttribute(frame, "data-open", ctx.isOpen);
    badge.hidden = !unread || ctx.isOpen || !ctx.config.launcher.unread_badge;
    setText(badge, unread > 9 ? "9+" : String(unread));
    const words = ctx.isOpen ? ctx.t("close_chat") : ctx.config.launcher.label || ctx.t("open_chat");
    setAttribute(launcher, "aria-label", badge.hidden ? words : `${words} (${ctx.t("unread").replace("{count}", String(unread))})`);
    setAttribute(launcher, "aria-expanded", String(ctx.isOpen));
    launcher.style.touchAction = ctx.config.launcher.draggable ? "none" : "";
    if (ctx.config.launcher.draggable) drag(() => {});
    invited ||= ctx.config.launcher.teaser.enabled || ctx.config.behavior.auto_open.enabled;
    if (invited) invite((part) => part.update());
  }

  /** @param {boolean} value */
  function setOpen(value) {
    seat.isOpen = value;
    if (value) unread = 0;
    look();
  }

  /** @param {boolean} [focus] */
  function open(focus) {
    if (ctx.isOpen) return;
    dismiss();
    setOpen(true);
    const whole = face.opened(!!focus);
    if (ctx.mode === "popup") ctx.emit("open");
    return whole;
  }

  function close() {
    if (!ctx.isOpen || ctx.mode !== "popup") return;
    const inside = ctx.root.activeElement;
    setOpen(false);
    face.closed();
    if (inside) launcher.focus({ preventScroll: true });
    ctx.emit("close");
  }

  /** @param {Touches} touches */
  function update(touches) {
    ctx.refresh(touches);
    seat.draw();
    look();
    face.update(touches);
    if (ctx.mode !== "popup") open(false);
  }

  /** @param {any} change */
  async function patch(change) {
    const touches = touchedBy(change);
    const before = seat.config;
    seat.config = mergePatch(before, change);
    try {
      if (touches("layout.popup.position")) moveTo(ctx.config.layout.popup.position);
      const looks = bringLooks(ctx);
      if (looks) await looks;
      update(touches);
    } catch (error) {
      seat.config = before;
      update(() => true);
      throw error;
    }
    watch();
  }

  /** @param {string} position */
  function moveTo(position) {
    frame.dataset.position = position;
    tryStorage(() => localStorage.setItem(corner, position));
  }

  /** Single-page apps take our element along, or bring its place later. */
  const watcher = new MutationObserver(stay);
  function watch() {
    watcher.disconnect();
    const subtree = ctx.mode === "inline";
    watcher.observe(document.documentElement, { childList: true, subtree });
    stay();
  }

  function stay() {
    if (element.isConnected) return;
    seat.draw();
    rise();
  }

  /** Under a transformed root nothing stays fixed but what is in the top layer. */
  function rise() {
    const style = getComputedStyle(document.documentElement);
    // The page's own zoom enlarges what we say in px, and the viewport's units too.
    setVariables(frame, { "--vt-zoom": /** @type {any} */ (document.documentElement).currentCSSZoom ?? 1 });
    const free = ["transform", "translate", "rotate", "scale", "perspective", "will-change", "contain"].every((name) => /^(none|auto|)$/.test(style.getPropertyValue(name)));
    if (free || ctx.mode === "inline" || !element.isConnected || !element.showPopover) return;
    element.popover = "manual";
    element.showPopover();
  }

  /** @param {string} event */
  function count(event) {
    // A frame's page tells its parent, which counts.
    if (host.kind !== "hosted" || isFrame(ctx)) return;
    // As text/plain a beacon needs no preflight; the address of the page is not sent.
    tryStorage(() => navigator.sendBeacon(ctx.url("api/events"), JSON.stringify({ widget: ctx.config.key, event })));
  }

  // Before anything of ours is new: it has the page's styles worked out.
  rise();
  adoptStyles(ctx.root, OUTSIDE_CSS);
  const opened = drawPath("M6 9.5l6 6 6-6");
  opened.classList.add("vt-opened");
  launcher.firstElementChild?.append(opened);
  launcher.append(badge);
  const kept = ctx.config.launcher.draggable && tryStorage(() => localStorage.getItem(corner));
  if (kept) frame.dataset.position = kept;
  for (const name of COUNTED) ctx.listen(name, () => count(name));
  ctx.listen("language", () => update((path) => path === "texts"));
  ctx.listen("reply", () => ctx.isOpen || (unread++, look()));
  look();
  const face = build();
  for (const media of [PHONE, DARK]) media.addEventListener("change", () => update((path) => path === "theme"), { signal });
  watch();
  signal.addEventListener("abort", () => watcher.disconnect());
  count("load");
  ctx.emit("ready");

  return {
    mounted() {},
    open: (focus = true) => open(focus),
    close,
    toggle: () => (ctx.isOpen ? close() : open(true)),
    patch,
    send: face.send,
    destroy() {
      face.destroy();
    },
  };
}
