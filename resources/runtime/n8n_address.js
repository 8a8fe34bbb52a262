/** Where n8n is for a page: behind its own webhook, or behind our server. */

/** @import {Ctx} from "./types" */

/** Whether the page itself knows the webhook. @param {Ctx} ctx */
export function isDirect({ config, host }) {
  return Boolean(config.connection.webhook_url) && (config.connection.access === "direct" || host.kind === "static");
}

/** Whether a button's link stays with the webhook's own server. @param {Ctx} ctx @param {string} link */
export function mayPress(ctx, link) {
  try {
    const { origin } = new URL(isDirect(ctx) ? ctx.config.connection.webhook_url : ctx.url(""));
    return new URL(link).origin === origin && /^https?:/.test(link);
  } catch {
    return false;
  }
}
