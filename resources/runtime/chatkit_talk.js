/**
 * A talk whose threads a ChatKit server keeps: what was said there, what is under way, and
 * what became of it. No DOM.
 *
 * A message is an item of the thread, or a word of ours beside it: `progress`, `notice`, a
 * refusal, more to load. What is more than words lies in `buttons`, for chatkit_extras.js.
 */

import { applyUpdate, isShown, showItem } from "./chatkit_items.js";
import { itemWords } from "./chatkit_words.js";
import { createWire } from "./chatkit_wire.js";
import { ChatFault } from "./faults.js";
import { createStorage, newId } from "./storage.js";
import { Watched } from "./watched.js";

/** @import {Conversation, Ctx, Message, SendOptions, Thread, Touches} from "./types" */
/** @import {Item} from "./chatkit_items.js" */
/** @import {ProtocolEvent} from "./chatkit_wire.js" */

const PAGE = 20;
const MOST_TOOL_CALLS = 20; // in a row, without a word of the visitor's
const JOIN_AFTER = 800; // ms until a broken stream is joined again

/** @param {Ctx} ctx @returns {Conversation} */
export function createThreadTalk(ctx) {
  return new ThreadTalk(ctx);
}

/** @implements {Conversation} */
class ThreadTalk extends Watched {
  /** @param {Ctx} ctx */
  constructor(ctx) {
    super();
    this.ctx = ctx;
    this.wire = createWire(ctx);
    this.store = createStorage(ctx);
    /** @type {Message[]} */
    this.messages = [];
    /** @type {Conversation["status"]} */
    this.status = "idle";
    this.thread = "";
    /** Why nothing may be written: the server closed the thread. */
    this.blocked = false;
    /** Hosts that pictures may come from; null allows all. @type {string[] | null} */
    this.pictures = null;
    /** @type {AbortController | null} */
    this.turn = null;
    /** A tool of the page's that waits. @type {Item | null} */
    this.call = null;
    /** @type {Promise<any>} */
    this.opening = Promise.resolve();
    /** A thread that could not be opened. */
    this.stuck = "";
    /** Where the next page of earlier items begins. */
    this.older = "";
    /** @type {{list: Thread[], after: string, more: boolean}} */
    this.past = { list: [], after: "", more: false };
    /** Items that a retry hides until it is known what stands. @type {Message[]} */
    this.retired = [];
    /** Nothing is asked for before somebody looks. @type {Promise<void>} */
    this.seen = new Promise((done) => (this.begin = done));
    this.started = false;
    this.waitsForLine = false;
    const { signal } = ctx;
    addEventListener("online", () => this.waitsForLine && this.status === "idle" && this.retry(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden || this.catchUp(), { signal });
  }

  get empty() {
    return !this.messages.some((message) => message.role === "user");
  }

  start() {
    if (this.started) return;
    this.started = true;
    this.begin?.();
    const known = this.store.current() || this.ctx.config.behavior.initial_thread;
    if (known) this.openThread(known);
  }

  // What is said

  /** @param {string} text @param {SendOptions} [options] */
  async send(text, { files = [], tool, model } = {}) {
    const words = text.trim();
    if ((!words && !files.length) || this.status !== "idle" || this.blocked) return;
    this.start();
    this.clear();
    const message = this.add("user", words, { blobs: files, tool, model });
    if (files.length) message.files = files.map((file) => ({ name: file.name, size: file.size, type: file.type, blob: file }));
    this.ctx.emit("message", { text: words, files: files.map((file) => file.name) });
    await this.ask(message);
  }

  /** @param {Message} message the visitor's, which no server knows yet */
  async ask(message) {
    message.state = "sent";
    await this.take(async (signal) => {
      await this.opening;
      const { text, tool, model, blobs = [] } = message;
      message.uploads ??= [];
      for (const file of blobs.slice(message.uploads.length)) message.uploads.push((await this.wire.upload(file, signal)).id);
      const input = {
        content: text ? [{ type: "input_text", text }] : [],
        attachments: message.uploads,
        quoted_text: null,
        inference_options: { tool_choice: tool ? { id: tool } : null, model: model || null },
      };
      message.pending = true;
      if (this.thread) await this.listen("threads.add_user_message", { thread_id: this.thread, input }, signal);
      else await this.listen("threads.create", { input }, signal);
    }, message);
  }

  /** Asks again: behind the given answer's question, else behind the last one. @param {string} [id] */
  retry(id) {
    if (this.status !== "idle") return;
    let at = id ? this.messages.findIndex((message) => message.id === id) : this.messages.length - 1;
    while (at >= 0 && this.messages[at].role !== "user") at--;
    const question = this.messages[at];
    if (!question && this.stuck) return void this.openThread(this.stuck);
    if (!question || this.blocked) return;
    this.clear();
    const behind = this.messages.splice(at + 1);
    if (!question.item) return void this.ask(question);
    this.retired = behind;
    this.take((signal) => this.listen("threads.retry_after_item", { thread_id: this.thread, item_id: question.item.id }, signal), question);
  }

  /** The visitor pressed something in a widget. @param {Message} message @param {any} action an `ActionConfig` */
  async act(message, action) {
    const { type, payload = null, handler, streaming } = action;
    this.ctx.emit("action", { type, payload, item: message.item.id, handler: handler ?? "server" });
    if (handler === "client" || this.status !== "idle" || this.blocked) return;
    const params = { thread_id: this.thread, item_id: message.item.id, action: { type, payload } };
    if (streaming === false) return this.actAtOnce(params);
    await this.take((signal) => this.listen("threads.custom_action", params, signal));
  }

  /** @param {any} params */
  async actAtOnce(params) {
    try {
      const { updated_item } = await this.wire.ask("threads.sync_custom_action", params);
      if (updated_item) this.put(updated_item);
      this.tell();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Answers to a form of the assistant's. @param {Message} message @param {any} input a `StructuredInputSubmission` */
  async answer(message, input) {
    if (this.status !== "idle" || this.blocked) return;
    this.clear();
    const params = { thread_id: this.thread, item_id: message.item.id, input };
    await this.take((signal) => this.listen("threads.add_structured_input", params, signal));
  }

  stop() {
    if (!this.turn) return;
    this.turn.abort();
    if (this.wire.ours && this.thread) this.wire.ask("threads.stop", { thread_id: this.thread }).catch(() => {});
    this.settle();
  }

  // What comes

  /**
   * One turn of the assistant's, with the calls of this page's tools that it makes.
   * @param {(signal: AbortSignal) => Promise<void>} ask @param {Message} [question]
   */
  async take(ask, question) {
    const turn = (this.turn = new AbortController());
    this.waitsForLine = false;
    this.become("waiting");
    try {
      await ask(turn.signal);
      for (let count = 0; this.turn === turn && this.call; count++) await this.runTool(turn.signal, count);
    } catch (error) {
      if (this.turn === turn && !turn.signal.aborted) this.fail(error, question);
    }
    if (this.turn === turn) this.settle();
  }

  /** @param {string} type @param {any} params @param {AbortSignal} signal */
  async listen(type, params, signal) {
    const take = (/** @type {ProtocolEvent} */ event) => signal.aborted || this.hear(event);
    this.call = null;
    try {
      await this.wire.stream(type, params, signal, take);
    } catch (error) {
      if (!this.wire.ours || !this.thread || signal.aborted || /** @type {any} */ (error).code !== "network") throw error;
      if (this.messages.some((message) => message.pending)) throw error;
      await new Promise((done) => setTimeout(done, JOIN_AFTER));
      await this.wire.stream("threads.join", { thread_id: this.thread }, signal, take);
    }
  }

  /** @param {ProtocolEvent} event */
  hear(event) {
    if (Object.hasOwn(HANDLERS, event.type)) HANDLERS[event.type](this, event);
    this.tellSoon();
  }

  /** An item as it is now. @param {Item} item @param {boolean} [done] */
  put(item, done = true) {
    if (item.type === "client_tool_call") return void (this.call = done && item.status === "pending" ? item : null);
    if (!isShown(item)) return;
    this.drop("progress");
    let message = this.find(item.id);
    if (!message && item.type === "user_message") message = this.messages.find((one) => one.pending);
    if (!message) message = this.add(item.type === "user_message" ? "user" : "assistant", "", { time: 0 });
    message.pending = false;
    showItem(message, item);
    if (item.type === "user_message") return;
    message.state = done ? "done" : "streaming";
    this.become("streaming");
    if (done && item.type === "assistant_message" && this.turn) this.ctx.emit("reply", { id: item.id, text: message.text });
  }

  /** @param {string} itemId @returns {Message | undefined} */
  find(itemId) {
    const here = this.messages.find((message) => message.item?.id === itemId);
    if (here) return here;
    const at = this.retired.findIndex((message) => message.item?.id === itemId);
    if (at < 0) return undefined;
    const [back] = this.retired.splice(at, 1); // it stands after all
    this.messages.push(back);
    return back;
  }

  /** @param {string} itemId */
  remove(itemId) {
    const others = (/** @type {Message} */ message) => message.item?.id !== itemId;
    this.messages = this.messages.filter(others);
    this.retired = this.retired.filter(others);
  }

  /** @param {any} thread */
  know(thread) {
    if (thread.id !== this.thread) this.ctx.emit("session", { thread: thread.id });
    this.thread = thread.id;
    this.store.choose(thread.id);
    this.pictures = thread.allowed_image_domains ?? null;
    const { type, reason } = thread.status ?? {};
    this.blocked = type === "locked" || type === "closed";
    this.drop("closed");
    if (this.blocked && reason) this.say("closed", "notice", reason);
  }

  /** Ask the page what its tool says, and tell it. @param {AbortSignal} signal @param {number} count */
  async runTool(signal, count) {
    const { name, arguments: given, call_id } = /** @type {any} */ (this.call);
    this.call = null;
    if (count >= MOST_TOOL_CALLS) throw new ChatFault("server", 0, "tools are called without end");
    /** @type {unknown} */
    let result = { error: `This page has no tool “${name}”.` };
    this.ctx.emit("tool", { name, arguments: given, id: call_id, answer: (/** @type {unknown} */ value) => void (result = value) });
    try {
      result = await result;
    } catch (error) {
      result = { error: String(error) };
    }
    if (!signal.aborted) await this.listen("threads.add_client_tool_output", { thread_id: this.thread, result: result ?? null }, signal);
  }

  /** The turn is over: what came is whole. */
  settle() {
    this.turn = this.call = null;
    this.drop("progress");
    this.comeBack();
    for (const message of this.messages) {
      if (message.state === "streaming") this.touch(message, "done");
      message.pending = false;
    }
    this.become("idle");
    this.tell();
  }

  /** @param {unknown} error @param {Message} [question] */
  fail(error, question) {
    const fault = error instanceof Error && "wait" in error ? /** @type {ChatFault} */ (error) : new ChatFault("server", 0, String(error));
    const { code, status, detail, wait } = fault;
    this.ctx.emit("error", { code, status, detail });
    this.waitsForLine = code === "offline";
    if (question) this.touch(question, question.item ? question.state : code === "offline" ? "queued" : "failed");
    this.comeBack();
    this.add("assistant", "", { error: fault.text, wait: Math.ceil(wait) });
  }

  /** A retry that brought nothing leaves what was. */
  comeBack() {
    let at = this.messages.length;
    while (at && this.messages[at - 1].role !== "user") at--;
    if (!this.messages.slice(at).some((message) => message.item)) this.messages.splice(at, 0, ...this.retired);
    this.retired = [];
  }

  // Threads

  /** @param {string} id */
  async openThread(id) {
    this.leave();
    this.thread = id;
    this.store.choose(id);
    const thread = await (this.opening = this.bringThread(id));
    const answering = thread?.metadata?.answering && this.wire.ours;
    if (answering && this.thread === id && !this.turn) await this.take((signal) => this.listen("threads.join", { thread_id: id }, signal));
  }

  /** A thread's newest items; what was written meanwhile stands behind them. @param {string} id */
  async bringThread(id) {
    const here = () => this.thread === id && !this.ctx.signal.aborted;
    try {
      const [thread, page] = await Promise.all([
        this.wire.ask("threads.get_by_id", { thread_id: id }),
        this.wire.ask("items.list", { thread_id: id, limit: PAGE, order: "desc" }),
      ]);
      if (!here()) return null;
      this.know(thread);
      this.bring(page);
      return thread;
    } catch (error) {
      if (!here()) return null;
      this.thread = "";
      // A thread that is gone, or was another visitor's: a new one begins.
      if (/** @type {any} */ (error).code === "inactive") this.store.choose("");
      else {
        this.stuck = id;
        this.fail(error);
      }
      return null;
    }
  }

  /** Another page may have gone on with this thread. */
  async catchUp() {
    const { thread } = this;
    const known = this.messages.filter((message) => message.item).pop()?.item.id;
    if (!thread || !known || this.status !== "idle") return;
    const page = await this.wire.ask("items.list", { thread_id: thread, limit: 1, order: "desc" }).catch(() => null);
    if (page?.data[0] && page.data[0].id !== known && isShown(page.data[0]) && this.thread === thread && this.status === "idle") await this.openThread(thread);
  }

  /** Earlier items before those that are here. @param {any} page the newest first */
  bring(page) {
    this.drop("older");
    /** @type {Message[]} */
    const found = [];
    for (const item of page.data) {
      if (!isShown(item) || this.find(item.id)) continue;
      const message = this.make("assistant", "", { told: true, time: 0 });
      showItem(message, item);
      found.unshift(message);
    }
    this.messages.unshift(...found);
    this.older = page.has_more ? page.after : "";
    if (this.older) this.messages.unshift(this.make("assistant", "", { id: "older", state: "older", told: true, time: 0, buttons: [{ type: "older" }] }));
    this.tell();
  }

  /** The page before the first one that is shown. */
  async bringOlder() {
    const { thread, older: after } = this;
    try {
      const page = await this.wire.ask("items.list", { thread_id: thread, limit: PAGE, order: "desc", after });
      if (this.thread === thread) this.bring(page);
    } catch (error) {
      this.fail(error);
    }
  }

  restart() {
    this.leave();
    this.thread = "";
    this.store.choose("");
    this.tell();
  }

  /** Leaves what is under way behind. */
  leave() {
    this.turn?.abort();
    this.turn = this.call = null;
    this.messages = [];
    this.retired = [];
    this.older = this.stuck = "";
    this.blocked = this.waitsForLine = false;
    this.become("idle");
    this.tell();
  }

  /** The visitor's threads, as many as were asked for. */
  async threads() {
    if (!this.ctx.config.history.enabled) return [];
    await this.seen;
    this.past = { list: [], after: "", more: false };
    await this.moreThreads().catch((error) => this.ctx.emit("error", { code: "history", status: error.status, detail: String(error) }));
    return this.past.list;
  }

  /** The word for more of them, if there are. */
  get more() {
    return this.past.more ? itemWords(this.ctx).more : "";
  }

  /** The next page of the list. */
  async moreThreads() {
    const { past } = this;
    const params = { limit: PAGE, order: "desc", ...(past.after && { after: past.after }) };
    const { data, has_more, after } = await this.wire.ask("threads.list", params);
    for (const { id, title, created_at } of data) past.list.push({ id, title: title || this.ctx.t("new_chat"), updated: Date.parse(created_at) || 0 });
    past.more = Boolean(has_more && after);
    past.after = after ?? "";
    return past.list;
  }

  /** @param {string} id @param {string} title */
  async renameThread(id, title) {
    await this.try("threads.update", { thread_id: id, title: title.slice(0, 200) });
  }

  /** @param {string} id */
  async deleteThread(id) {
    if (!(await this.try("threads.delete", { thread_id: id }))) return;
    if (id === this.thread) this.restart();
  }

  /** @param {string} id @param {1 | -1 | 0} value the protocol knows no “neither” */
  async rate(id, value) {
    const message = this.messages.find((one) => one.id === id);
    if (!message) return;
    message.feedback = value;
    this.touch(message);
    this.ctx.emit("feedback", { id, value, text: message.text.slice(0, 500) });
    if (value && message.item) await this.try("items.feedback", { thread_id: this.thread, item_ids: [message.item.id], kind: value > 0 ? "positive" : "negative" });
  }

  /** What may fail without a word to the visitor. @param {string} type @param {any} params */
  async try(type, params) {
    try {
      await this.wire.ask(type, params);
      return true;
    } catch (error) {
      const { code, status, detail } = /** @type {ChatFault} */ (error);
      this.ctx.emit("error", { code: code ?? "server", status, detail: detail ?? String(error) });
      return false;
    }
  }

  press() {}

  mayPress() {
    return false;
  }

  // Words of ours beside the thread

  /** @param {string} name @param {"progress" | "notice" | "error"} state @param {string} text @param {any[]} [buttons] */
  say(name, state, text, buttons = []) {
    const last = this.messages[this.messages.length - 1];
    if (last?.id !== name) this.drop(name);
    const message = last?.id === name ? last : this.add("assistant", "", { id: name, state });
    Object.assign(message, { text, buttons });
    this.touch(message);
  }

  /** @param {string} name */
  drop(name) {
    if (this.messages.some((message) => message.id === name)) this.messages = this.messages.filter((message) => message.id !== name);
  }

  /** Refusals and notices go with the next question. */
  clear() {
    this.messages = this.messages.filter((message) => message.item || message.role === "user" || message.id === "older");
  }

  /** @param {Message["role"]} role @param {string} text @param {Record<string, any>} [more] @returns {Message} */
  make(role, text, more) {
    return { id: newId(), role, text, time: Date.now(), state: "done", rev: 0, ...more };
  }

  /** @param {Message["role"]} role @param {string} text @param {Record<string, any>} [more] @returns {Message} */
  add(role, text, more) {
    const message = this.make(role, text, more);
    this.messages.push(message);
    this.tellSoon();
    return message;
  }

  /** @param {Message} message @param {string} [state] */
  touch(message, state = message.state) {
    message.state = state;
    message.rev++;
    this.tell();
  }

  /** @param {Conversation["status"]} status */
  become(status) {
    if (this.status === status || (status === "streaming" && !this.turn)) return;
    this.status = status;
    this.tell();
  }

  /** @param {Touches} touches */
  update(touches) {
    if (!touches("connection") || this.status !== "idle") return;
    this.wire = createWire(this.ctx);
  }

  destroy() {
    this.turn?.abort();
    this.watchers.clear();
  }
}

/** What each event means. @type {Record<string, (talk: ThreadTalk, event: any) => void>} */
const HANDLERS = {
  "thread.created": (talk, { thread }) => talk.know(thread),
  "thread.updated": (talk, { thread }) => talk.know(thread),
  "thread.item.added": (talk, { item }) => talk.put(item, false),
  "thread.item.done": (talk, { item }) => talk.put(item),
  "thread.item.replaced": (talk, { item }) => talk.put(item),
  "thread.item.removed": (talk, { item_id }) => talk.remove(item_id),
  "thread.item.updated": (talk, { item_id, update }) => {
    const message = talk.find(item_id);
    if (!message) return;
    talk.drop("progress");
    applyUpdate(message.item, update);
    showItem(message, message.item);
    talk.become("streaming");
  },
  progress_update(talk, { text }) {
    talk.become("streaming");
    talk.say("progress", "progress", String(text));
  },
  notice: (talk, { message, title }) => talk.say(newId(), "notice", title ? `**${title}**\n\n${message}` : String(message)),
  client_effect: (talk, { name, data }) => talk.ctx.emit("effect", { name, data }),
  error(talk, { code, message, allow_retry }) {
    const words = (code === "custom" && message) || talk.ctx.t("error_server");
    talk.ctx.emit("error", { code: String(code), status: 0, detail: String(message ?? "") });
    talk.say("error", "error", words, allow_retry ? [{ type: "retry" }] : []);
  },
};
