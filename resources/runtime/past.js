/** A conversation that was begun elsewhere, or before this browser forgot it. */

/** @import {Talking} from "./conversation.js" */
/** @import {ChatFault} from "./faults.js" */

/** Take over what the server remembers where it is more than what is here. @param {Talking} talking @param {string} session */
export async function recallPast(talking, session) {
  const { ctx } = talking;
  try {
    const link = await talking.link();
    const past = await link.history(session, ctx.signal);
    if (talking.session !== session || talking.turn || past.length <= talking.messages.length) return;
    talking.messages = [];
    for (const { role, text } of past) talking.add(role, text, { time: 0, told: true });
    talking.save();
    talking.tell();
  } catch (error) {
    const { code, status, detail } = /** @type {ChatFault} */ (error);
    ctx.emit("error", { code: code ?? "history", status, detail: detail ?? String(error) });
  }
}
