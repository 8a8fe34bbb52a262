/**
 * The talk itself: what was said, what is under way, and what became of it. No DOM.
 *
 * States: idle, waiting (asked, no word yet), streaming. A failure is a message of the
 * assistant's with an `error` (the name of its sentence), and one `error` event.
 */

import { ChatFault } from "./faults.js";
import { tell } from "./later.js";
import { createStorage, newId } from "./storage.js";
import { Watched } from "./watched.js";

/** @import {Conversation, Ctx, Message, SendOptions, Touches} from "./types" */
/** @import {Button, Reply, Transport} from "./n8n.js" */

/** @param {Ctx} ctx @returns {Conversation} */
export function createConversation(ctx) {
  return new Talking(ctx);
}

/** @implements {Conversation} */
export class Talking extends Watched {
  /** @param {Ctx} ctx */
  constructor(ctx) {
    super();
    this.ctx = ctx;
    this.store = createStorage(ctx);
    /** @type {Message[]} */
    this.messages = [];
    /** @type {Conversation["status"]} */
    this.status = "idle";
    this.session = "";
    /** Why nothing may be written now: a button waits. */
    this.blocked = false;
    /** @type {AbortController | null} */
    this.turn = null;
    /** @type {Promise<Transport> | null} */
    this.transport = null;
    this.unwatch = () => {};
    this.offline = false;
    addEventListener("online", () => this.resend(), { signal: ctx.signal });
  }

  get empty() {
    return !this.messages.some((message) => message.role === "user");
  }

  start() {
    if (this.session) return;
    const known = this.store.current();
    this.openSession(known || newId(), !known);
    if (this.simulated) this.replay();
  }

  /** Only the preview plays scripts. */
  get simulated() {
    const { host } = this.ctx;
    return host.kind === "preview" && Boolean(host.simulated || this.script);
  }

  /** The script that the preview wants played; a patch of the config may bring another. */
  get script() {
    const { config, host } = this.ctx;
    return config.scenario ?? host.scenario;
  }

  /**
   * What is talked with; it comes when the first words are on their way, and is asked for
   * again where it did not come.
   * @returns {Promise<Transport>}
   */
  link() {
    const { ctx } = this;
    if (this.transport) return this.transport;
    const coming = this.simulated
      ? ctx.load("scenario").then((scenario) => scenario.createScenario(ctx, this.script))
      : ctx.load("n8n").then(({ createN8n }) => createN8n(ctx));
    return (this.transport = coming.catch((error) => {
      this.transport = null;
      throw new ChatFault(navigator.onLine ? "network" : "offline", 0, String(error));
    }));
  }

  /** Somebody writes: what will be needed may come now. */
  foresee() {
    this.link().catch(() => {});
  }

  hangUp() {
    this.transport?.then((link) => link.hangUp?.(), () => {});
    this.transport = null;
  }

  /** @param {string} text @param {SendOptions} [options] */
  async send(text, { files = [], tool, model } = {}) {
    const words = String(text ?? "").trim();
    if ((!words && !files.length) || this.status !== "idle" || this.blocked) return;
    this.start();
    const message = this.add("user", words, { blobs: files, tool, model });
    if (files.length) message.files = files.map((file) => ({ name: file.name, size: file.size, type: file.type, blob: file }));
    this.ctx.emit("message", { text: words, files: files.map((file) => file.name) });
    await this.ask(message);
  }

  /** @param {Message} message the visitor's */
  async ask(message) {
    const turn = (this.turn = new AbortController());
    const reply = this.createReply(message);
    this.offline = false;
    message.state = "sent";
    this.become("waiting");
    try {
      const link = await this.link();
      const { text, tool, model, blobs = [] } = message;
      await link.send({ session: this.session, text, files: blobs, tool, model }, reply, turn.signal);
    } catch (error) {
      if (this.turn === turn && !turn.signal.aborted) this.fail(error, message);
    }
    delete message.sent;
    if (this.turn === turn) this.settle();
  }

  /** What a transport writes into, as long as this conversation is open. @param {Message} question @returns {Reply} */
  createReply(question) {
    const { session } = this;
    /** @type {Map<string, Message>} */
    const bubbles = new Map();
    const here = () => this.session === session && this.messages.includes(question);
    return {
      sent: (part) => {
        question.sent = part;
        if (here()) this.touch(question);
      },
      set: (name, text) => {
        if (!here() || this.turn?.signal.aborted) return;
        let bubble = bubbles.get(name);
        if (!bubble && !text.trim()) return;
        if (!bubble) bubbles.set(name, (bubble = this.add("assistant", "", { state: "streaming" })));
        bubble.text = text;
        bubble.rev++;
        this.become("streaming");
        this.tellSoon();
      },
      say: (text) => void (here() && this.finish(this.add("assistant", text))),
      ask: (text, buttons, blocks) => {
        if (!here()) return;
        this.blocked = blocks;
        this.finish(this.add("assistant", text, { buttons: buttons.slice(0, 20).map(plainButton) }));
      },
      busy: (busy, over) => {
        if (!here()) return;
        if (over) this.blocked = false;
        this.become(busy ? "waiting" : "idle");
        this.tell();
      },
      fail: (fault) => void (here() && this.fail(fault, question)),
    };
  }

  /** The turn is over: what came is whole, and kept. */
  settle() {
    this.turn = null;
    for (const message of this.messages) if (message.state === "streaming") this.finish(message);
    this.become("idle");
    this.save();
  }

  /** @param {Message} message a reply that is whole */
  finish(message) {
    message.state = "done";
    this.touch(message);
    this.ctx.emit("reply", { id: message.id, text: message.text });
    this.save();
  }

