// Keeps the phone's page at what Vitrine's canvas shows.
(() => {
  const { page = '', key = '' } = document.currentScript?.dataset ?? {};
  /** @type {object[]} */
  const waiting = [];
  const widget = () => /** @type {any} */ (window).Vitrine?.get?.(key);
  function apply() {
    const there = widget();
    if (there) for (const patch of waiting.splice(0)) there.update(patch);
  }
  function say(/** @type {string} */ words) {
    const note = document.createElement('div');
    note.setAttribute('role', 'status');
    note.textContent = words;
    note.style.cssText =
      'position:fixed;inset:max(12px,env(safe-area-inset-top)) 12px auto;z-index:2147483647;padding:12px 16px;' +
      'border-radius:10px;background:#17181b;color:#fff;font:15px/1.4 system-ui,sans-serif;text-align:center';
    document.body.append(note);
  }
  const source = new EventSource(`/live?page=${page}`);
  source.addEventListener('patch', (event) => {
    waiting.push(JSON.parse(event.data));
    apply();
  });
  source.addEventListener('load', () => {
    source.close();
    location.replace('/');
  });
  source.addEventListener('off', () => {
    source.close();
    say('The preview was turned off in Vitrine.');
  });
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) say('This preview is over. Scan a new code in Vitrine.');
  });
  addEventListener('vitrine:ready', apply);
})();
