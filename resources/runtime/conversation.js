/** Conversation: a first stand-in until the real one lands. */

/** @import {Conversation, Ctx, Message} from "./types" */

/** @param {Ctx} ctx @returns {Conversation} */
export function createConversation(ctx) {
  /** @type {Message[]} */
  let messages = [];
  /** @type {Set<() => void>} */
  const watchers = new Set();
  const tell = () => watchers.forEach((fn) => fn());
  return {
    get messages() {
      return messages;
    },
    status: "idle",
    get empty() {
      return !messages.length;
    },
    start() {},
    send(text) {
      messages = [...messages, { id: String(messages.length), role: "user", text }];
      ctx.emit("message", { text });
      tell();
    },
    stop() {},
    retry() {},
    restart() {
      messages = [];
      tell();
    },
    threads: async () => [],
    openThread() {},
    renameThread() {},
    deleteThread() {},
    transcript: () => messages.map((message) => message.text).join("\n"),
    subscribe: (fn) => (watchers.add(fn), () => void watchers.delete(fn)),
    update() {},
    destroy() {},
  };
}
