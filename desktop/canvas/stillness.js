// For a picture: wait for what is still on its way, and let nothing blink.
(async () => {
  const hush = () => {
    document.documentElement.style.setProperty('caret-color', 'transparent', 'important');
    for (const host of document.querySelectorAll('[data-vitrine]')) {
      const inside = host.shadowRoot?.activeElement;
      if (inside instanceof HTMLElement) inside.blur();
    }
  };
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const settled = () =>
    [...document.querySelectorAll('[data-vitrine]')].every((host) => {
      const vt = host.shadowRoot?.querySelector('.vt');
      const busy = vt?.hasAttribute('data-open') && !vt.querySelector('.vt-panel');
      return vt && !busy;
    });
  const played = location.search.includes('scenario=');
  const talked = () =>
    !played ||
    [...document.querySelectorAll('[data-vitrine]')].every(
      (host) => (host.shadowRoot?.querySelectorAll('.vt-row').length ?? 0) > 1,
    );
  for (let tries = 0; tries < 200 && !(settled() && talked()); tries++) await frame();
  await document.fonts.ready;
  const images = [...document.images].map((image) => image.decode().catch(() => {}));
  await Promise.all(images);
  for (let count = 0; count < 4; count++) await frame();
  hush();
  await frame();
  Reflect.set(globalThis, 'vitrineStill', true);
})();
