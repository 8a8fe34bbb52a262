/** The face that comes when wanted: our chat, talking with n8n. */

import { createContext } from "./context.js";
import { createConversation } from "./conversation.js";
import { bringLooks } from "./later.js";
import { createChat } from "./panel.js";
import { createPresence } from "./presence.js";

/** @import {Mounted, Seat} from "./types" */

/** @param {Seat} seat @returns {Promise<Mounted>} */
export async function mount(seat) {
  const ctx = createContext(seat);
  await bringLooks(ctx);
  seat.signal.throwIfAborted();
  return createPresence(ctx, () => createChat(ctx, createConversation));
}
