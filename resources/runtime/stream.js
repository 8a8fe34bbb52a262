/**
 * An answer read as it comes: bytes cut anywhere become lines, lines become facts.
 *
 * What kind of answer it is shows in the answer itself, whatever the settings say: a
 * line that is one of n8n's stream events makes it a stream, anything else that starts
 * like JSON or HTML is held back until it is whole, and the rest is text.
 */

/** @typedef {{type: string, content?: any, metadata?: {nodeId?: string, runIndex?: number}}} StreamEvent */
/**
 * @typedef {object} AnswerSink
 * @property {(event: StreamEvent) => void} event a line of a stream
 * @property {(text: string) => void} text words that are no stream
 */

const EVENTS = new Set(["begin", "item", "end", "error", "keepalive"]);

/**
 * @param {AnswerSink} sink
 * @returns {{push(bytes: Uint8Array): boolean, end(): string}} `push` answers whether more of a
 *     plain body came; `end` a body that was held back, being neither stream nor text
 */
export function createAnswerReader(sink) {
  const decoder = new TextDecoder();
  /** @type {string[]} pieces of a line that is not whole yet */
  let partial = [];
  let held = "";
  /** @type {"" | "held" | "text" | "stream"} */
  let mode = "";

  /** @param {string} line @param {string} [mark] its end */
  const take = (line, mark = "\n") => {
    const event = streamEvent(line);
    if (event) {
      if (held.trim()) sink.text(held);
      held = "";
      mode = "stream";
      sink.event(event);
    } else if (mode === "stream") {
      if (line.trim() && !looksCoded(line)) sink.text(line + mark);
    } else {
      mode ||= !line.trim() ? "" : looksCoded(line) ? "held" : "text";
      if (mode === "text") sink.text(line + mark);
      else held += line + mark;
    }
  };

  /** @param {string} text */
  const feed = (text) => {
    const lines = text.split("\n");
    partial.push(lines[0]);
    if (lines.length < 2) return;
    lines[0] = partial.join("");
    partial = [lines.pop() ?? ""];
    for (const line of lines) take(line);
  };

  return {
    push(bytes) {
      const text = decoder.decode(bytes, { stream: true });
      feed(text);
      return mode !== "stream" && /\S/.test(text);
    },
    end() {
      feed(decoder.decode());
      const last = partial.join("");
      if (last) take(last, "");
      return held.trim();
    },
  };
}

/** @param {string} line @returns {StreamEvent | null} */
function streamEvent(line) {
  if (!line.includes('"type"')) return null;
  try {
    const event = JSON.parse(line);
    return event && EVENTS.has(event.type) && ("metadata" in event || "content" in event || event.type === "keepalive") ? event : null;
  } catch {
    return null;
  }
}

/** @param {string} line */
function looksCoded(line) {
  return /^\s*(?:[{["]|<(?:!doctype|html|head|body|title|\?xml)\b|<!--)/i.test(line);
}
