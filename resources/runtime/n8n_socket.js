/**
 * Talking on with a workflow that waits for the visitor ("Respond to Chat" nodes).
 *
 * The server looks every three seconds, so answers lag; heartbeats go unanswered for a
 * minute at most before it cancels the run.
 */

import { ChatFault } from "./faults.js";
import { detailOf, parseJson, replyText } from "./replies.js";
import { toJson } from "./safely.js";

const MOST = 12e6; // characters of one frame

/** @import {Question, Reply} from "./n8n.js" */
/**
 * @typedef {object} Talk
 * @property {boolean} open
 * @property {(reply: Reply, signal: AbortSignal) => Promise<void>} listen until it is the visitor's turn
 * @property {(question: Question, reply: Reply, signal: AbortSignal) => Promise<void>} say
 * @property {() => void} close
 */

/** @param {string} address @param {number} seconds how long a turn may last @returns {Talk} */
export function startTalk(address, seconds) {
  const socket = new WebSocket(address);
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
