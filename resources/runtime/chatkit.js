/** The real ChatKit in our panel; where it can't be reached, a calm word and a retry. */

import { button } from "./button.js";
import { chatkitOptions } from "./chatkit_options.js";
import { createSession } from "./chatkit_session.js";
import { ownServer } from "./chatkit_server.js";
import { createContext } from "./context.js";
import { adoptStyles, h, setText } from "./dom.js";
import { bringLooks } from "./later.js";
import { createPresence } from "./presence.js";
import { isFrame, keptVisitor, pageToken, vouchedFor } from "./own_page.js";
import { createShell } from "./shell.js";
import { BASE_CSS } from "./styles/base.js";
import { FRAME_CSS } from "./styles/frame.js";
import { PANEL_CSS } from "./styles/panel.js";
import { TOKENS_CSS } from "./styles/tokens.js";
import { WELCOME_CSS } from "./styles/welcome.js";
import { applyTheme } from "./theme.js";

/** @import {Ctx, Mounted, Seat, Touches, Widgetry} from "./types" */

const CHATKIT_SCRIPT = "https://cdn.platform.openai.com/deployments/chatkit/chatkit.js";
const READY_WITHIN = 20_000; // ms from the script to `chatkit.ready`

/** @param {Seat} seat @returns {Promise<Mounted>} */
export async function mount(seat) {
  const ctx = createContext(seat);
  await bringLooks(ctx);
  seat.signal.throwIfAborted();
  return createPresence(ctx, () => createRealChat(ctx));
}

/** @param {Ctx} ctx @returns {Widgetry} */
function createRealChat(ctx) {
  const shell = createShell(ctx);
  const session = createSession(ctx);
  const words = h("p", { role: "status" });
  const again = h("button", { type: "button", class: "vt-btn-fill", onclick: () => void begin() });
  const apology = h("div", { class: "vt-welcome", hidden: true }, words, again);
  const body = h("div", { class: "vt-body" }, apology);
  const leave = button(ctx, "close", "close_chat", () => ctx.close());
  leave.node.classList.add("vt-float");
  shell.node.append(body, leave.node, ctx.voice);
  /** @type {any} the openai-chatkit element, or the frame that holds it */
  let chat = null;
  /** @type {ReturnType<typeof ownServer> | null} our server, where that is what answers */
  let own = null;
  let begun = false;

  async function begin() {
    begun = true;
    apology.hidden = true;
    chat?.remove();
    chat = null;
    try {
      chat = ctx.host.frame && !pageToken(ctx) ? await openFrame(ctx, body) : await openElement();
    } catch (error) {
      fail(/** @type {any} */ (error).code ?? "chatkit_unreachable", String(error));
    }
  }

  async function openElement() {
    await loadChatKit();
    const element = /** @type {any} */ (document.createElement("openai-chatkit"));
    body.prepend(element);
    reportEvents(ctx, element);
    const ready = new Promise((resolve, refuse) => {
      element.addEventListener("chatkit.ready", resolve, { once: true });
      setTimeout(refuse, READY_WITHIN, new Error("chatkit.ready did not come"));
    });
    session.failed = (code, message) => fail(code, message);
    element.setOptions(options());
    await ready;
    return element;
  }

  /** @param {string} code @param {string} message */
  function fail(code, message) {
    chat?.remove();
    body.querySelector("openai-chatkit")?.remove();
    chat = null;
    apology.hidden = false;
    ctx.emit("error", { code, message });
  }

  function options() {
    const { config, frame, mode } = ctx;
    const all = chatkitOptions(config, frame.dataset.scheme === "dark");
    const header = (all.header ??= {});
    for (const side of ["left", "right"]) {
      const action = header[side + "Action"];
      if (action) action.onClick = () => act(config.header[side + "_action"]);
    }
    if (mode === "popup" && frame.hasAttribute("data-phone") && config.header.enabled)
      header.rightAction ??= { icon: "close", onClick: () => ctx.close() };
    return { ...all, api: apiOptions() };
  }

  function apiOptions() {
    const { connection, composer } = ctx.config;
    if (connection.kind === "hosted") return { getClientSecret: session.secret };
    const upload = composer.attachments.enabled && { uploadStrategy: { type: "two_phase" } };
    if (connection.kind === "ours") return { ...(own ??= ownServer(ctx)), ...upload };
    return { url: connection.url, domainKey: connection.domain_key, ...upload };
  }

  /** @param {{kind: string, url: string, event: string}} action */
  function act({ kind, url, event }) {
    if (kind === "event") ctx.emit(event, { key: ctx.config.key });
    else if (/^(https?:|mailto:|tel:)/.test(url)) window.open(url, "_blank", "noopener,noreferrer");
  }

  /** @param {Touches} touches */
  function update(touches) {
    applyTheme(ctx);
    shell.update(touches);
    const { header } = ctx.config;
    const covered = !header.enabled || header.right_action.enabled || ctx.host.frame;
    leave.show(ctx.frame.hasAttribute("data-phone") && (covered || !chat));
    setText(words, ctx.t("unavailable"));
    setText(again, ctx.t("retry"));
    chat?.setOptions?.(options());
  }

  for (const css of [TOKENS_CSS, BASE_CSS, PANEL_CSS, FRAME_CSS, WELCOME_CSS]) adoptStyles(ctx.root, css);
  update(() => true);
  if (isFrame(ctx)) tellParent(ctx, (text) => chat?.sendUserMessage?.({ text }));

  return {
    update,
    opened(focus) {
      if (!begun) void begin();
      shell.opened();
      if (focus) chat?.focusComposer ? chat.focusComposer() : shell.node.focus({ preventScroll: true });
    },
    closed: shell.closed,
    send: (text) => void chat?.sendUserMessage?.({ text }),
    destroy() {
      session.end();
      shell.destroy();
    },
  };
}

