/**
 * The entry of a page: a launcher at once, the chat when it is wanted, one `Vitrine`.
 * Everything that can wait (teaser, badge, dragging, live changes) comes with the chat.
 */

import { adoptStyles, h, setVariables } from "./dom.js";
import { createLauncher } from "./launcher.js";
import { placeElement } from "./place.js";
import { fontName } from "./fonts.js";
import { LAUNCHER_CSS } from "./styles/launcher.js";

/** @import {Config, Host, Mode, Mounted, Seat} from "./types" */

const PATIENCE = 10_000; // ms until a chat that does not load counts as unreachable

/**
 * Put a widget on the page; never throws. A second tag for the same place is passed over.
 * @param {Config} given @param {Host} host
 */
export function startWidget(given, host) {
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const { mode, target } = script?.dataset ?? {};
  const id = [given.key, mode, target].join(" ").trim();
  const page = /** @type {any} */ (window);
  // An element's id is a name of the page's too; what the page put there itself, it keeps.
  const vitrine = page.Vitrine?.widgets ? page.Vitrine : createVitrine();
  if (!Object.hasOwn(page, "Vitrine")) page.Vitrine = vitrine;
  /** @type {{widgets: Map<string, any>}} */
  const { widgets } = vitrine;
  if (widgets.has(id)) return;
  widgets.set(id, createWidget(given, host, script, () => widgets.delete(id)));
  dispatchEvent(new CustomEvent("vitrine:ready", { detail: { key: given.key } }));
}

function createVitrine() {
  /** @type {Map<string, any>} */
  const widgets = new Map();
  return Object.freeze({
    widgets,
    /** @param {string} key */
    get: (key) => widgets.get(key) ?? [...widgets.values()].find((widget) => widget.key === key),
  });
}

/** @param {Config} given @param {Host} host @param {HTMLScriptElement | null} script @param {() => void} forget */
function createWidget(given, host, script, forget) {
  const stop = new AbortController();
  const { signal } = stop;
  const element = h("div", { "data-vitrine": given.key });
  const root = element.attachShadow({ mode: "open" });
  const frame = h("div", { class: "vt" });
  const launcher = createLauncher(() => call("toggle"));
  /** @type {Record<string, Set<(detail: any) => void>>} */
  const heard = {};
  /** @type {Promise<Mounted> | undefined} */
  let coming;
  let lost = false; // somebody asked for the chat, and it did not come

  /** @type {Seat} */
  const seat = {
    config: given,
    host,
    root,
    frame,
    element,
    launcher: launcher.node,
    script,
    signal,
    isOpen: false,
    get mode() {
      return /** @type {Mode} */ (script?.dataset.mode) || seat.config.layout.mode;
    },
    url: (path) => new URL(path, host.base ? host.base + "/" : script?.src || location.href).href,
    // All bundles lie beside each other, so the address of one is enough.
    load: (name) => fetchModule(seat.url(host.runtime[name] ?? host.runtime.chat.replace("chat.js", name + ".js"))),
    emit(name, detail) {
      for (const fn of heard[name] ?? []) {
        try {
          fn(detail);
        } catch (error) {
          console.error(error);
        }
      }
    },
    listen(name, fn) {
      (heard[name] ??= new Set()).add(fn);
      return () => void heard[name]?.delete(fn);
    },
    open: () => void call("open"),
    close: () => void call("close"),
    draw,
  };

  function draw() {
    const { config, mode } = seat;
    const { theme, layout, typography } = config;
    frame.dataset.mode = mode;
    frame.dataset.scheme = theme.color_scheme;
    frame.dataset.position ||= layout.popup.position;
    setVariables(frame, {
      "--vt-offset-x": layout.popup.offset_x + "px",
      "--vt-offset-y": layout.popup.offset_y + "px",
      "--vt-lever-accent": theme.accent.enabled ? theme.accent.primary : null,
      "--vt-lever-font": fontName(typography.font_family, config.key),
    });
    launcher.draw(config, frame, lost);
    placeElement(element, mode, config, script);
  }

  function face() {
    const ours = given.provider === "n8n" || (host.kind === "preview" && host.simulated);
    coming ??= seat.load(ours ? "chat" : given.connection.face || "chatkit").then((module) => {
      signal.throwIfAborted();
      return module.mount(seat);
    });
    return coming;
  }

  /** @param {string} name "mounted" where nobody has asked for the chat yet @param {...any} args */
  async function call(name, ...args) {
    /** @type {any} */
    let mounted;
    launcher.node.ariaBusy = "true";
    if (lost && name !== "mounted") {
      lost = false;
      draw();
    }
    try {
      mounted = await face().finally(() => (launcher.node.ariaBusy = null));
      return await mounted[name](...args);
    } catch (error) {
      if (signal.aborted) return;
      if (!mounted) {
        coming = undefined;
        lost ||= name !== "mounted";
        draw();
      }
      seat.emit("error", { code: mounted ? "runtime_failed" : "runtime_unreachable", message: String(error) });
    }
  }

  /** Bring the chat before it is asked for, where the visitor's line allows. */
  function foresee() {
    const soon = () => signal.aborted || call("mounted");
    for (const sign of ["pointerenter", "focus"]) launcher.node.addEventListener(sign, soon, { once: true });
    const { connection } = /** @type {any} */ (navigator);
    const asked = seat.config.behavior.auto_open.enabled || seat.config.launcher.teaser.enabled;
    if (!asked && (connection?.saveData || /2g/.test(connection?.effectiveType))) return;
    const idle = () => (window.requestIdleCallback ?? setTimeout)(soon);
    if (document.readyState === "complete") idle();
    else addEventListener("load", idle, { once: true, signal });
  }

  adoptStyles(root, LAUNCHER_CSS);
  frame.append(launcher.node, launcher.voice);
  root.append(frame);
  draw();
  if (seat.mode === "popup") foresee();
  else call("open", false);

  return {
    key: given.key,
    open: () => call("open", true),
    close: () => call("close"),
    toggle: () => call("toggle"),
    /** @param {any} patch */
    update: (patch) => call("patch", patch),
    /** @param {string} text */
    send: (text) => call("send", text),
    on: seat.listen,
    destroy() {
      forget();
      stop.abort();
      element.remove();
      coming?.then((mounted) => mounted.destroy(), () => {});
    },
  };
}

/** @type {Record<string, string>} */
const again = {};

/**
 * Import a module; a failed address is asked anew the next time, under a name that is new
 * to browsers which remember failures; not where an import map may pin the address.
 * @param {string} address @returns {Promise<any>}
 */
function fetchModule(address) {
  const late = new Promise((_, refuse) => setTimeout(refuse, PATIENCE, new Error(`${address} does not answer`)));
  const module = Promise.race([import(address + (again[address] ??= "")), late]);
  module.catch(() => document.querySelector("[type=importmap]") || (again[address] += "#"));
  return module;
}
