/** The bar at the top: title and the chat's own buttons; header_extras.js has the others. */

import { button } from "./button.js";
import { h, setText } from "./dom.js";

/** @import {Conversation, Ctx, Part} from "./types" */

/**
 * @typedef {object} HeaderCalls
 * @property {() => void} history @property {() => void} restart
 */

/**
 * @param {Ctx} ctx @param {Conversation} conversation @param {HeaderCalls} calls
 * @returns {Part}
 */
export function createHeader(ctx, conversation, calls) {
  const title = h("h2");
  const subtitle = h("p");
  const fresh = button(ctx, "compose", "new_chat", calls.restart);
  const earlier = button(ctx, "history", "history", calls.history);
  const close = button(ctx, "close", "close_chat", () => ctx.close());
  let hasPast = ctx.face === "chatkit";
  /** @type {boolean | null} */
  let empty = null;
  const heading = h("div", { class: "vt-heading" }, title, subtitle);
  const node = h("header", { class: "vt-header" }, heading, fresh.node, earlier.node, close.node);
  /** @type {ReturnType<typeof import("./header_extras.js").createHeaderExtras> | null} */
  let extras = null;

  function bringExtras() {
    if (extras || !ctx.here.header_extras) return;
    extras = /** @type {typeof import("./header_extras.js")} */ (ctx.here.header_extras).createHeaderExtras(ctx, conversation);
    node.prepend(...extras.before);
    heading.after(...extras.after);
    close.node.before(...extras.last);
  }

  function update() {
    const { header, history, name } = ctx.config;
    node.hidden = !header.enabled;
    title.hidden = !header.title.enabled;
    setText(title, header.title.text || name);
    setText(subtitle, header.subtitle ?? "");
    subtitle.hidden = !header.subtitle;
    fresh.show(!conversation.empty);
    earlier.show(history.enabled && hasPast);
    // The real ChatKit has no way to close but ours on a phone; the launcher stays beside it.
    close.show(ctx.mode === "popup" && (ctx.face === "n8n" || ctx.frame.hasAttribute("data-phone")));
    bringExtras();
    extras?.update();
  }

  /** Our own face offers the history only once there is some. */
  async function look() {
    const wasEmpty = empty;
    empty = conversation.empty;
    if (wasEmpty !== empty) hasPast = ctx.face === "chatkit" || (await conversation.threads()).length > 0;
    update();
  }

  const forget = conversation.subscribe(look);
  return { node, update, destroy: forget };
}
