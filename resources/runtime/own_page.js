/**
 * What a page of our own host has beside a site's: a token that shows which page it is.
 *
 * The server writes it on the script tag; every answer may bring the next one.
 */

import { tryStorage } from "./safely.js";

/** @import {Ctx} from "./types" */

const AGAIN_AFTER = 60_000; // ms between two loads for a token's sake

/** @param {Ctx} ctx */
export function pageToken(ctx) {
  return ctx.script?.dataset.token ?? "";
}

/** Whether this is the page in ChatKit's frame. @param {Ctx} ctx */
export function isFrame(ctx) {
  return ctx.script?.dataset.frame !== undefined;
}

/** @param {Ctx} ctx @param {Response} response */
export function takeToken(ctx, response) {
  const next = response.headers.get("X-Vitrine-Token");
  if (next && ctx.script) ctx.script.dataset.token = next;
}

/** A page whose token has run out gets one by being loaded again. @param {Ctx} ctx @returns {boolean} whether it will be */
export function loadAgain(ctx) {
  const name = `vitrine:${ctx.config.key}:loaded`;
  const before = Number(tryStorage(() => sessionStorage.getItem(name)));
  if (!pageToken(ctx) || Date.now() - before < AGAIN_AFTER) return false;
  tryStorage(() => sessionStorage.setItem(name, String(Date.now())));
  location.reload();
  return true;
}

/** A visitor whom the site knows, and its proof; in a frame they come in the fragment. @param {Ctx} ctx */
export function vouchedFor(ctx) {
  const said = new URLSearchParams(isFrame(ctx) ? location.hash.slice(1) : "");
  const { user = "", userProof = "" } = ctx.script?.dataset ?? {};
  return { user: said.get("user") ?? user, proof: said.get("proof") ?? userProof, visitor: said.get("visitor") ?? "" };
}

/**
 * The server's word for a visitor, where this widget may keep things. A frame gets it from
 * the page around: some browsers forget or forbid what a frame keeps.
 * @param {Ctx} ctx
 */
export function keptVisitor(ctx) {
  const name = `vitrine:${ctx.config.key}:visitor`;
  const lasting = ctx.config.behavior.persist;
  return {
    get: () => (lasting && tryStorage(() => localStorage.getItem(name))) || "",
    /** @param {string} signed */
    set: (signed) => void (lasting && signed.length < 300 && tryStorage(() => localStorage.setItem(name, signed))),
  };
}
