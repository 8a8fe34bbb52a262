/**
 * A failure with two faces: a sentence for the visitor, the facts for the owner.
 *
 * `code` is one of network, offline, timeout, busy, server, inactive, denied, empty,
 * socket, history; `text` names the sentence.
 */
export class ChatFault extends Error {
  /** @param {string} code @param {number} [status] @param {string} [detail] @param {number} [wait] seconds until it makes sense to ask again */
  constructor(code, status = 0, detail = "", wait = 0) {
    super(detail || code);
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.wait = wait;
  }

  /** The visitor's sentence, as a key of the texts. */
  get text() {
    if (this.code === "offline") return "offline";
    return this.code === "socket" || this.code === "history" ? "error_network" : `error_${this.code}`;
  }
}

/**
 * The fault behind a refusing status.
 * @param {number} status
 * @param {string} detail
 * @param {string | null} after the Retry-After header
 */
export function faultOfStatus(status, detail, after) {
  const seconds = Number(after);
  const wait = !after ? 0 : Number.isFinite(seconds) ? seconds : Math.max(0, (Date.parse(after) - Date.now()) / 1000 || 0);
  if (status === 429 || status === 503) return new ChatFault("busy", status, detail, wait);
  if ([408, 504, 522, 524].includes(status)) return new ChatFault("timeout", status, detail);
  if ([401, 403, 407, 428, 451].includes(status)) return new ChatFault("denied", status, detail);
  if (status === 404 || status === 405 || status === 410) return new ChatFault("inactive", status, detail);
  return new ChatFault("server", status, detail);
}

/** What was thrown as a fault: where it is none of ours, the network's. @param {unknown} error @returns {ChatFault} */
export function asFault(error) {
  // Another bundle's is of another class.
  return error instanceof Error && "wait" in error ? /** @type {ChatFault} */ (error) : new ChatFault(navigator.onLine ? "network" : "offline", 0, String(error));
}
