/** Client secrets for ChatKit: asked of our own host, and again before they expire. */

import { keptVisitor, loadAgain, pageToken, takeToken, vouchedFor } from "./own_page.js";

/** @import {Ctx} from "./types" */

const EARLY = 45_000; // ms before expiry that the next secret is fetched
const AT_LEAST = 10_000; // ms a secret has to last to be worth handing out
const ANSWER_WITHIN = 20_000; // ms

/** @param {Ctx} ctx */
export function createSession(ctx) {
  /** @type {{secret: string, until: number} | null} */
  let current = null;
  /** @type {Promise<string> | null} */
  let minting = null;
  /** @type {number | undefined} */
  let timer;

  const kept = keptVisitor(ctx);
  const { user: named, proof, visitor } = vouchedFor(ctx);
  /** The server's word for who this is: threads belong to it. */
  let user = proof ? named : visitor || kept.get();

  /** @param {unknown} signed */
  function keep(signed) {
    if (typeof signed !== "string" || !signed || proof) return;
    user = signed;
    kept.set(signed);
    ctx.emit("visitor", signed);
  }

  async function mint() {
    const response = await fetch(ctx.url("api/chatkit/create-session"), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ widget: ctx.config.key, user, ...(proof && { proof }), ...(pageToken(ctx) && { token: pageToken(ctx) }) }),
      signal: AbortSignal.any([ctx.signal, AbortSignal.timeout(ANSWER_WITHIN)]),
    });
    const answer = await response.json().catch(() => ({}));
    takeToken(ctx, response);
    if (!response.ok || typeof answer.client_secret !== "string") throw new SessionFault(response.status, answer.error);
    keep(answer.visitor);
    const until = Number(answer.expires_at) * 1000 || Date.now() + 600_000;
    current = { secret: answer.client_secret, until };
    ctx.emit("session", { expires_at: until });
    clearTimeout(timer);
    timer = setTimeout(ahead, Math.max(1000, until - Date.now() - EARLY));
    return answer.client_secret;
  }

  /** One request at a time, whoever asks. */
  function once() {
    minting ??= mint().finally(() => (minting = null));
    return minting;
  }

  /** Only a chat that somebody looks at gets its next secret ahead of time. */
  function ahead() {
    if (ctx.isOpen && document.visibilityState === "visible") once().catch(() => {});
  }

  const session = {
    /** @type {(code: string, message: string) => void} */
    failed: () => {},
    /** What ChatKit calls; `old` is the secret that it can no longer use. @param {string | null} [old] */
    async secret(old) {
      if (current && current.secret !== old && current.until - Date.now() > AT_LEAST) return current.secret;
      try {
        return await once();
      } catch (error) {
        const code = error instanceof SessionFault ? error.code : "session_unreachable";
        if (/^token_/.test(code) && loadAgain(ctx)) return new Promise(() => {});
        session.failed(code, String(error));
        throw error;
      }
    },
    end() {
      clearTimeout(timer);
      current = null;
    },
  };
  return session;
}

class SessionFault extends Error {
  /** @param {number} status @param {{code?: string, message?: string} | undefined} error */
  constructor(status, error) {
    super(error?.message ?? `create-session answered ${status}`);
    this.code = error?.code ?? "session_refused";
  }
}
