/**
 * "Forget me": for buttons with `data-vitrine-forget` on a page that has the chat's
 * conversations, the site's own or the chat's. Its own address names server and widget.
 *
 * A button says how it went: in the attribute ("busy", "done", "failed"), and in words
 * where `data-done` and `data-failed` have some.
 */
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const named = /^(https?:\/\/[^/]+)\/forget\/([A-Za-z0-9]{16})\.js/.exec(script.src);
  if (!named) return;
  const [, base, key] = named;
  const { user = "", userProof = "", token = "" } = script.dataset;
  const own = `vitrine:${key}`;

  /** @returns {string[]} the names of all that this widget keeps here */
  function kept() {
    try {
      return Object.keys(localStorage).filter((name) => name === own || name.startsWith(`${own}:`));
    } catch {
      return []; // forbidden: then nothing is kept
    }
  }

  /** The server first: as long as it has not heard, the id must not be lost. */
  async function forget() {
    const names = kept();
    const visitor = names.includes(`${own}:visitor`) ? localStorage.getItem(`${own}:visitor`) : "";
    /** @type {Record<string, string>} */
    const shown = userProof ? { "x-vitrine-visitor": user, "x-vitrine-proof": userProof } : { "x-vitrine-visitor": visitor ?? "" };
    if (userProof || visitor) {
      const headers = token ? { ...shown, "x-vitrine-token": token } : shown;
      const answer = await fetch(`${base}/api/visitors/${key}`, { method: "DELETE", headers });
      const code = answer.ok ? "" : (await answer.json()).error.code;
      if (code && code !== "visitor_unknown") throw new Error(code);
    }
    for (const name of names) localStorage.removeItem(name);
  }

  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-vitrine-forget]");
    if (!(button instanceof HTMLElement) || button.dataset.vitrineForget === "busy") return;
    /** @param {"busy" | "done" | "failed"} how */
    const tell = (how) => {
      button.dataset.vitrineForget = how;
      const words = button.dataset[how];
      if (words) button.textContent = words;
    };
    tell("busy");
    try {
      await forget();
      tell("done");
    } catch (error) {
      console.error("Vitrine: not forgotten:", error);
      tell("failed");
    }
  });
})();
