/** The bar at the top: title, the owner's two buttons, and the chat's own. */

import { button } from "./button.js";
import { h, setAttribute, setText } from "./dom.js";
import { createOwnIcon } from "./icons.js";
import { createLater } from "./later.js";

/** @import {Conversation, Ctx, Part} from "./types" */

/**
 * @typedef {object} HeaderCalls
 * @property {() => void} expand @property {() => void} history @property {() => void} restart
 */

/**
 * @param {Ctx} ctx @param {Conversation} conversation @param {HeaderCalls} calls
 * @returns {Part}
 */
export function createHeader(ctx, conversation, calls) {
  const paperwork = createLater(ctx, "transcript", (module) => module);
  const left = ownerButton(ctx, "left_action");
  const right = ownerButton(ctx, "right_action");
  const logo = h("img", { alt: "", hidden: true });
  const title = h("h2");
  const subtitle = h("p");
  const fresh = button(ctx, "compose", "new_chat", calls.restart);
  const earlier = button(ctx, "history", "history", calls.history);
  const paper = button(ctx, "print", "print", () => paperwork((out) => out.printOut(ctx, conversation)));
  const mail = button(ctx, "mail", "email", () => paperwork((out) => out.mailOut(ctx, conversation)));
  const expand = button(ctx, "expand", "expand", calls.expand);
  const close = button(ctx, "close", "close_chat", () => ctx.close());
  let hasPast = ctx.face === "chatkit";
  /** @type {boolean | null} */
  let empty = null;
  const node = h(
    "header",
    { class: "vt-header" },
    left.node,
    logo,
    h("div", { class: "vt-heading" }, title, subtitle),
    right.node,
    fresh.node,
    earlier.node,
    paper.node,
    mail.node,
    expand.node,
    close.node,
  );

  function update() {
    const { header, history, name, layout, behavior } = ctx.config;
    const popup = ctx.mode === "popup";
    const expanded = ctx.frame.hasAttribute("data-expanded");
    node.hidden = !header.enabled;
    title.hidden = !header.title.enabled;
    setText(title, header.title.text || name);
    setText(subtitle, header.subtitle ?? "");
    subtitle.hidden = !header.subtitle;
    setAttribute(logo, "src", header.logo || null);
    logo.hidden = !header.logo;
    left.update();
    right.update();
    fresh.show(!conversation.empty);
    earlier.show(history.enabled && hasPast);
    paper.show(!conversation.empty && behavior.print_transcript);
    mail.show(!conversation.empty && behavior.email_transcript);
    expand.show(popup && layout.popup.expandable && !ctx.frame.hasAttribute("data-phone"));
    expand.draw(expanded ? "collapse" : "expand");
    // The real ChatKit has no way to close but ours on a phone; the launcher stays beside it.
    close.show(popup && (ctx.face === "n8n" || ctx.frame.hasAttribute("data-phone")));
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

/** @param {Ctx} ctx @param {"left_action" | "right_action"} side */
function ownerButton(ctx, side) {
  const node = h("button", { type: "button", class: "vt-btn", hidden: true });
  const action = () => ctx.config.header[side];
  node.addEventListener("click", () => {
    const { kind, url, event } = action();
    if (kind === "event") ctx.emit(event, { key: ctx.config.key });
    else if (/^(https?:|mailto:|tel:)/.test(url)) window.open(url, "_blank", "noopener,noreferrer");
  });
  return {
    node,
    update() {
      const { enabled, icon, label } = action();
      node.hidden = !enabled;
      if (enabled) node.replaceChildren(createOwnIcon(ctx.config, icon));
      setAttribute(node, "aria-label", label || icon?.replaceAll("-", " "));
      setAttribute(node, "title", label);
    },
  };
}
