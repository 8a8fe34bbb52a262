// What of the client's page lies where the widget's launcher or window does.
(() => {
  const host = document.querySelector('[data-vitrine]');
  const parts = [...(host?.shadowRoot?.querySelectorAll('.vt-launcher, .vt-panel') ?? [])]
    .filter((part) => part.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    .map((part) => part.getBoundingClientRect());
  if (!host || !parts.length) return JSON.stringify(null);
  const name = (/** @type {Element} */ one) =>
    one.id ? `#${one.id}` : one.localName + [...one.classList].slice(0, 2).map((c) => `.${c}`).join('');
  const meet = (/** @type {DOMRect} */ one, /** @type {DOMRect} */ other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) >= 4 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) >= 4;
  const under = Number(getComputedStyle(host).zIndex) || 0;
  const found = [];
  for (const one of document.body.querySelectorAll('*')) {
    const { position, zIndex, visibility } = getComputedStyle(one);
    if (!['fixed', 'sticky'].includes(position) || visibility === 'hidden' || one === host) continue;
    const box = one.getBoundingClientRect();
    const ours = parts.find((part) => meet(box, part));
    if (!ours || one.contains(host)) continue;
    const x = (Math.max(box.left, ours.left) + Math.min(box.right, ours.right)) / 2;
    const y = (Math.max(box.top, ours.top) + Math.min(box.bottom, ours.bottom)) / 2;
    const above = document.elementFromPoint(x, y) !== host;
    const isBelow = ours.top + ours.bottom > innerHeight;
    const room = Math.round(isBelow ? innerHeight - box.top : box.bottom);
    found.push({ name: name(one), above, z: zIndex, height: Math.round(box.height), room, under });
  }
  return JSON.stringify(found.slice(0, 10));
})()
