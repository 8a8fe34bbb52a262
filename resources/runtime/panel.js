/** The inside of the chat: the panel and its parts, whatever it talks with. */

import { button } from "./button.js";
import { createComposer } from "./composer.js";
import { adoptStyles, h, setAttribute, setText } from "./dom.js";
import { createHeader } from "./header.js";
import { createLater } from "./later.js";
import { createMessages } from "./messages.js";
import { createShell } from "./shell.js";
import { createStart } from "./start.js";
import { BASE_CSS } from "./styles/base.js";
import { COMPOSER_CSS } from "./styles/composer.js";
import { MESSAGES_CSS } from "./styles/messages.js";
import { PANEL_CSS } from "./styles/panel.js";
import { TOKENS_CSS } from "./styles/tokens.js";
import { applyTheme } from "./theme.js";

/** @import {Conversation, Ctx, Part, Touches, Widgetry} from "./types" */

const TOUCH = matchMedia("(pointer: coarse)");
const STILL = matchMedia("(prefers-reduced-motion:reduce)");
const LONGEST_FRAME = 250; // ms

/**
 * @param {Ctx} ctx
 * @param {(ctx: Ctx) => Conversation} converse makes the talk: with n8n, or by ChatKit's protocol
 * @returns {Widgetry}
 */
export function createChat(ctx, converse) {
  const shell = createShell(ctx);
  const conversation = converse(ctx);
  const intro = createStart(ctx, conversation);
  const messages = createMessages(ctx, conversation, intro.node);
  const composer = createComposer(ctx, conversation);
  const past = createLater(ctx, "history", ({ createHistory }) => {
    const part = createHistory(ctx, conversation, cover);
    leave.node.before(part.node);
    parts.push(part);
    hidePast = part.hide;
    return part;
  });
  let hidePast = () => {};
  const restart = () => (hidePast(), conversation.restart(), composer.focus());
  const header = createHeader(ctx, conversation, { history: () => past((part) => part.toggle()), restart });
  const mark = createMark(ctx);
  const leave = button(ctx, "close", "close_chat", () => ctx.close());
  leave.node.classList.add("vt-float");
  const foot = h("div", { class: "vt-foot" }, composer.node, mark.node);
  const body = h("div", { class: "vt-body" }, messages.node);
  shell.node.append(foot, ctx.voice);
  /** @type {Part[]} */
  const parts = [shell, header, intro, messages, composer, mark];
  /** @type {Part | null} */
  let welcome = null;
  let dropFonts = () => {};
  let started = false;

  /** @param {boolean} on the history lies over the talk */
  function cover(on) {
    body.inert = foot.inert = on;
    if (!on) composer.focus();
  }

  /** @param {Touches} touches */
  function update(touches) {
    if (touches("typography.font_sources")) {
      dropFonts();
      dropFonts = ctx.here.font_files?.loadFonts(ctx) ?? dropFonts;
    }
    applyTheme(ctx);
    conversation.update(touches);
    for (const part of parts) part.update(touches);
    leave.show(ctx.mode === "popup" && ctx.frame.hasAttribute("data-phone") && !ctx.config.header.enabled);
    if (ctx.config.start_screen.welcome_screen) bringWelcome();
    watchWelcome();
  }

  function bringWelcome() {
    if (welcome || !ctx.here.welcome) return;
    welcome = /** @type {Part} */ (ctx.here.welcome.createWelcome(ctx, conversation, () => (watchWelcome(), composer.focus())));
    parts.push(welcome);
    body.append(welcome.node);
    welcome.update(() => true);
  }

  /** No field to write in while the welcome stands before it. */
  function watchWelcome() {
    foot.hidden = Boolean(welcome && !welcome.node.hidden);
  }

  for (const css of [TOKENS_CSS, BASE_CSS, PANEL_CSS, MESSAGES_CSS, COMPOSER_CSS])
    adoptStyles(ctx.root, css);
  const forget = conversation.subscribe(watchWelcome);
  update(() => true);
  const whole = join();

  /** The field comes first, and the rest while the panel, which fades in, is not seen yet. */
  async function join() {
    if (ctx.mode === "popup" && !STILL.matches) await firstFrame();
    foot.before(header.node, body);
    foot.after(leave.node);
  }

  return {
    update,
    opened(focus) {
      shell.opened();
      if (focus) TOUCH.matches || foot.hidden ? shell.node.focus({ preventScroll: true }) : composer.focus();
      if (!started) conversation.start();
      started = true;
      return whole;
    },
    closed: shell.closed,
    send: (text) => conversation.send(text),
    destroy() {
      forget();
      dropFonts();
      for (const part of parts) part.destroy();
      conversation.destroy();
    },
  };
}

/** Until a frame has been drawn and the next one begins; a page out of sight draws none. */
function firstFrame() {
  return new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(done));
    setTimeout(done, LONGEST_FRAME);
  });
}

/** The line below everything: who made it, and that a preview is simulated. @param {Ctx} ctx @returns {Part} */
function createMark(ctx) {
  const powered = h("span");
  const simulated = h("span", { class: "vt-simulated" });
  const node = h("div", { class: "vt-powered" }, simulated, powered);
  function update() {
    const shown = ctx.face === "chatkit" && ctx.host.simulated;
    powered.hidden = !ctx.config.behavior.powered_by;
    setText(powered, ctx.t("powered_by"));
    simulated.hidden = !shown;
    setText(simulated, ctx.t("simulated"));
    setAttribute(simulated, "title", ctx.host.simulated ?? null);
    node.hidden = powered.hidden && simulated.hidden;
  }
  return { node, update, destroy() {} };
}
