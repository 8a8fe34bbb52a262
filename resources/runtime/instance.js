/** One widget on one page: its config, its state, and the face that comes when wanted. */

import { adoptStyles, setAttribute, setVariables } from "./dom.js";
import { fontName } from "./fonts.js";
import { createInvite } from "./invite.js";
import { createLauncher } from "./launcher.js";
import { mergePatch, touchedBy } from "./merge.js";
import { createPlace } from "./place.js";
import { LAUNCHER_CSS } from "./styles/launcher.js";

/** @import {Config, Host, Mode, Mounted, Seat, Touches} from "./types" */

const PHONE = matchMedia("(max-width: 639.98px)");
const DARK = matchMedia("(prefers-color-scheme: dark)");
const COUNTED = ["ready", "open", "message", "error"];
const PATIENCE = 10_000; // ms until a chat that does not load counts as unreachable

/**
 * @param {Config} config @param {Host} host @param {HTMLScriptElement | null} script
 */
export function createInstance(config, host, script) {
  const stop = new AbortController();
  const { signal } = stop;
  const place = createPlace(config.key, script, signal);
  const { root, frame } = place;
  /** @type {Map<string, Set<(detail: any) => void>>} */
  const listeners = new Map();
  /** @type {Promise<Mounted> | null} */
  let coming = null;
  /** @type {Mounted | null} */
  let face = null;
  let isOpen = false;
  let busy = false;
  let unread = 0;
  let corner = "";

  /** @type {Seat} */
  const seat = {
    host,
    root,
    frame,
    signal,
    get config() {
      return config;
    },
    get mode() {
      return /** @type {Mode} */ (script?.dataset.mode) || config.layout.mode;
    },
    get isOpen() {
      return isOpen;
    },
    url: (path) => new URL(path, host.base ? host.base + "/" : script?.src || location.href).href,
    load: (name) => fetchModule(seat.url(host.runtime[name] ?? name)),
    emit,
    listen,
    open: () => open(false),
    close: () => close(),
  };
  const launcher = createLauncher(seat, () => (isOpen ? close() : open(true)), moveTo);
  const invite = createInvite(seat);

  /** @param {string} name @param {unknown} [detail] */
  function emit(name, detail) {
    if (name === "reply" && !isOpen) showUnread(unread + 1);
    if (host.kind === "hosted" && COUNTED.includes(name)) count(seat, name);
    for (const fn of listeners.get(name) ?? []) {
      try {
        fn(detail);
      } catch (error) {
        console.error(error);
      }
    }
  }

  /** @param {string} name @param {(detail: any) => void} fn */
  function listen(name, fn) {
    const known = listeners.get(name) ?? new Set();
    listeners.set(name, known.add(fn));
    return () => void known.delete(fn);
  }

  function wanted() {
    const ours = config.provider === "n8n" || (host.kind === "preview" && host.simulated);
    coming ??= seat
      .load(ours ? "chat" : "chatkit")
      .then((module) => {
        signal.throwIfAborted();
        return ours ? module.mountChat(seat) : module.mountChatKit(seat);
      })
      .then((mounted) => (face = mounted));
    coming.catch(() => (coming = null));
    return coming;
  }

  /** @param {boolean} focus */
  async function open(focus) {
    if (isOpen || signal.aborted) return;
    setOpen(true, !face);
    invite.dismiss();
    try {
      await wanted();
    } catch (error) {
      if (signal.aborted) return;
      setOpen(false, false);
      emit("error", { code: "runtime_unreachable", message: String(error) });
      return;
    }
    busy = false;
    showUnread(0);
    if (!isOpen) return;
    face?.opened(focus);
    emit("open");
  }

  function close() {
    if (!isOpen || seat.mode !== "popup") return;
    const inside = root.activeElement;
    setOpen(false, false);
    face?.closed();
    if (inside) launcher.node.focus({ preventScroll: true });
    emit("close");
  }

  /** @param {boolean} value @param {boolean} waits */
  function setOpen(value, waits) {
    isOpen = value;
    busy = waits;
    setAttribute(frame, "data-open", value);
    showUnread(unread);
  }

  /** @param {number} value */
  function showUnread(value) {
    unread = value;
    launcher.show({ unread, busy });
  }

  /** @param {string} position */
  function moveTo(position) {
    corner = position;
    look();
  }

  /** What launcher and chat share: mode, corner, scheme, accent. */
  function look() {
    const { theme, layout } = config;
    const scheme = theme.color_scheme === "auto" ? (DARK.matches ? "dark" : "light") : theme.color_scheme;
    const phone = seat.mode === "popup" && PHONE.matches && layout.popup.fullscreen_on_phones;
    setAttribute(frame, "data-mode", seat.mode);
    setAttribute(frame, "data-scheme", scheme);
    setAttribute(frame, "data-phone", phone);
    setAttribute(frame, "data-position", corner || layout.popup.position);
    setVariables(frame, {
      "--vt-offset-x": layout.popup.offset_x + "px",
      "--vt-offset-y": layout.popup.offset_y + "px",
      "--vt-lever-accent": theme.accent.enabled ? theme.accent.primary : null,
      "--vt-lever-font": fontName(config.typography.font_family, config.key),
    });
  }

  /** @param {Touches} touches */
  function settle(touches) {
    if (touches("layout")) place.seat(seat.mode, config);
    look();
    launcher.update(() => true);
    invite.update(() => true);
    if (seat.mode !== "popup" && !isOpen) open(false);
  }

  /** @param {any} patch */
  function update(patch) {
    config = mergePatch(config, patch);
    const touches = touchedBy(patch);
    settle(touches);
    face?.update(touches);
  }

  /** Start bringing the chat before it is asked for, where the visitor's line allows. */
  function foresee() {
    for (const sign of ["pointerenter", "pointerdown", "focus"])
      launcher.node.addEventListener(sign, () => wanted().catch(() => {}), { once: true });
    const { connection } = /** @type {any} */ (navigator);
    if (connection?.saveData || /2g/.test(connection?.effectiveType)) return;
    const idle = window.requestIdleCallback ?? ((/** @type {() => void} */ fn) => setTimeout(fn, 2000));
    const soon = () => idle(() => signal.aborted || wanted().catch(() => {}));
    if (document.readyState === "complete") soon();
    else addEventListener("load", soon, { once: true, signal });
  }

  adoptStyles(root, LAUNCHER_CSS);
  frame.append(invite.node, launcher.node);
  for (const media of [PHONE, DARK])
    media.addEventListener("change", () => (look(), face?.update((path) => path === "theme")), { signal });
  settle(() => true);
  if (seat.mode === "popup") foresee();

  return {
    key: config.key,
    open: () => open(true),
    close,
    toggle: () => (isOpen ? close() : open(true)),
    update,
    /** @param {string} text */
    send: async (text) => (await wanted()).send(text),
    on: listen,
    destroy() {
      face?.destroy();
      stop.abort();
    },
  };
}

/**
 * Import a module; a failed address is asked anew the next time.
 * @param {string} address @returns {Promise<any>}
 */
function fetchModule(address) {
  const late = new Promise((_, refuse) => setTimeout(refuse, PATIENCE, new Error(`${address} does not answer`)));
  return Promise.race([import(address), late]);
}

/** @param {Seat} seat @param {string} event */
function count(seat, event) {
  try {
    navigator.sendBeacon(seat.url("api/events"), JSON.stringify({ widget: seat.config.key, event }));
  } catch {
    // A page may forbid beacons; counting is the owner's wish, not the visitor's.
  }
}
