/** An answer that streams: told while it comes, one bubble for each node and run. */

import { ChatFault } from "./faults.js";
import { detailOf, isHeld, readBody, replyText, unwrapped } from "./replies.js";
import { createAnswerReader } from "./stream.js";

/** @import {Reply, Watch} from "./n8n.js" */

const MOST_BUBBLES = 90; // of one answer; what comes after goes into one

/**
 * @param {() => Promise<IteratorResult<Uint8Array>>} more the answer's next part
 * @param {Reply} reply @param {Watch} watch
 * @returns {Promise<{value: any, said: boolean}>} the value of what was plain JSON after all, and whether there were words
 * @throws {ChatFault}
 */
export async function readStream(more, reply, watch) {
  const stream = joinStream(reply);
  const reader = createAnswerReader({ event: (event) => stream.take(event) && watch.again(), text: stream.text });
  for (let part = await more(); !part.done; part = await more()) if (reader.push(part.value)) watch.again();
  const { text, value } = readBody(reader.end());
  stream.finish(text);
  return { value, said: stream.said };
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