/** OpenAI's script, once a page. @returns {Promise<unknown>} */
function loadChatKit() {
  if (customElements.get("openai-chatkit")) return Promise.resolve();
  const script = h("script", { async: true });
  const { trustedTypes } = /** @type {any} */ (window);
  const policy = trustedTypes?.createPolicy("vitrine", { createScriptURL: () => CHATKIT_SCRIPT });
  script.src = policy ? policy.createScriptURL("") : CHATKIT_SCRIPT;
  const came = new Promise((resolve, refuse) => {
    script.addEventListener("load", () => resolve(customElements.whenDefined("openai-chatkit")));
    script.addEventListener("error", () => (script.remove(), refuse(new Error(CHATKIT_SCRIPT + " does not answer"))));
    setTimeout(refuse, READY_WITHIN, new Error(CHATKIT_SCRIPT + " does not answer"));
  });
  document.head.append(script);
  return came;
}

/** What ChatKit tells, in our words. @param {Ctx} ctx @param {EventTarget} element */
function reportEvents(ctx, element) {
  /** @type {Record<string, (detail: any) => void>} */
  const told = {
    "chatkit.error": (detail) => ctx.emit("error", { code: "chatkit", message: String(detail?.error?.message ?? "") }),
    "chatkit.response.start": () => ctx.emit("message", {}),
    "chatkit.response.end": () => ctx.emit("reply", {}),
    "chatkit.thread.change": (detail) => ctx.emit("session", { thread: detail?.threadId ?? null }),
  };
  for (const [name, tell] of Object.entries(told))
    element.addEventListener(name, (event) => tell(/** @type {CustomEvent} */ (event).detail));
}

/**
 * The frame's side: what happens here is told to the page around, which may also send.
 * @param {Ctx} ctx @param {(text: string) => void} send
 */
function tellParent(ctx, send) {
  const around = location.ancestorOrigins?.[0] ?? (document.referrer && new URL(document.referrer).origin);
  if (parent === window || !around || around === "null") return;
  for (const event of ["message", "reply", "error", "visitor"])
    ctx.listen(event, (detail) => parent.postMessage({ vitrine: ctx.config.key, event, detail }, around));
  const hear = (/** @type {MessageEvent} */ { source, origin, data }) => {
    if (source !== parent || origin !== around || data?.vitrine !== ctx.config.key) return;
    if (typeof data.send === "string") send(data.send);
  };
  addEventListener("message", hear, { signal: ctx.signal });
}

/**
 * ChatKit in a page of the hosted server, so that one domain on OpenAI's list is enough.
 * @param {Ctx} ctx @param {HTMLElement} body
 */
async function openFrame(ctx, body) {
  const address = new URL(/** @type {string} */ (ctx.host.frame), ctx.url(""));
  const { user, proof } = vouchedFor(ctx);
  const kept = keptVisitor(ctx);
  address.hash = new URLSearchParams(proof ? { user, proof } : { visitor: kept.get() }).toString();
  const { frame_title } = ctx.config.behavior;
  const frame = h("iframe", {
    class: "vt-frame",
    src: address.href,
    title: frame_title || ctx.config.name,
    allow: "microphone; clipboard-write",
    referrerpolicy: "strict-origin",
  });
  const hear = (/** @type {MessageEvent} */ { source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== address.origin || data?.vitrine !== ctx.config.key) return;
    if (data.event === "visitor") kept.set(String(data.detail));
    else if (typeof data.event === "string") ctx.emit(data.event, data.detail);
  };
  addEventListener("message", hear, { signal: ctx.signal });
  const came = new Promise((resolve, refuse) => {
    frame.addEventListener("load", resolve, { once: true });
    setTimeout(refuse, READY_WITHIN, new Error(address.origin + " does not answer"));
  });
  body.prepend(frame);
  await came;
  /** @param {{text: string}} message */
  const sendUserMessage = (message) =>
    frame.contentWindow?.postMessage({ vitrine: ctx.config.key, send: message.text }, address.origin);
  return Object.assign(frame, { sendUserMessage });
}
