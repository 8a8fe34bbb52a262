/** What some owners show at each message: a picture, the time, thumbs up and down. */

import { actionButton } from "./button.js";
import { h, setAttribute, setText } from "./dom.js";
import { ROW_LOOKS_CSS } from "./styles/row_looks.js";

/** @import {Conversation, Ctx, Message} from "./types" */

export const LOOKS_CSS = ROW_LOOKS_CSS;

/**
 * @param {Ctx} ctx @param {Conversation} conversation
 * @param {HTMLElement} row @param {HTMLElement} meta the line below its words
 */
export function createRowLooks(ctx, conversation, row, meta) {
  const avatar = h("span", { class: "vt-avatar", "aria-hidden": "true" });
  const time = h("time");
  row.firstElementChild?.after(avatar);
  meta.prepend(time);
  return {
    /** @param {Message} message @param {boolean} mine @returns {boolean} whether the time shows */
    draw(message, mine) {
      const { messages } = ctx.config;
      const picture = !mine && messages.show_avatar;
      avatar.hidden = !picture;
      if (picture) avatar.replaceChildren(messages.avatar ? h("img", { src: messages.avatar, alt: "" }) : ctx.icon("bot"));
      time.hidden = !messages.show_timestamps || !message.time || Boolean(message.error);
      if (!time.hidden) {
        const when = new Date(message.time);
        setAttribute(time, "datetime", when.toISOString());
        setText(time, when.toLocaleTimeString(ctx.locale, { hour: "numeric", minute: "2-digit" }));
      }
      return !time.hidden;
    },

    /** @param {Message} message @returns {HTMLElement[]} */
    thumbs(message) {
      if (!ctx.config.messages.feedback) return [];
      return /** @type {const} */ ([[1, "good", "good_reply"], [-1, "bad", "bad_reply"]]).map(([value, icon, label]) => {
        const pressed = message.feedback === value;
        const node = actionButton(ctx, icon, ctx.t(label), () => conversation.rate(message.id, pressed ? 0 : value));
        setAttribute(node, "aria-pressed", String(pressed));
        return node;
      });
    },
  };
}
