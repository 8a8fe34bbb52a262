// For a picture: wait for what is still on its way, and let nothing blink.
(async () => {
  Reflect.set(globalThis, 'vitrineStill', false);
  const hush = () => {
    document.documentElement.style.setProperty('caret-color', 'transparent', 'important');
    for (const host of hosts()) {
      const inside = host.shadowRoot?.activeElement;
      if (inside instanceof HTMLElement) inside.blur();
    }
  };
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  // On a client's page the widget comes after it, if its policy lets it in.
  const put = /** @type {HTMLScriptElement | null} */ (document.querySelector('script[data-vitrine-preview]'));
  const hosts = () => [...document.querySelectorAll('[data-vitrine]')];
  const settled = () =>
    (!put || hosts().length > 0) &&
    hosts().every((host) => {
      const vt = host.shadowRoot?.querySelector('.vt');
      const busy = vt?.hasAttribute('data-open') && !vt.querySelector('.vt-panel');
      return vt && !busy;
    });
  const played = (put?.src ?? location.search).includes('scenario=');
  const talked = () =>
    !played || hosts().every((host) => (host.shadowRoot?.querySelectorAll('.vt-row').length ?? 0) > 1);
  for (let tries = 0; tries < 200 && !(settled() && talked()); tries++) await frame();
  await document.fonts.ready;
  const images = [...document.images].map((image) => image.decode().catch(() => {}));
  await Promise.all(images);
  hush();
  let moved = 0;
  const noted = () => (moved += 1);
  const roots = [document, ...hosts().map((host) => host.shadowRoot)];
  const changes = new MutationObserver(noted);
  for (const root of roots) {
    if (!root) continue;
    root.addEventListener('scroll', noted, { capture: true, passive: true });
    changes.observe(root, { attributes: true, characterData: true, childList: true, subtree: true });
  }
  const moving = () => roots.some((root) => root?.getAnimations().some((one) => one.playState === 'running'));
  for (let quiet = 0, tries = 0; quiet < 3; tries++) {
    const before = moved;
    await frame();
    quiet = moved === before && !moving() ? quiet + 1 : 0;
    if (tries > 150) return; // it never rests: whoever asks has to compare pictures
  }
  Reflect.set(globalThis, 'vitrineStill', true);
})();
