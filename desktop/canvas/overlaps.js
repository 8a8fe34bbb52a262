// What of the client's page lies where the widget's launcher or window does.
(() => {
  const host = document.querySelector('[data-vitrine]');
  const part = host?.shadowRoot?.querySelector('.vt-launcher, .vt-panel');
  const ours = part?.getBoundingClientRect();
  if (!host || !ours?.width) return JSON.stringify(null);
  const name = (/** @type {Element} */ one) =>
    one.id ? `#${one.id}` : one.localName + [...one.classList].slice(0, 2).map((c) => `.${c}`).join('');
  const under = Number(getComputedStyle(host).zIndex) || 0;
  const found = [];
  for (const one of document.body.querySelectorAll('*')) {
    const { position, zIndex, visibility } = getComputedStyle(one);
    if (!['fixed', 'sticky'].includes(position) || visibility === 'hidden' || one === host) continue;
    const box = one.getBoundingClientRect();
    const across = Math.min(box.right, ours.right) - Math.max(box.left, ours.left);
    const down = Math.min(box.bottom, ours.bottom) - Math.max(box.top, ours.top);
    if (across < 4 || down < 4 || one.contains(host)) continue;
    const x = (Math.max(box.left, ours.left) + Math.min(box.right, ours.right)) / 2;
    const y = (Math.max(box.top, ours.top) + Math.min(box.bottom, ours.bottom)) / 2;
    const above = document.elementFromPoint(x, y) !== host;
    const isBelow = ours.top + ours.bottom > innerHeight;
    const room = Math.round(isBelow ? innerHeight - box.top : box.bottom);
    found.push({ name: name(one), above, z: zIndex, height: Math.round(box.height), room, under });
  }
  return JSON.stringify(found.slice(0, 10));
})()
