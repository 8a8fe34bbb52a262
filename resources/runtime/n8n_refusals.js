/** What n8n, or our server, refused, and why. */

import { faultOfStatus } from "./faults.js";
import { loadAgain } from "./own_page.js";
import { detailOf, parseJson } from "./replies.js";

/** @import {ChatFault} from "./faults.js" */
/** @import {Ctx} from "./types" */

/**
 * The fault behind a refusing answer; never where the page is loaded again for a new token.
 * @param {Ctx} ctx @param {Response} response @param {string} words its body
 * @returns {Promise<ChatFault>}
 */
export async function faultBehind(ctx, response, words) {
  const body = parseJson(words);
  const fault = faultOfStatus(response.status, detailOf(body?.error ?? body ?? ""), response.headers.get("Retry-After"));
  if (body?.hint) fault.detail += ` ${detailOf(body.hint)}`;
  if (/^token_/.test(String(body?.error?.code ?? "")) && loadAgain(ctx)) await new Promise(() => {});
  return fault;
}