  /** @param {unknown} error @param {Message} question */
  fail(error, question) {
    // A fault of another bundle's is of another class.
    const fault = error instanceof Error && "wait" in error ? /** @type {ChatFault} */ (error) : new ChatFault("server", 0, String(error));
    const { code, status, detail, wait } = fault;
    this.ctx.emit("error", { code, status, detail });
    question.state = code === "offline" ? "queued" : "failed";
    this.offline = code === "offline";
    this.touch(question);
    this.add("assistant", "", { error: fault.text, wait: Math.ceil(wait) });
  }

  /** Sends again what could not leave while the network was away. */
  async resend() {
    if (!this.offline || this.status !== "idle") return;
    this.messages = this.messages.filter((message) => message.error !== "offline");
    for (const message of this.messages) if (message.state === "queued") await this.ask(message);
  }

  stop() {
    if (!this.turn) return;
    this.turn.abort();
    this.settle();
  }

  /** Asks again: the given reply's question, else the last one. @param {string} [id] */
  retry(id) {
    if (this.status !== "idle") return;
    let at = id ? this.messages.findIndex((message) => message.id === id) : this.messages.length - 1;
    while (at >= 0 && this.messages[at].role !== "user") at--;
    if (at < 0) return;
    this.messages = this.messages.slice(0, at + 1);
    this.blocked = false;
    this.ask(this.messages[at]);
  }

  restart() {
    this.leave();
    if (!this.ctx.config.history.enabled && this.session) this.store.forget(this.session);
    this.openSession(newId(), true);
    if (this.simulated) this.replay();
  }

  /** @param {string} session @param {boolean} fresh no server can know it */
  openSession(session, fresh) {
    this.session = session;
    this.store.choose(session);
    this.ctx.emit("session", { session });
    this.recall();
    this.unwatch();
    this.unwatch = this.store.watch(session, () => this.reload());
    this.tell();
    const unanswered = this.messages.length ? this.messages[this.messages.length - 1].role === "user" : true;
    if (!fresh && unanswered && !this.simulated && this.ctx.config.connection.load_previous_session) this.askPast(session);
  }

  /** What the server remembers of it. @param {string} session */
  askPast(session) {
    this.ctx.load("past").then(({ recallPast }) => recallPast(this, session), (error) => tell(this.ctx, error));
  }

  /** Another tab went on with this conversation. */
  reload() {
    if (this.status !== "idle") return;
    this.recall();
    this.tell();
  }

  /** What was kept; nobody is told it again. */
  recall() {
    this.messages = this.store.load(this.session).map((message) => ({ ...message, ...(message.state === "streaming" && { state: "done" }), told: true, rev: 0 }));
  }

  /** The script's own beginning, in the preview. */
  async replay() {
    const { session } = this;
    const link = /** @type {any} */ (await this.link());
    if (this.session === session && !this.messages.length) await link.begin?.(this);
  }

  async threads() {
    return this.ctx.config.history.enabled ? this.store.threads() : [];
  }

  /** @param {string} id */
  openThread(id) {
    this.leave();
    this.openSession(id, false);
  }

  /** @param {string} id @param {string} title */
  renameThread(id, title) {
    this.store.rename(id, title.trim().slice(0, 120) || this.title);
  }

  /** @param {string} id */
  deleteThread(id) {
    this.store.forget(id);
    if (id === this.session) this.restart();
  }

  /** Leaves what is under way behind. */
  leave() {
    this.turn?.abort();
    if (this.turn) this.settle();
    this.blocked = false;
    this.hangUp();
    this.status = "idle";
  }

  /** @param {string} id @param {1 | -1 | 0} value */
  rate(id, value) {
    const message = this.messages.find((one) => one.id === id);
    if (!message) return;
    message.feedback = value;
    this.touch(message);
    this.ctx.emit("feedback", { id, value, text: message.text.slice(0, 500) });
    this.save();
  }

  /** @param {string} id @param {string} address of a button that the workflow sent */
  async press(id, address) {
    const message = this.messages.find((one) => one.id === id);
    if (!message || message.pressed) return;
    message.pressed = address;
    this.touch(message);
    this.ctx.emit("action", { link: address });
    try {
      await (await this.link()).press(address);
    } catch (error) {
      message.pressed = "";
      this.fail(error, message);
    }
    this.blocked = false;
    this.touch(message);
  }

  get title() {
    const first = this.messages.find((message) => message.role === "user");
    return (first?.text || first?.files?.[0]?.name || "").slice(0, 60);
  }

  /** @param {Message["role"]} role @param {string} text @param {Record<string, any>} [more] @returns {Message} */
  add(role, text, more) {
    const message = { id: newId(), role, text, time: Date.now(), state: "done", rev: 0, ...more };
    this.messages.push(message);
    this.save();
    this.tell();
    return message;
  }

  /** @param {Message} message */
  touch(message) {
    message.rev++;
    this.tell();
  }

  /** @param {Conversation["status"]} status */
  become(status) {
    if (this.status === status) return;
    this.status = status;
    this.tell();
  }

  save() {
    if (this.status === "streaming" || this.empty) return;
    this.store.save(this.session, this.messages, this.title);
  }

  /** @param {Touches} touches */
  update(touches) {
    if (!touches("scenario") && !touches("connection")) return;
    const played = this.simulated && touches("scenario") && this.session;
    if (this.status === "idle") {
      this.hangUp();
    }
    if (played) this.restart();
  }

  destroy() {
    this.turn?.abort();
    this.hangUp();
    this.watchers.clear();
  }
}

/** @param {any} button @returns {Button} */
function plainButton(button) {
  return { text: String(button?.text ?? ""), link: String(button?.link ?? ""), type: String(button?.type ?? "") };
}
