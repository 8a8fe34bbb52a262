/** A question at the end of a talk: one to five stars, once a conversation. */

import { adoptStyles, h, setText } from "./dom.js";
import { RATING_CSS } from "./styles/rating.js";

/** @import {Conversation, Ctx} from "./types" */

/** @param {Ctx} ctx @param {Conversation} conversation */
export function createRating(ctx, conversation) {
  adoptStyles(ctx.root, RATING_CSS);
  const words = h("p");
  const stars = [1, 2, 3, 4, 5].map((value) =>
    h("button", { type: "button", class: "vt-btn", "aria-label": `${value} / 5`, onclick: () => choose(value) }, ctx.icon("star")),
  );
  const row = h("div", { role: "group" }, ...stars);
  const node = h("div", { class: "vt-rating", hidden: true }, words, row);
  /** @type {string | undefined} the first message of the talk that was rated */
  let rated;
  let given = 0;

  /** @param {number} value */
  function choose(value) {
    rated = conversation.messages[0]?.id;
    given = value;
    ctx.emit("feedback", { rating: value });
    draw();
  }

  function draw() {
    const { messages, status } = conversation;
    const replies = messages.filter((message) => message.role === "assistant" && message.state === "done" && !message.error);
    node.hidden = !ctx.config.behavior.rating || conversation.empty || status !== "idle" || replies.length < 2;
    if (node.hidden) return;
    const mine = rated === messages[0]?.id ? given : 0;
    setText(words, ctx.t("rate"));
    row.setAttribute("aria-label", ctx.t("rate"));
    stars.forEach((star, index) => star.setAttribute("aria-pressed", String(index < mine)));
  }

  return { node, draw };
}
