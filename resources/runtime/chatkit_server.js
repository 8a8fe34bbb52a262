/** ChatKit's way to our own server: the page's token and the visitor go along. */

import { tryStorage } from "./safely.js";
import { loadAgain, pageToken, takeToken, vouchedFor } from "./own_page.js";

/** @import {Ctx} from "./types" */

/** What ChatKit is given as `api`. @param {Ctx} ctx */
export function ownServer(ctx) {
  const { connection, behavior, key } = ctx.config;
  const name = `vitrine:${key}:visitor`;
  const { user: named, proof } = vouchedFor(ctx);
  /** The server's word for who this is: threads belong to it. */
  const stored = () => (behavior.persist && tryStorage(() => localStorage.getItem(name))) || "";
  let user = named || stored();
  let answered = false;
  /** @type {Promise<Response> | null} */
  let naming = null;

  /** @param {Response} response */
  function keep(response) {
    const signed = response.headers.get("X-Vitrine-Visitor");
    if (!signed || proof) return;
    user = signed;
    if (behavior.persist) tryStorage(() => localStorage.setItem(name, signed));
  }

  /**
   * Whom nobody knows yet is named by the first answer: what else is asked meanwhile, here
   * or in another tab, waits for that, so that nobody becomes two.
   * @param {RequestInfo | URL} address @param {RequestInit} [init] @returns {Promise<Response>}
   */
  async function ask(address, init = {}) {
    while (naming) await naming.catch(() => {});
    if (user || proof || answered) return send(address, init);
    naming = alone(name, () => {
      user ||= stored();
      return send(address, init);
    });
    return naming.finally(() => (naming = null));
  }

  /** @param {RequestInfo | URL} address @param {RequestInit} init @returns {Promise<Response>} */
  async function send(address, init) {
    const headers = new Headers(init.headers);
    if (user) headers.set("X-Vitrine-Visitor", user);
    if (proof) headers.set("X-Vitrine-Proof", proof);
    if (pageToken(ctx)) headers.set("X-Vitrine-Token", pageToken(ctx));
    const response = await fetch(address, { ...init, headers });
    answered = true;
    takeToken(ctx, response);
    keep(response);
    if (response.status === 401) {
      const said = await response.clone().json().catch(() => ({}));
      if (/^token_/.test(said?.error?.code) && loadAgain(ctx)) return new Promise(() => {});
    }
    return response;
  }

  return { url: ctx.url(connection.path), domainKey: connection.domain_key, fetch: ask };
}

/**
 * Nobody else on this site meanwhile, where the browser can see to that.
 * @param {string} name @param {() => Promise<Response>} work @returns {Promise<Response>}
 */
function alone(name, work) {
  return navigator.locks ? /** @type {Promise<any>} */ (navigator.locks.request(name, work)) : work();
}
