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
  let user = named || (behavior.persist && tryStorage(() => localStorage.getItem(name))) || "";

  /** @param {Response} response */
  function keep(response) {
    const signed = response.headers.get("X-Vitrine-Visitor");
    if (!signed || proof) return;
    user = signed;
    if (behavior.persist) tryStorage(() => localStorage.setItem(name, signed));
  }

  /** @param {RequestInfo | URL} address @param {RequestInit} [init] @returns {Promise<Response>} */
  async function ask(address, init = {}) {
    const headers = new Headers(init.headers);
    if (user) headers.set("X-Vitrine-Visitor", user);
    if (proof) headers.set("X-Vitrine-Proof", proof);
    if (pageToken(ctx)) headers.set("X-Vitrine-Token", pageToken(ctx));
    const response = await fetch(address, { ...init, headers });
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
