/** What a message may go along with: tools and models, as buttons and menus. */

import { adoptStyles, h, setAttribute, setText } from "./dom.js";
import { openMenu } from "./menu.js";
import { TOOLS_CSS } from "./styles/tools.js";
import { WIDE_CSS } from "./styles/wide.js";

/** @import {Ctx} from "./types" */
/** @typedef {{id: string, label: string, icon: string, short_label: string, placeholder_override: string, pinned: boolean, persistent: boolean}} Tool */
/** @typedef {{id: string, label: string, description: string, disabled: boolean, default: boolean}} Model */

/** @param {Ctx} ctx @param {{changed: () => void, focus: () => void}} calls */
export function createTools(ctx, calls) {
  const button = h("button", { type: "button", class: "vt-btn", onclick: () => openMenu(ctx, button, toolItems()) }, ctx.icon("sliders"));
  const chips = h("div", { class: "vt-tools" });
  const modelName = h("span");
  const modelButton = h("button", { type: "button", class: "vt-model", onclick: () => openMenu(ctx, modelButton, modelItems()) }, modelName, ctx.icon("down"));
  let tool = "";
  let model = "";
  adoptStyles(ctx.root, TOOLS_CSS + WIDE_CSS);

  /** @returns {Tool[]} */
  function tools() {
    return ctx.config.composer.tools;
  }

  /** @returns {Model[]} */
  function models() {
    return ctx.config.composer.models;
  }

  function chosenModel() {
    const all = models();
    return all.find((one) => one.id === model && !one.disabled) ?? all.find((one) => one.default && !one.disabled) ?? all.find((one) => !one.disabled);
  }

  function chosenTool() {
    return tools().find((one) => one.id === tool);
  }

  function toolItems() {
    return tools().map((one) => ({
      label: one.label,
      icon: one.icon ? ctx.ownIcon(one.icon) : undefined,
      checked: one.id === tool,
      run: () => choose(one.id === tool ? "" : one.id),
    }));
  }

  function modelItems() {
    const chosen = chosenModel();
    return models().map((one) => ({
      label: one.label,
      note: one.description,
      disabled: one.disabled,
      checked: one === chosen,
      run: () => {
        model = one.id;
        calls.changed();
      },
    }));
  }

  /** @param {string} id */
  function choose(id) {
    tool = id;
    calls.changed();
    calls.focus();
  }

  /** Pinned tools are chips; a tool from the menu becomes one while it is used. @param {Tool | undefined} used */
  function drawTools(used) {
    const shown = tools().filter((one) => one.pinned || one === used);
    button.hidden = !tools().some((one) => !one.pinned);
    setAttribute(button, "aria-label", ctx.t("choose_tool"));
    setAttribute(button, "title", ctx.t("choose_tool"));
    const key = JSON.stringify([shown, used?.id]);
    if (chips.dataset.drawn === key) return;
    chips.dataset.drawn = key;
    const held = chips.contains(ctx.root.activeElement);
    chips.replaceChildren(
      ...shown.map((one) =>
        h("button", { type: "button", class: "vt-tool", title: one.label, "aria-pressed": String(one === used), onclick: () => choose(one === used ? "" : one.id) },
          one.icon ? ctx.ownIcon(one.icon) : null, h("span", null, one.short_label || one.label), one === used && ctx.icon("close")),
      ),
    );
    if (held) calls.focus();
  }

  return {
    button,
    chips,
    model: modelButton,
    /** Shows what is chosen. @returns {Tool | undefined} the tool in use */
    draw() {
      const used = chosenTool();
      drawTools(used);
      const chosen = chosenModel();
      modelButton.hidden = models().length < 2;
      setText(modelName, chosen?.label ?? "");
      setAttribute(modelButton, "aria-label", `${ctx.t("choose_model")}: ${chosen?.label ?? ""}`);
      return used;
    },
    /** What goes along with the next message; a tool that does not stay is let go. */
    take() {
      const used = chosenTool();
      if (!used?.persistent) tool = "";
      return { tool: used?.id, model: models().length ? chosenModel()?.id : undefined };
    },
  };
}
