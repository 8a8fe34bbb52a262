/** Messages: a first stand-in until the real one lands. */

import { h } from "./dom.js";

/** @import {Conversation, Ctx, Part} from "./types" */

/** @param {Ctx} ctx @param {Conversation} conversation @param {HTMLElement} intro @returns {Part} */
export function createMessages(ctx, conversation, intro) {
  const node = h("div", { class: "vt-messages" }, intro);
  node.style.overflow = "auto";
  const forget = conversation.subscribe(() => {
    const last = conversation.messages.at(-1);
    if (last) node.append(h("p", null, last.text));
    else node.replaceChildren(intro);
  });
  return { node, update() {}, destroy: forget };
}
