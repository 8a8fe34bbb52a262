/** Our face on ChatKit's protocol: no script, no frame and no word of anybody else's. */

import { createThreadTalk } from "./chatkit_talk.js";
import { itemWords } from "./chatkit_words.js";
import { createContext } from "./context.js";
import { adoptStyles } from "./dom.js";
import { bringLooks } from "./later.js";
import { createChat } from "./panel.js";
import { createPresence } from "./presence.js";
import { CHATKIT_STATES_CSS } from "./styles/chatkit_states.js";

/** @import {Mounted, Seat} from "./types" */

/** What messages have besides words is drawn otherwise here. */
const OTHERWISE = /** @type {Record<string, string>} */ ({ row_extras: "chatkit_extras" });

/** @param {Seat} seat @returns {Promise<Mounted>} */
export async function mount(seat) {
  const load = (/** @type {string} */ name) => seat.load(OTHERWISE[name] ?? name);
  // What comes later has these words too, with no second copy of them.
  const ctx = Object.create(createContext(seat), { load: { value: load }, itemWords: { value: () => itemWords(ctx) } });
  await bringLooks(ctx);
  seat.signal.throwIfAborted();
  adoptStyles(ctx.root, CHATKIT_STATES_CSS);
  return createPresence(ctx, () => createChat(ctx, createThreadTalk));
}
