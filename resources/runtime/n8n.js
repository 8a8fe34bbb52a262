/**
 * Talking to an n8n Chat Trigger, through the widget's own server or straight.
 *
 * Facts: the Chat Trigger's source and exchanges recorded with n8n 2.39.
 */

import { ChatFault, asFault } from "./faults.js";
import { isDirect } from "./n8n_address.js";
import { pageToken, takeToken } from "./own_page.js";
import { detailOf, parseJson, readBody, replyText, unwrapped } from "./replies.js";
import { toJson } from "./safely.js";
import { createAnswerReader } from "./stream.js";

/** @import {Ctx} from "./types" */
/**
 * @typedef {object} Question
 * @property {string} session
 * @property {string} text
 * @property {File[]} files
 * @property {string} [tool]
 * @property {string} [model]
 */
/**
 * What a transport tells while an answer comes; `bubble` is any name, one a bubble.
 * @typedef {object} Reply
 * @property {(part: number) => void} [sent] how much of the question's files is out, 0 to 1
 * @property {(bubble: string, text: string) => void} set the bubble's whole text so far
 * @property {(text: string) => void} say a bubble of its own, at any time
 * @property {(text: string, buttons: Button[], blocks: boolean) => void} ask
 * @property {(busy: boolean, over?: boolean) => void} busy the other side works, or waits for the visitor, or is gone
 * @property {(fault: ChatFault) => void} fail after `send` is through
 */
/** @typedef {{text: string, link: string, type?: string}} Button */
/**
 * @typedef {object} Transport
 * @property {(question: Question, reply: Reply, signal: AbortSignal) => Promise<void>} send
 * @property {(session: string, signal: AbortSignal) => Promise<{role: "user" | "assistant", text: string}[]>} history
 * @property {(link: string) => Promise<void>} press
 * @property {() => void} hangUp
 */

const MOST_BYTES = 12e6;
const MOST_BUBBLES = 90; // of one answer; what comes after goes into one

/** @param {Ctx} ctx @returns {Transport} */
export function createN8n(ctx) {
  /** @type {import("./n8n_socket.js").Talk | null} */
  let talk = null;
  return {
    async send(question, reply, signal) {
      if (talk?.open) return talk.say(question, reply, signal);
      const body = await ask(ctx, question, reply, signal);
      if (!body?.executionStarted) return;
      const { startTalk } = await ctx.load("n8n_socket");
      talk = startTalk(ctx, body, question.session);
      return talk?.listen(reply, signal);
    },
    async history(session, signal) {
      const { loadHistory } = await ctx.load("n8n_past");
      return loadHistory(ctx, session, signal, { createWatch, request, textOf });
    },
    press: async (link) => (await ctx.load("n8n_socket")).press(ctx, link),
    hangUp: () => talk?.close(),
  };
}

/**
 * Asks, and hands on whatever comes back while it comes.
 * @param {Ctx} ctx
 * @param {Question} question
 * @param {Reply} reply
 * @param {AbortSignal} signal
 * @returns {Promise<any>} the body's value where it was plain JSON
 * @throws {ChatFault}
 */
async function ask(ctx, question, reply, signal) {
  const { connection } = ctx.config;
  const extra = { ...connection.metadata, ...(question.tool && { tool: question.tool }), ...(question.model && { model: question.model }) };
  /** @type {Record<string, unknown>} */
  const fields = { action: "sendMessage", [connection.chat_session_key]: question.session, [connection.chat_input_key]: question.text };
  if (Object.keys(extra).length) fields.metadata = extra;
  const watch = createWatch(connection.timeout, signal);
  try {
    const response = await request(ctx, fields, question.files, watch.signal, (part) => {
      watch.again();
      reply.sent?.(part);
    });
    return await readAnswer(response, reply, watch);
  } catch (error) {
    throw watch.late ? new ChatFault("timeout", 0, `nothing new for ${connection.timeout} s`) : asFault(error);
  } finally {
    watch.stop();
  }
}

/**
 * @param {Ctx} ctx
 * @param {Record<string, unknown>} fields
 * @param {File[]} files
 * @param {AbortSignal} signal
 * @param {(part: number) => void} [told] how much of it is out
 * @returns {Promise<Response>} one that is no refusal
 */
async function request(ctx, fields, files, signal, told) {
  const { connection, key } = ctx.config;
  const direct = isDirect(ctx);
  const address = direct ? connection.webhook_url : ctx.url(`api/chat-relay/${key}`);
  /** @type {Record<string, string>} */
  const headers = { ...(direct && connection.headers), ...(connection.streaming && { Accept: "text/plain" }) };
  if (!direct && pageToken(ctx)) headers["X-Vitrine-Token"] = pageToken(ctx);
  /** @type {RequestInit} */
  const init = { method: "POST", headers, signal, credentials: "omit", referrerPolicy: "strict-origin-when-cross-origin" };
  const get = direct && connection.method === "GET" && !files.length;
  const forms = get || files.length ? await ctx.load("n8n_forms") : null;
  if (get) init.method = "GET";
  else if (forms) init.body = forms.formOf(fields, files);
  else {
    headers["Content-Type"] = "application/json";
    init.body = toJson(fields);
  }
  const uploading = files.length ? await ctx.load("upload").catch(() => null) : null;
  const response = await (uploading ? uploading.upload(address, init, told) : fetch(get ? forms.withQuery(address, fields) : address, init));
  if (!direct) takeToken(ctx, response);
  if (response.ok) return response;
  const body = await textOf(response).catch(() => "");
  const late = await ctx.load("n8n_refusals").catch(() => null);
  throw late ? await late.faultBehind(ctx, response, body) : new ChatFault("server", response.status, body.slice(0, 300));
}

