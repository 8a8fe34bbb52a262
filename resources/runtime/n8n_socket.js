/**
 * Talking on with a workflow that waits for the visitor ("Respond to Chat" nodes).
 *
 * The server looks every three seconds, so answers lag; heartbeats go unanswered for a
 * minute at most before it cancels the run.
 */

import { asFault, ChatFault, faultOfStatus } from "./faults.js";
import { isDirect, mayPress } from "./n8n_address.js";
import { detailOf, parseJson, replyText } from "./replies.js";
import { toJson } from "./safely.js";

const MOST = 12e6; // characters of one frame

/** @import {Ctx} from "./types" */
/** @import {Question, Reply} from "./n8n.js" */
/**
 * @typedef {object} Talk
 * @property {boolean} open
 * @property {(reply: Reply, signal: AbortSignal) => Promise<void>} listen until it is the visitor's turn
 * @property {(question: Question, reply: Reply, signal: AbortSignal) => Promise<void>} say
 * @property {() => void} close
 */

/** @param {Ctx} ctx @param {any} body what the waiting workflow answered @param {string} session @returns {Talk} */
export function startTalk(ctx, body, session) {
  const seconds = ctx.config.connection.timeout; // a turn may last
  const socket = new WebSocket(socketAddress(ctx, body, session));
  const opened = new Promise((done) => socket.addEventListener("open", done));
  let said = false;
  /** @type {Reply | null} */
  let reply = null;
  /** @type {((fault?: ChatFault) => void) | null} */
  let turn = null;
  /** @type {(fault?: ChatFault) => void} */
  const endTurn = (fault) => {
    turn?.(fault);
    turn = null;
  };

  socket.addEventListener("message", ({ data }) => {
    const frame = readFrame(data);
    if (frame.type === "heartbeat") socket.send("n8n|heartbeat-ack");
    else if (frame.type === "continue") reply?.busy(true);
    else if (frame.type === "error") {
      const fault = new ChatFault("server", 200, detailOf(frame.text));
      if (turn) endTurn(fault);
      else reply?.fail(fault);
    } else if (frame.text || frame.buttons) {
      said = true;
      if (frame.buttons) reply?.ask(frame.text, frame.buttons, Boolean(frame.blocks));
      else reply?.say(frame.text);
      reply?.busy(false);
      endTurn();
    }
  });
  socket.addEventListener("close", () => {
    talk.open = false;
    reply?.busy(false, true);
    endTurn(said ? undefined : new ChatFault("socket", 0, "the socket closed without a word"));
  });

  /** @type {Talk} */
  const talk = {
    open: true,
    listen(next, signal) {
      reply = next;
      return new Promise((done, fail) => {
        const timer = setTimeout(() => {
          endTurn(new ChatFault("timeout", 0, `no word for ${seconds} s`));
          if (!socket.readyState) talk.close();
        }, seconds * 1000);
        turn = (fault) => {
          clearTimeout(timer);
          if (fault) fail(fault);
          else done();
        };
        signal.addEventListener("abort", () => socket.close());
      });
    },
    async say(question, next, signal) {
      const { session: sessionId, text: chatInput } = question;
      const files = await Promise.all(question.files.map(asData));
      await opened;
      socket.send(toJson({ sessionId, action: "sendMessage", chatInput, ...(files.length && { files }) }));
      return talk.listen(next, signal);
    },
    close() {
      talk.open = false;
      socket.close();
    },
  };
  return talk;
}

/** Follow the link of a button that the workflow sent. @param {Ctx} ctx @param {string} link @throws {ChatFault} */
export async function press(ctx, link) {
  if (!mayPress(ctx, link)) throw new ChatFault("denied", 0, "a button's link on a foreign origin");
  // Our server takes a POST, which tells it the page's origin, and asks by GET itself.
  const method = isDirect(ctx) ? "GET" : "POST";
  const answer = await fetch(link, { method, credentials: "omit", signal: ctx.signal }).catch((error) => {
    throw asFault(error);
  });
  if (!answer.ok) throw faultOfStatus(answer.status, "", null);
}

/** Where a workflow that waits for the visitor can be talked to. @param {Ctx} ctx @param {any} body @param {string} session */
function socketAddress(ctx, body, session) {
  const base = isDirect(ctx) ? ctx.config.connection.webhook_url.replace(/\/webhook(-test)?\/.*$/, "/chat") : body.socket;
  if (typeof base !== "string") throw new ChatFault("socket", 200, "the server names no socket");
  const url = new URL(base, ctx.url(""));
  url.protocol = url.protocol.replace(/^http/, "ws");
  const wanted = { sessionId: session, executionId: body.executionId, isPublic: "true", token: body.resumeToken };
  for (const [name, value] of Object.entries(wanted)) if (value) url.searchParams.set(name, String(value));
  return url.href;
}

/** @param {any} data @returns {{type: string, text: string, buttons?: any[], blocks?: boolean}} */
function readFrame(data) {
  if (typeof data !== "string" || data.length > MOST) return { type: "", text: "" };
  if (data.startsWith("n8n|")) return { type: data.slice(4), text: "" };
  const value = /^\s*\{/.test(data) ? parseJson(data) : undefined;
  if (!value) return { type: "message", text: data };
  if (value.type === "with-buttons" && Array.isArray(value.buttons))
    return { type: "message", text: replyText(value.text), buttons: value.buttons, blocks: value.blockUserInput };
  const named = typeof value.type === "string";
  const { type, ...rest } = value;
  return { type: named ? type : "message", text: replyText(named ? (value.content ?? rest) : value) };
}

/** @param {File} file @returns {Promise<{name: string, type: string, data: string}>} */
function asData(file) {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done({ name: file.name, type: file.type, data: String(reader.result) });
    reader.onerror = () => fail(new ChatFault("network", 0, `cannot read ${file.name}`));
    reader.readAsDataURL(file);
  });
}
