// Tells where the widget stands in its page: for the handles around it. Runs apart
// from the page's own scripts; only looks.
(() => {
  const prefix = 'vitrine-box:';
  let last = '';
  /** @type {Element | null} */
  let host = null;
  const frameOf = () => host?.shadowRoot?.querySelector('.vt') ?? null;
  function shown() {
    const frame = frameOf();
    if (!host || !frame) return null;
    const mode = frame.getAttribute('data-mode') ?? '';
    const open = frame.hasAttribute('data-open');
    if (mode === 'popup' && !open) return { mode, open };
    const panel = frame.querySelector('.vt-panel') ?? host;
    const { x, y, width, height } = (mode === 'inline' ? host : panel).getBoundingClientRect();
    const phone = frame.hasAttribute('data-phone');
    const corner = frame.getAttribute('data-position') ?? '';
    return { mode, open, phone, corner, x, y, width, height };
  }
  function tell() {
    const text = JSON.stringify(shown());
    if (text === last) return;
    last = text;
    console.debug(prefix + text);
    requestAnimationFrame(() => requestAnimationFrame(() => console.debug('vitrine-drawn')));
  }
  let waiting = 0;
  function soon() {
    waiting ||= requestAnimationFrame(() => {
      waiting = 0;
      find();
      tell();
    });
  }
  const sizes = new ResizeObserver(soon);
  const changes = new MutationObserver(soon);
  /** @type {Set<Element>} */
  const known = new Set();
  function watch(/** @type {Element | null | undefined} */ element) {
    if (!element || known.has(element)) return;
    known.add(element);
    sizes.observe(element);
    element.addEventListener('transitionend', soon);
    const attributeFilter = ['data-open', 'data-mode', 'data-position', 'data-phone', 'style'];
    changes.observe(element, { attributes: true, attributeFilter, childList: true });
  }
  function find() {
    if (host?.isConnected && known.has(frameOf()?.querySelector('.vt-panel') ?? host)) return;
    host = document.querySelector('[data-vitrine]');
    watch(host);
    watch(frameOf());
    watch(frameOf()?.querySelector('.vt-panel'));
  }
  addEventListener('vitrine:ready', soon);
  addEventListener('scroll', soon, { capture: true, passive: true });
  addEventListener('resize', soon);
  watch(document.documentElement);
  soon();
})();
