/** What few headers have: the owner's two buttons, a logo, paper, mail, a larger panel. */

import { button } from "./button.js";
import { h, setAttribute } from "./dom.js";
import { createLater } from "./later.js";

/** @import {Conversation, Ctx} from "./types" */

export const HEADER_EXTRAS_CSS = `
.vt-header img{width:36px;height:36px;object-fit:contain;border-radius:var(--vt-radius-small);margin-inline-end:8px}
.vt[data-expanded] .vt-panel{--vt-width:max(var(--vt-wide),760px);--vt-height:9999px}
`;

/** @param {Ctx} ctx @param {Conversation} conversation */
export function createHeaderExtras(ctx, conversation) {
  const paperwork = createLater(ctx, "transcript", (module) => module);
  const left = ownerButton(ctx, "left_action");
  const right = ownerButton(ctx, "right_action");
  const logo = h("img", { alt: "" });
  const paper = button(ctx, "print", "print", () => paperwork((out) => out.printOut(ctx, conversation)));
  const mail = button(ctx, "mail", "email", () => paperwork((out) => out.mailOut(ctx, conversation)));
  const expand = button(ctx, "expand", "expand", () => {
    setAttribute(ctx.frame, "data-expanded", !isLarge());
    drawExpand();
  });
  const isLarge = () => ctx.frame.hasAttribute("data-expanded");

  /** A patch may have taken the larger panel away. */
  function drawExpand() {
    const { popup } = ctx.config.layout;
    if (!popup.expandable) setAttribute(ctx.frame, "data-expanded", false);
    expand.show(ctx.mode === "popup" && popup.expandable && !ctx.frame.hasAttribute("data-phone"));
    expand.draw(isLarge() ? "collapse" : "expand");
  }

  return {
    before: [left.node, logo],
    after: [right.node],
    last: [paper.node, mail.node, expand.node],
    update() {
      const { header, behavior } = ctx.config;
      setAttribute(logo, "src", header.logo || null);
      logo.hidden = !header.logo;
      left.update();
      right.update();
      paper.show(!conversation.empty && behavior.print_transcript);
      mail.show(!conversation.empty && behavior.email_transcript);
      drawExpand();
    },
  };
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
      if (enabled) node.replaceChildren(ctx.ownIcon(icon));
      setAttribute(node, "aria-label", label || icon?.replaceAll("-", " "));
      setAttribute(node, "title", label);
    },
  };
}
