/**
 * What a widget keeps in this browser: its conversations, each under its own name.
 *
 * Where storage is full or forbidden everything goes on in memory.
 */

import { toJson } from "./safely.js";

/** @import {Ctx, Message, Thread} from "./types" */

const MOST_THREADS = 30;
const MOST_MESSAGES = 200;
const MOST_CHARACTERS = 400_000;
const MOST_OF_ONE = 250_000;
const MOST_KEPT = 1_500_000; // characters of all conversations: the page around needs room too
const PREFIX = "vitrine:";

/** @typedef {ReturnType<typeof createStorage>} Store */

/** @param {Ctx} ctx */
export function createStorage(ctx) {
  const base = PREFIX + ctx.config.key;
  /** @type {Map<string, any>} */
  const memory = new Map();
  const lasting = () => ctx.config.behavior.persist && ctx.host.kind !== "preview";

  /** @param {string} name @returns {any} */
  function read(name) {
    if (memory.has(name) || !lasting()) return memory.get(name);
    try {
      return JSON.parse(localStorage.getItem(base + name) ?? "null") ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** @param {string} name @param {any} value undefined forgets it */
  function write(name, value) {
    memory.set(name, value);
    if (!lasting()) return;
    try {
      if (value === undefined) localStorage.removeItem(base + name);
      else localStorage.setItem(base + name, toJson(value));
      memory.delete(name);
    } catch {
      // Full or forbidden: memory has it.
    }
  }

  /** @returns {Thread[]} newest first */
  function threads() {
    const list = read("");
    return Array.isArray(list) ? list.filter((one) => one && typeof one.id === "string" && typeof one.title === "string" && isTime(one.updated)) : [];
  }

  /** @param {(Thread & {size?: number})[]} list newest first, whatever the clock said */
  function keep(list) {
    let room = MOST_KEPT;
    const kept = list.filter(({ id, size = 0 }, at) => {
      const fits = !at || (at < MOST_THREADS && (room -= size) > 0);
      if (!fits) write(`:${id}`, undefined);
      return fits;
    });
    write("", kept);
  }

  return {
    threads,

    /** @returns {string} the session last talked in, or "" */
    current() {
      const id = read(":current");
      return typeof id === "string" ? id : "";
    },

    /** @param {string} id */
    choose(id) {
      write(":current", id);
    },

    /** @param {string} id @returns {Message[]} */
    load(id) {
      const list = read(`:${id}`);
      return Array.isArray(list) ? list.filter(isMessage) : [];
    },

    /** @param {string} id @param {readonly Message[]} messages @param {string} title */
    save(id, messages, title) {
      let room = MOST_CHARACTERS;
      const recent = messages.slice(-MOST_MESSAGES).map(plainMessage).reverse().filter((one) => (room -= one.text.length) > 0).reverse();
      write(`:${id}`, recent);
      const known = threads().find((one) => one.id === id);
      const others = threads().filter((one) => one.id !== id);
      const kept = ctx.config.history.enabled ? others : [];
      for (const one of others) if (!kept.length) write(`:${one.id}`, undefined);
      keep([{ id, title: known?.title || title, updated: Date.now(), size: MOST_CHARACTERS - room }, ...kept]);
    },

    /** @param {string} id @param {string} title */
    rename(id, title) {
      keep(threads().map((one) => (one.id === id ? { ...one, title } : one)));
    },

    /** @param {string} id */
    forget(id) {
      write(`:${id}`, undefined);
      keep(threads().filter((one) => one.id !== id));
    },

    /** Another tab wrote this session. @param {string} id @param {() => void} fn */
    watch(id, fn) {
      const listen = (/** @type {StorageEvent} */ event) => event.key === `${base}:${id}` && fn();
      addEventListener("storage", listen, { signal: ctx.signal });
      return () => removeEventListener("storage", listen);
    },
  };
}

/** @param {Message} message */
function plainMessage({ files, blobs, sent, text, ...rest }) {
  return { ...rest, text: text.slice(0, MOST_OF_ONE), ...(files && { files: files.map(plainFile) }) };
}

/** What another version, or somebody else, may have left here is passed over. @param {any} one */
function isMessage(one) {
  return one && [one.id, one.text, one.error ?? ""].every((text) => typeof text === "string") && /^(user|assistant)$/.test(one.role) && isTime(one.time)
    && [one.files ?? [], one.buttons ?? []].every((list) => Array.isArray(list) && list.every(Boolean));
}

/** @param {any} time */
function isTime(time) {
  return Math.abs(time) < 8.64e15;
}

/** @param {{name: string, size: number, type: string}} file */
function plainFile({ name, size, type }) {
  return { name, size, type };
}

/** A random UUID, also where the page is no secure context. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
