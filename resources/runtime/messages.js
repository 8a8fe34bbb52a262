/** The list of what was said: rows that change in place, and a view that follows. */

import { h, setAttribute, setText, setVariables } from "./dom.js";
import { createLater } from "./later.js";
import { createRow } from "./row.js";

/** @import {Conversation, Ctx, Message, Part} from "./types" */
/** @import {Row} from "./row.js" */

const NEAR = 48;
const MOST_IN_PAGE = 8; // rows
const PATIENCE = 4000; // ms until words show as they are, without Markdown

/**
 * @param {Ctx} ctx
 * @param {Conversation} conversation
 * @param {HTMLElement} intro greeting and prompts, kept as the first child
 * @returns {Part} `node` holds the scroll container and the button to its end
 */
export function createMessages(ctx, conversation, intro) {
  const first = h("div", { class: "vt-first" });
  const list = h("div", { class: "vt-rows", role: "log", "aria-live": "off" });
  const typing = createTyping(ctx);
  /** @type {{node: HTMLElement, draw(): void} | null} */
  let rating = null;
  const scroller = h("div", { class: "vt-scroller", role: "region", tabindex: "0" }, intro, first, list, typing.node);
  const toEnd = h("button", { type: "button", class: "vt-to-end", hidden: true, onclick: () => goToEnd(true) });
  const node = h("div", { class: "vt-messages" }, scroller, toEnd);
  /** @type {Map<string, Row>} */
  const rows = new Map();
  /** @type {Row[]} */
  let greetings = [];
  let following = true;
  let drawn = 0;
  let until = 0;
  let lastStatus = conversation.status;
  let coming = 0;
  let mayAsk = true;
  /** Markdown comes with the first words that need it; where it can't be had they are plain. */
  const reader = {
    plan,
    get waits() {
      return coming > 0;
    },
    /** Once a message or a change of status, so that a failed load is not asked for with each word. */
    ask() {
      if (!mayAsk || coming) return;
      mayAsk = false;
      const goOn = () => {
        clearTimeout(coming);
        coming = 0;
        plan();
      };
      coming = setTimeout(goOn, PATIENCE);
      ctx.bring("reading").then(goOn, goOn);
    },
  };

  /** Draws at most once a frame. */
  function plan() {
    if (drawn) return;
    drawn = 1;
    const rest = until - performance.now();
    if (rest > 0) setTimeout(() => (drawn = requestAnimationFrame(draw)), rest);
    else drawn = requestAnimationFrame(draw);
  }

  function draw() {
    drawn = 0;
    if (ctx.signal.aborted) return;
    const start = performance.now();
    const wasEmpty = !rows.size;
    mayAsk ||= conversation.messages.length > rows.size || conversation.status !== lastStatus;
    drawGreetings();
    /** @type {Set<string>} */
    const seen = new Set();
    let added = false;
    conversation.messages.forEach((message, index) => {
      seen.add(message.id);
      let row = rows.get(message.id);
      if (!row) {
        rows.set(message.id, (row = createRow(ctx, conversation, message, reader)));
        added ||= message.role === "user";
      }
      place(row.node, index);
      row.draw(message, index === conversation.messages.length - 1);
    });
    for (const [id, row] of rows) if (!seen.has(id)) rows.delete(id) && row.node.remove();
    while (list.lastElementChild && !list.lastElementChild.hasChildNodes()) list.lastElementChild.remove();
    const last = conversation.messages[conversation.messages.length - 1];
    const waits = conversation.status === "waiting" || (conversation.status === "streaming" && !last?.text) || Boolean(last && rows.get(last.id)?.held);
    typing.show(waits && ctx.config.messages.typing_indicator !== false);
    rating?.draw();
    report();
    // A conversation that has not begun is read from its greeting down.
    if (!rows.size) scroller.scrollTop = 0;
    else if (added || wasEmpty) goToEnd(false);
    else if (following && ctx.config.behavior.auto_scroll) goToEnd(false);
    watchScroll();
    // What takes long is done more rarely, so that the page keeps three quarters of the time.
    const took = performance.now() - start;
    until = took > 12 ? start + took * 4 : 0;
    if ([...rows.values()].some((row) => row.pending)) plan();
  }

  /**
   * Rows stand in pages: what changes dirties its own page alone, and pages out of sight
   * cost nothing, however long the talk.
   * @param {HTMLElement} row @param {number} index
   */
  function place(row, index) {
    const page = list.children[Math.floor(index / MOST_IN_PAGE)] ?? list.appendChild(h("div", { class: "vt-page" }));
    const there = page.children[index % MOST_IN_PAGE];
    if (there !== row) page.insertBefore(row, there ?? null);
  }

  /** The assistant's first messages stand before the talk. */
  function drawGreetings() {
    /** @type {string[]} */
    const wanted = ctx.config.start_screen.initial_messages ?? [];
    while (greetings.length > wanted.length) greetings.pop()?.node.remove();
    wanted.forEach((text, index) => {
      const message = { id: `first-${index}`, role: /** @type {const} */ ("assistant"), text, state: "first", rev: 0, time: 0 };
      greetings[index] ??= createRow(ctx, conversation, message, reader);
      if (!greetings[index].node.isConnected) first.append(greetings[index].node);
      greetings[index].draw(message, false);
    });
  }

  /** Says a finished reply once, and sounds it where nobody looks. */
  function report() {
    const { status } = conversation;
    if (status === "waiting" && lastStatus !== "waiting") ctx.announce(ctx.t("typing"));
    for (const message of conversation.messages) {
      if (message.role === "user" || message.told || message.state === "streaming" || rows.get(message.id)?.pending || rows.get(message.id)?.held) continue;
      message.told = true;
      const row = rows.get(message.id);
      ctx.announce(row?.words().slice(0, 2000) ?? "");
      if (!message.error && ctx.config.behavior.sound && (!ctx.isOpen || document.hidden)) ctx.load("sound").then(({ playTone }) => playTone(), () => {});
    }
    lastStatus = status;
  }

  const withRating = createLater(ctx, "rating", ({ createRating }) => {
    scroller.append((rating = createRating(ctx, conversation)).node);
    return rating;
  });

  /** @param {boolean} smooth */
  function goToEnd(smooth) {
    following = true;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    // Not scrollTo, which some pages' frameworks put to a use of their own.
    scroller.style.scrollBehavior = smooth && !still ? "smooth" : "auto";
    scroller.scrollTop = scroller.scrollHeight;
  }

  function watchScroll() {
    const left = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    following = left < NEAR;
    toEnd.hidden = following || !rows.size;
    if (!toEnd.hidden && !toEnd.firstChild) toEnd.append(ctx.icon("end"));
  }

  scroller.addEventListener("scroll", watchScroll, { passive: true });
  // Rows grow when a picture comes, and the place shrinks under a keyboard.
  const sizes = new ResizeObserver(() => {
    if (following && ctx.config.behavior.auto_scroll && rows.size) goToEnd(false);
  });
  sizes.observe(scroller);
  sizes.observe(list);
  const forget = conversation.subscribe(plan);

  return {
    node,
    update(touches) {
      const { messages } = ctx.config;
      setVariables(node, {
        "--vt-bubble-padding": messages.bubble_padding === undefined ? null : `${messages.bubble_padding}px`,
        "--vt-spacing": messages.spacing === undefined ? null : `${messages.spacing}px`,
      });
      setAttribute(node, "data-style", messages.style ?? "flat");
      setAttribute(scroller, "aria-label", ctx.t("history"));
      setAttribute(toEnd, "aria-label", ctx.t("scroll_to_end"));
      setAttribute(toEnd, "title", ctx.t("scroll_to_end"));
      typing.update();
      if (ctx.config.behavior.rating) withRating(plan);
      if (touches("messages") || touches("texts") || touches("theme") || touches("start_screen")) for (const row of [...rows.values(), ...greetings]) row.stale();
      plan();
    },
    destroy() {
      forget();
      sizes.disconnect();
      cancelAnimationFrame(drawn);
    },
  };
}

/** Three dots, with words for those who do not see them. @param {Ctx} ctx */
function createTyping(ctx) {
  const words = h("span", { class: "vt-hidden-text" });
  const node = h("div", { class: "vt-typing", hidden: true }, h("i"), h("i"), h("i"), words);
  return {
    node,
    /** @param {boolean} on */
    show(on) {
      node.hidden = !on;
    },
    update: () => setText(words, ctx.t("typing")),
  };
}
