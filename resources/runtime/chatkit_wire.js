/** ChatKit's protocol on its way: one address, answered with JSON or with a stream of events. */

import { ChatFault, faultOfStatus } from "./faults.js";
import { ownServer } from "./chatkit_server.js";

/** @import {Ctx} from "./types" */
/** @typedef {{type: string, [more: string]: any}} ProtocolEvent */
/** @typedef {ReturnType<typeof createWire>} Wire */

const MOST_LINE = 12_000_000; // characters of one event: more is no answer for a chat
const QUIET = 90_000; // ms without a byte until a stream counts as lost

/** @param {Ctx} ctx */
export function createWire(ctx) {
  const { connection } = ctx.config;
  const ours = connection.kind === "ours";
  const { url, fetch: ask } = ours ? ownServer(ctx) : { url: connection.url, fetch: window.fetch.bind(window) };

  /** @param {string} type @param {any} params @param {AbortSignal} signal @param {string} accept */
  async function post(type, params, signal, accept) {
    if (!url) throw new ChatFault("inactive", 0, "no address");
    if (navigator.onLine === false) throw new ChatFault("offline");
    const headers = { "Content-Type": "application/json", Accept: accept };
    // Who stops an answer may leave the page with the same breath.
    const keepalive = type === "threads.stop";
    return send(url, { method: "POST", headers, body: JSON.stringify({ type, params, metadata: {} }), signal: keepalive ? null : signal, keepalive });
  }

  /** @param {string} address @param {RequestInit} init */
  async function send(address, init) {
    /** @type {Response} */
    let response;
    try {
      response = await ask(address, init);
    } catch (error) {
      throw init.signal?.aborted ? error : new ChatFault("network", 0, String(error));
    }
    if (response.ok) return response;
    const said = await response.json().catch(() => ({}));
    const detail = said?.error?.message ?? said?.error ?? said?.detail ?? response.statusText;
    const fault = faultOfStatus(response.status, String(detail).slice(0, 300), response.headers.get("Retry-After"));
    throw Object.assign(fault, { reason: said?.error?.code });
  }

  return {
    /** Whether the server is one of ours, which knows `threads.join` and `threads.stop`. */
    ours,

    /** A request that is answered with JSON. @param {string} type @param {any} params @param {AbortSignal} [signal] @returns {Promise<any>} */
    async ask(type, params, signal = ctx.signal) {
      const response = await post(type, params, signal, "application/json");
      const said = await response.text();
      try {
        return said ? JSON.parse(said) : {};
      } catch {
        throw new ChatFault("server", response.status, "no JSON: " + said.slice(0, 200));
      }
    },

    /**
     * A request that is answered with events, each as soon as it is there.
     * @param {string} type @param {any} params @param {AbortSignal} signal @param {(event: ProtocolEvent) => void} take
     */
    async stream(type, params, signal, take) {
      const response = await post(type, params, signal, "text/event-stream");
      if (!/^text\/event-stream/i.test(response.headers.get("Content-Type") ?? "")) throw new ChatFault("server", response.status, "no event stream");
      const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
      const push = readEvents(take);
      try {
        for (;;) {
          const { done, value } = await inTime(reader.read(), QUIET);
          if (done) return;
          push(value);
        }
      } catch (error) {
        if (signal.aborted || (error instanceof Error && "wait" in error)) throw error;
        throw new ChatFault("network", 0, String(error));
      } finally {
        reader.cancel().catch(() => {});
      }
    },

    /** Bring a file there; the answer is the attachment. @param {File} file @param {AbortSignal} signal @returns {Promise<any>} */
    async upload(file, signal) {
      if (connection.upload_url) {
        const form = new FormData();
        form.append("file", file, file.name);
        return (await send(connection.upload_url, { method: "POST", body: form, signal })).json();
      }
      const mime_type = file.type.replace(/;.*/, "") || "application/octet-stream";
      const attachment = await this.ask("attachments.create", { name: file.name, size: file.size, mime_type }, signal);
      const to = attachment.upload_descriptor;
      if (to) {
        const stored = await fetch(to.url, { method: to.method, headers: to.headers ?? {}, body: file, signal }).catch((error) => {
          throw new ChatFault("network", 0, String(error));
        });
        if (!stored.ok) throw faultOfStatus(stored.status, `upload of ${file.name}`, null);
      }
      return attachment;
    },
  };
}

/**
 * Server-sent events from bytes cut anywhere: `data:` lines up to a blank one are an event.
 * What is no JSON object with a type is passed over.
 * @param {(event: ProtocolEvent) => void} take
 * @returns {(bytes: Uint8Array) => void}
 */
export function readEvents(take) {
  const decoder = new TextDecoder();
  /** @type {string[]} */
  let data = [];
  /** @type {string[]} pieces of a line that is not whole yet */
  let partial = [];
  let size = 0;

  /** @param {string} line */
  const one = (line) => {
    if (line.startsWith("data:")) data.push(line.slice(line[5] === " " ? 6 : 5));
    if (line || !data.length) return;
    const event = parsed(data.join("\n"));
    data = [];
    size = 0;
    if (event && typeof event.type === "string") take(event);
  };

  return (bytes) => {
    const text = decoder.decode(bytes, { stream: true });
    size += text.length;
    if (size > MOST_LINE) throw new ChatFault("server", 200, "an event without end");
    const lines = text.split("\n");
    partial.push(lines[0]);
    if (lines.length < 2) return;
    lines[0] = partial.join("");
    partial = [lines.pop() ?? ""];
    for (const line of lines) one(line.replace(/\r$/, ""));
  };
}

/** @param {string} text @returns {any} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @template T @param {Promise<T>} work @param {number} time @returns {Promise<T>} */
function inTime(work, time) {
  /** @type {number | undefined} */
  let timer;
  const late = new Promise((_, refuse) => (timer = setTimeout(refuse, time, new ChatFault("timeout"))));
  return /** @type {Promise<T>} */ (Promise.race([work, late])).finally(() => clearTimeout(timer));
}
