/** What n8n's memory says was talked about before. */

import { asFault, ChatFault } from "./faults.js";
import { parseJson } from "./replies.js";

/** @import {Ctx} from "./types" */
/** @typedef {{role: "user" | "assistant", text: string}} Past */

/**
 * Earlier messages of a session.
 * @param {Ctx} ctx @param {string} session @param {AbortSignal} signal
 * @param {any} n8n its `createWatch`, `request` and `textOf`
 * @returns {Promise<Past[]>}
 * @throws {ChatFault} with the code "history"
 */
export async function loadHistory(ctx, session, signal, { createWatch, request, textOf }) {
  const { connection } = ctx.config;
  const watch = createWatch(connection.timeout, signal);
  try {
    const response = await request(ctx, { action: "loadPreviousSession", [connection.chat_session_key]: session }, [], watch.signal);
    return pastOf(parseJson(await textOf(response)));
  } catch (error) {
    const { status, detail } = asFault(error);
    throw new ChatFault("history", status, detail);
  } finally {
    watch.stop();
  }
}

/** Only what people and the assistant said. @param {any} body @returns {Past[]} */
function pastOf(body) {
  return (Array.isArray(body?.data) ? body.data : []).flatMap(historyItem);
}

/** @param {any} item @returns {Past[]} */
function historyItem(item) {
  const kind = Array.isArray(item?.id) ? item.id[item.id.length - 1] : "";
  const content = item?.kwargs?.content;
  const text = Array.isArray(content)
    ? content.map((part) => (typeof part === "string" ? part : part?.type === "text" ? String(part.text ?? "") : "")).join("")
    : typeof content === "string" ? content : "";
  if (!text.trim() || (kind !== "HumanMessage" && kind !== "AIMessage")) return [];
  return [{ role: kind === "HumanMessage" ? "user" : "assistant", text }];
}