/** @param {Response} response @param {Reply} reply @param {Watch} watch */
async function readAnswer(response, reply, watch) {
  const stream = joinStream(reply);
  const reader = createAnswerReader({ event: (event) => stream.take(event) && watch.again(), text: stream.text });
  const kind = response.headers.get("Content-Type") ?? "";
  if (/^(image|audio|video|font)\/|\/(pdf|zip)/.test(kind)) throw new ChatFault("server", response.status, `${kind} instead of an answer`);
  await readBytes(response, (bytes) => reader.push(bytes) && watch.again());
  const { text, value } = readBody(reader.end());
  stream.finish(text);
  if (!value?.executionStarted && !stream.said) throw new ChatFault("empty", response.status, "the answer says nothing");
  return value;
}

/** @param {Response} response @param {(bytes: Uint8Array) => void} take @throws {ChatFault} where there is no end to it */
async function readBytes(response, take) {
  let size = 0;
  const body = response.body?.getReader();
  // A page's own fetch may give none.
  if (!body) take(new Uint8Array(await response.arrayBuffer()));
  for (let part = await body?.read(); part && !part.done; part = await body?.read()) {
    size += part.value.length;
    if (size > MOST_BYTES) throw new ChatFault("server", response.status, `an answer of more than ${MOST_BYTES / 1e6} MB`);
    take(part.value);
  }
}

/** @param {Response} response */
async function textOf(response) {
  const decoder = new TextDecoder();
  let text = "";
  await readBytes(response, (bytes) => void (text += decoder.decode(bytes, { stream: true })));
  return text + decoder.decode();
}

/**
 * Puts a stream's items together: one bubble for each node and run.
 * @param {Reply} reply
 */
function joinStream(reply) {
  /** @typedef {{text: string, gap: boolean, held?: boolean}} Bubble */
  /** @type {Map<string, Bubble>} */
  const bubbles = new Map();
  /** @type {ChatFault | null} */
  let fault = null;
  let open = 0;
  const stream = {
    said: false,

    /** @param {import("./stream.js").StreamEvent} event @returns {boolean} whether it brought something */
    take({ type, content, metadata }) {
      if (type === "keepalive") return false;
      const own = `${metadata?.nodeId ?? ""}/${metadata?.runIndex ?? 0}`;
      const name = bubbles.size < MOST_BUBBLES || bubbles.has(own) ? own : "";
      /** @type {Bubble} */
      const bubble = bubbles.get(name) ?? { text: "", gap: false };
      if (type === "begin") {
        // A tool call ends a node's stream and begins it again under the same name.
        bubble.gap = /\S$/.test(bubble.text);
        open++;
      } else if (type === "end") open--;
      else if (type === "error") {
        fault = new ChatFault("server", 200, detailOf(content ?? "error in the stream"));
        open = 0;
      } else {
        bubbles.set(name, bubble);
        add(name, bubble, replyText(content));
      }
      return true;
    },

    /** @param {string} words */
    text(words) {
      /** @type {Bubble} */
      const bubble = bubbles.get("") ?? { text: "", gap: false };
      bubbles.set("", bubble);
      add("", bubble, words);
    },

    /** @param {string} body what was no stream */
    finish(body) {
      if (body.trim()) stream.text(body);
      for (const [name, bubble] of bubbles) if (isHeld(bubble.text)) reply.set(name, unwrapped(bubble.text));
      stream.said = [...bubbles.values()].some(({ text }) => unwrapped(text).trim());
      if (fault) throw fault;
      if (open > 0) throw new ChatFault("network", 200, "the stream broke off");
    },
  };

  /** @param {string} name @param {Bubble} bubble @param {string} words */
  function add(name, bubble, words) {
    if (!words) return;
    const more = (bubble.gap ? "\n\n" : "") + words;
    bubble.gap = false;
    bubble.text += more;
    // Looked at while it is short: a long text would be copied for every look.
    if (bubble.held === undefined || bubble.text.length < 100) bubble.held = isHeld(bubble.text);
    if (!bubble.held) reply.set(name, bubble.text);
  }

  return stream;
}

/** Words that may be JSON in truth are not shown before they are whole. @param {string} text */
function isHeld(text) {
  return /^\s*(\{|\[\s*\{)/.test(text);
}

/** @typedef {{signal: AbortSignal, late: boolean, again(): void, stop(): void}} Watch */

/**
 * Gives up when nothing comes for `seconds`; a sign of life alone does not count.
 * @param {number} seconds
 * @param {AbortSignal} outer
 * @returns {Watch}
 */
function createWatch(seconds, outer) {
  const inner = new AbortController();
  const abort = () => inner.abort();
  let timer = 0;
  const watch = {
    signal: inner.signal,
    late: false,
    again() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        watch.late = true;
        abort();
      }, seconds * 1000);
    },
    stop() {
      clearTimeout(timer);
      outer.removeEventListener("abort", abort);
      abort();
    },
  };
  outer.addEventListener("abort", abort);
  if (outer.aborted) abort();
  watch.again();
  return watch;
}
