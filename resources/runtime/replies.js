/** What an n8n answer says: its words, or the refusal it is in truth. */

import { ChatFault } from "./faults.js";

const SILENT = /^Workflow (executed successfully but|was started)/;
const REFUSED = /^(Error in workflow|The requested webhook |Workflow could not be started|Authorization is required)/;

/**
 * The words of an answer's value: the first of output, text and message that is there,
 * else the JSON, indented. "" where it says nothing.
 * @param {any} value
 * @returns {string}
 */
export function replyText(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return value.map(replyText).filter(Boolean).join("\n\n");
  const found = value.output ?? value.text ?? value.message;
  if (found !== undefined && found !== null) {
    if (found?.type === "text" && typeof found.text === "string") return found.text;
    return typeof found === "object" ? asCode(found) : String(found);
  }
  return Object.keys(value).length ? asCode(value) : "";
}

/**
 * The words of a whole body that is no stream.
 * @param {string} body
 * @returns {{text: string, value: any}}
 * @throws {ChatFault} where it is a refusal in the clothes of an answer
 */
export function readBody(body) {
  if (/^<(!doctype|html|head|body|\?xml)\b/i.test(body)) throw new ChatFault("server", 200, "HTML instead of an answer");
  const value = /^[{["]/.test(body) ? parseJson(body) : undefined;
  if (value === undefined) return { text: body, value };
  if (value?.executionStarted) return { text: "", value };
  const plain = value && typeof value === "object" && !Array.isArray(value) && !("output" in value) && !("text" in value);
  const message = plain && typeof value.message === "string" ? value.message : "";
  if (SILENT.test(message)) return { text: "", value };
  if (REFUSED.test(message)) throw new ChatFault(value.code === 404 ? "inactive" : "server", 200, message);
  if (plain && value.error && !message) throw new ChatFault("server", 200, detailOf(value.error));
  return { text: replyText(value), value };
}

/**
 * What a node streamed: words, or words wrapped in JSON by "Respond to Webhook".
 * @param {string} text
 */
export function unwrapped(text) {
  const value = /^\s*[{["]/.test(text) ? parseJson(text) : undefined;
  return value === undefined ? text : replyText(value);
}

/** Words that may be JSON in truth are not shown before they are whole. @param {string} text */
export function isHeld(text) {
  return /^\s*(\{|\[\s*\{)/.test(text);
}

/** @param {string} body @returns {any} undefined where it is no JSON */
export function parseJson(body) {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** A short line for the owner. @param {any} value */
export function detailOf(value) {
  const text = typeof value === "string" ? value : (value?.message ?? JSON.stringify(value) ?? "");
  return String(text).slice(0, 300);
}

/** @param {any} value */
function asCode(value) {
  return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}
