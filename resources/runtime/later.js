/** What only some widgets need comes when it is first wanted. */

import { adoptStyles } from "./dom.js";

/** @import {Ctx} from "./types" */

/**
 * A bundle of ours that is asked for at its first use, and made into a part once. A load
 * that fails is told to the owner, and tried again at the next use.
 * @template T
 * @param {Ctx} ctx @param {string} name @param {(module: any) => T} make
 * @returns {(use: (part: T) => void) => void}
 */
export function createLater(ctx, name, make) {
  /** @type {Promise<T> | null} */
  let coming = null;
  return (use) => {
    coming ??= ctx.load(name).then(make);
    coming.then(use).catch((error) => {
      coming = null;
      if (!ctx.signal.aborted) ctx.emit("error", { code: "runtime_unreachable", message: String(error) });
    });
  };
}

/**
 * Bring the sheets that this face and this mode need besides; nothing where all are there.
 * @param {Ctx} ctx @returns {Promise<unknown> | undefined}
 */
export function bringLooks(ctx) {
  const { face, mode, root } = ctx;
  const wanted = [face === "chatkit" && "face_chatkit", mode !== "popup" && "page_modes"];
  const missing = wanted.filter((name) => name && !ctx.looks.has(name));
  if (!missing.length) return undefined;
  return Promise.all(
    missing.map(async (name) => {
      const sheets = await ctx.load(`styles/${name}`);
      if (ctx.looks.has(name)) return;
      ctx.looks.add(name);
      adoptStyles(root, /** @type {string} */ (Object.values(sheets)[0]));
    }),
  );
}
