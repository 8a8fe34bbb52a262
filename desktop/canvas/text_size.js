// A phone's own text size: every text so much larger, whatever its unit. The widget's
// part of the page has its own root, so that gets the rule too.
((/** @type {number} */ factor) => {
  const global = /** @type {any} */ (window);
  const sheet = (global.vitrineTextSize ??= new CSSStyleSheet());
  const rule = `-webkit-text-size-adjust:${factor * 100}%!important;text-size-adjust:${factor * 100}%!important`;
  sheet.replaceSync(factor === 1 ? '' : `:root,.vt{${rule}}`);
  const wear = (/** @type {Document | ShadowRoot | null} */ root) => {
    if (root && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  };
  const dress = () => {
    wear(document);
    for (const host of document.querySelectorAll('[data-vitrine]')) wear(host.shadowRoot);
  };
  dress();
  if (global.vitrineTextWatch || factor === 1) return;
  addEventListener('vitrine:ready', dress);
  global.vitrineTextWatch = new MutationObserver(dress);
  global.vitrineTextWatch.observe(document.body ?? document.documentElement, { childList: true });
})
