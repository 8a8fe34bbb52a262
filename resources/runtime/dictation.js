/** Speaking instead of typing, where the browser can listen. */

import { adoptStyles, h, setAttribute } from "./dom.js";

/** @import {Ctx} from "./types" */

const LISTENING_CSS = `.vt-composer .vt-btn[aria-pressed=true]{color:var(--vt-danger)!important;background:var(--vt-danger-bg)}`;

/** @param {Ctx} ctx @param {HTMLTextAreaElement} field @param {() => void} changed */
export function createDictation(ctx, field, changed) {
  const page = /** @type {any} */ (window);
  const Recognition = page.SpeechRecognition ?? page.webkitSpeechRecognition;
  const button = h("button", { type: "button", class: "vt-btn", hidden: true, onclick: () => (ear ? stop() : listen()) }, ctx.icon("mic"));
  /** @type {any} */
  let ear = null;
  adoptStyles(ctx.root, LISTENING_CSS);

  function listen() {
    const before = field.value ? `${field.value.trimEnd()} ` : "";
    ear = new Recognition();
    ear.lang = ctx.locale;
    ear.interimResults = ear.continuous = true;
    ear.onresult = (/** @type {any} */ event) => {
      field.value = before + [...event.results].map((result) => result[0].transcript).join("");
      field.dispatchEvent(new Event("input"));
    };
    ear.onend = ear.onerror = () => {
      ear = null;
      draw();
    };
    try {
      ear.start();
    } catch {
      ear = null;
    }
    draw();
    changed();
  }

  function stop() {
    ear?.stop();
  }

  function draw() {
    const label = ctx.t(ear ? "stop_dictation" : "dictate");
    setAttribute(button, "aria-label", label);
    setAttribute(button, "title", label);
    setAttribute(button, "aria-pressed", String(Boolean(ear)));
  }

  return {
    button,
    stop,
    update() {
      // The preview shows the button even where its own engine cannot listen.
      button.hidden = !ctx.config.composer.dictation.enabled || !(Recognition || ctx.host.kind === "preview");
      button.disabled = !Recognition;
      if (button.hidden) stop();
      draw();
    },
  };
}
