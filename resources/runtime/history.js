/** The panel of earlier conversations. */

import { button } from "./button.js";
import { adoptStyles, h } from "./dom.js";
import { HISTORY_CSS } from "./styles/history.js";

/** @import {Conversation, Ctx, Part, Thread} from "./types" */

/**
 * @param {Ctx} ctx @param {Conversation} conversation
 * @param {(on: boolean) => void} covers it lies over the talk, which then can't be reached
 * @returns {Part & {toggle(): void, hide(): void}}
 */
export function createHistory(ctx, conversation, covers) {
  adoptStyles(ctx.root, HISTORY_CSS);
  const node = h("div", { class: "vt-history", hidden: true, role: "region", tabindex: "-1" });

  async function draw() {
    show(await conversation.threads());
  }

  /** @param {Thread[]} threads */
  function show(threads) {
    const heading = h("h3", null, ctx.t("history"));
    node.setAttribute("aria-label", ctx.t("history"));
    if (!threads.length) node.replaceChildren(heading, h("p", null, ctx.t("no_history")));
    else node.replaceChildren(heading, h("ul", { class: "vt-threads" }, ...threads.map(row)), rest());
  }

  /** What a server has besides comes a page at a time. */
  function rest() {
    const more = () => conversation.moreThreads?.().then(show, () => {});
    return conversation.more ? h("button", { type: "button", class: "vt-chip", onclick: more }, conversation.more) : "";
  }

  /** @param {Thread} thread */
  function row(thread) {
    const { show_rename, show_delete } = ctx.config.history;
    const when = new Date(thread.updated);
    const open = h(
      "button",
      { type: "button", onclick: () => (hide(), conversation.openThread(thread.id)) },
      thread.title,
      h("time", { datetime: when.toISOString() }, when.toLocaleDateString(ctx.locale, { dateStyle: "medium" })),
    );
    const line = h("li", null, open);
    const add = (/** @type {string} */ icon, /** @type {string} */ text, /** @type {() => void} */ run) => {
      const { node: added, show: showIt } = button(ctx, icon, text, run);
      showIt(true);
      line.append(added);
    };
    if (show_rename) add("rename", "rename", () => rename(line, thread));
    if (show_delete) add("trash", "delete", () => remove(thread));
    return line;
  }

  /** @param {HTMLElement} line @param {Thread} thread */
  function rename(line, thread) {
    const field = h("input", { value: thread.title, maxlength: "120", "aria-label": ctx.t("rename") });
    let done = false;
    const finish = async (/** @type {boolean} */ keep) => {
      if (done) return;
      done = true;
      if (keep && field.value.trim()) await conversation.renameThread(thread.id, field.value.trim());
      draw();
    };
    field.addEventListener("blur", () => finish(true));
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.stopPropagation();
      finish(event.key === "Enter");
    });
    line.replaceChildren(field);
    field.select();
    field.focus();
  }

  /** @param {Thread} thread */
  async function remove(thread) {
    await conversation.deleteThread(thread.id);
    await draw();
    node.focus();
  }

  function hide() {
    node.hidden = true;
    covers(false);
  }

  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    hide();
  });

  return {
    node,
    hide,
    toggle() {
      if (!node.hidden) return hide();
      node.hidden = false;
      covers(true);
      draw().then(() => node.focus({ preventScroll: true }));
    },
    update(touches) {
      if (!ctx.config.history.enabled && !node.hidden) hide();
      if (!node.hidden && (touches("history") || touches("texts"))) draw();
    },
    destroy() {},
  };
}
