// Gives a page's widget a change; false where there is none. What is edited is there at
// once: a colour that faded would lag behind the hand, and cost ten frames for one.
((/** @type {string} */ key, /** @type {object} */ patch) => {
  const widget = window.Vitrine?.get?.(key);
  if (!widget) return false;
  const hosts = [...document.querySelectorAll('[data-vitrine]')];
  const frames = hosts.flatMap((host) => [...(host.shadowRoot?.querySelectorAll('.vt') ?? [])]);
  const times = (/** @type {string} */ time) => {
    for (const frame of /** @type {HTMLElement[]} */ (frames)) {
      for (const name of ['--vt-fast', '--vt-slow']) frame.style.setProperty(name, time);
    }
  };
  times('0s');
  widget.update(patch);
  clearTimeout(Reflect.get(globalThis, 'vitrineEdited'));
  Reflect.set(
    globalThis,
    'vitrineEdited',
    setTimeout(() => times(''), 300),
  );
  return true;
})
