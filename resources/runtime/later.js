/** What only some widgets need comes when it is first wanted. */

import { adoptStyles } from "./dom.js";

/** What may mean more than it says in Markdown. */
export const MARKED = /[*_~`[<\\&\n\t|@]|^\s*([#>+-]|\d+[.)])|:\/\/|www\.|    /;

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
    coming ??= Promise.all([ctx.load(name), bringWords(ctx)]).then(([module]) => make(module));
    coming.then(use).catch((error) => {
      coming = null;
      tell(ctx, error);
    });
  };
}

/** English words that only late parts have; other languages come whole. @param {Ctx} ctx */
function bringWords(ctx) {
  return ctx.locale !== "en" || ctx.here.texts_more || bring(ctx, "texts_more").catch(() => {});
}

/** @param {Ctx} ctx @param {unknown} error why a bundle did not come */
export function tell(ctx, error) {
  if (!ctx.signal.aborted) ctx.emit("error", { code: "runtime_unreachable", message: String(error) });
}

/**
 * A bundle's module, kept in `ctx.here`; the sheets among its exports are adopted. One
 * that does not come is told to the owner.
 * @param {Ctx} ctx @param {string} name @returns {Promise<any>}
 */
export async function bring(ctx, name) {
  const { here, root } = ctx;
  const module = await ctx.load(name).catch((error) => {
    tell(ctx, error);
    throw error;
  });
  if (!here[name]) for (const value of Object.values(module)) if (typeof value === "string") adoptStyles(root, value);
  return (here[name] = module);
}

/**
 * Bring the words, and what has to be there before anything shows; nothing where all is.
 * @param {Ctx} ctx @returns {Promise<unknown> | undefined}
 */
export function bringLooks(ctx) {
  const { face, mode, here, config, coming } = ctx;
  const { start_screen, composer, header, layout, behavior, typography, theme, messages } = config;
  const inHeader =
    header.logo || header.left_action.enabled || header.right_action.enabled || layout.popup.expandable || behavior.print_transcript || behavior.email_transcript;
  const wanted = {
    "styles/face_chatkit": face === "chatkit",
    "styles/page_modes": mode !== "popup",
    "styles/shapes": theme.radius !== "medium" || theme.density !== "normal",
    font_files: typography.font_sources.length,
    portal: mode === "portal",
    welcome: start_screen.welcome_screen,
    header_extras: inHeader,
    row_looks: messages.show_avatar || messages.show_timestamps || messages.feedback,
    texts_more: ctx.locale === "en" && (inHeader || face === "chatkit"),
    reading: start_screen.initial_messages?.length || MARKED.test(composer.disclaimer.text),
  };
  const missing = Object.entries(wanted).filter(([name, needed]) => needed && !here[name]);
  return missing.length ? Promise.all([coming, ...missing.map(([name]) => bring(ctx, name).catch(() => {}))]) : coming;
}
