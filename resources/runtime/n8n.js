/**
 * Talking to an n8n Chat Trigger, through the widget's own server or straight.
 *
 * Facts: the Chat Trigger's source and exchanges recorded with n8n 2.39.
 */

import { ChatFault, asFault } from "./faults.js";
import { isDirect } from "./n8n_address.js";
import { pageToken, takeToken } from "./own_page.js";
import { isHeld, readBody, unwrapped } from "./replies.js";
import { toJson } from "./safely.js";

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
const SOON = 100; // ms; an answer that is whole by then needs no reader of streams

/** @param {Ctx} ctx @returns {Transport} */
export function createN8n(ctx) {
  /** @type {import("./n8n_socket.js").Talk | null} */
  let talk = null;
  if (ctx.config.connection.streaming) ctx.load("n8n_stream").catch(() => {});
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
    return await readAnswer(ctx, response, reply, watch);
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

/**
 * An answer that came in one piece is read here; one that goes on, or may be a stream, by `n8n_stream`.
 * @param {Ctx} ctx @param {Response} response @param {Reply} reply @param {Watch} watch
 */
async function readAnswer(ctx, response, reply, watch) {
  const kind = response.headers.get("Content-Type") ?? "";
  if (/^(image|audio|video|font)\/|\/(pdf|zip)/.test(kind)) throw new ChatFault("server", response.status, `${kind} instead of an answer`);
  const parts = partsOf(response);
  const first = await parts.next();
  const next = parts.next();
  next.catch(() => {}); // whoever reads on hears of it
  const last = await Promise.race([next, new Promise((done) => setTimeout(done, ctx.config.connection.streaming ? 0 : SOON))]);
  const body = new TextDecoder().decode(first.value);
  const known = [first, next];
  const { value, said } =
    last?.done && !body.includes('"type"') ? sayWhole(body.trim(), reply) : await (await ctx.load("n8n_stream")).readStream(() => known.shift() ?? parts.next(), reply, watch);
  if (!value?.executionStarted && !said) throw new ChatFault("empty", response.status, "the answer says nothing");
  return value;
}

/** @param {string} body @param {Reply} reply */
function sayWhole(body, reply) {
  const { text, value } = readBody(body);
  const words = isHeld(text) ? unwrapped(text) : text;
  reply.set("", words);
  return { value, said: words.trim() };
}

/** @param {Response} response @returns {AsyncGenerator<Uint8Array>} @throws {ChatFault} where there is no end to it */
async function* partsOf(response) {
  let size = 0;
  const body = response.body?.getReader();
  // A page's own fetch may give none.
  if (!body) yield new Uint8Array(await response.arrayBuffer());
  for (let part = await body?.read(); part && !part.done; part = await body?.read()) {
    size += part.value.length;
    if (size > MOST_BYTES) throw new ChatFault("server", response.status, `an answer of more than ${MOST_BYTES / 1e6} MB`);
    yield part.value;
  }
}

/** @param {Response} response */
async function textOf(response) {
  const parts = partsOf(response);
  /** @type {any[]} */
  const all = [];
  for (let part = await parts.next(); !part.done; part = await parts.next()) all.push(part.value);
  return new Blob(all).text();
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
