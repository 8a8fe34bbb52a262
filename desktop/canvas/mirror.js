// Mirrors what a hand does in one device into the others. Runs apart from the page's
// scripts, on every mirrored page: tells what trusted input did here, and does here
// what was told of elsewhere. What it does itself is never told, so nothing goes round.
((/** @type {string} */ prefix) => {
  const global = /** @type {any} */ (globalThis);
  if (global.vitrineMirror) return;
  const HAND_MS = 1200;
  const KEYS = ['Enter', 'Escape'];
  const stop = new AbortController();
  let handAt = -Infinity;
  let busy = false;

  const hand = () => performance.now() - handAt < HAND_MS;
  const tell = (/** @type {object} */ what) => console.debug(prefix + JSON.stringify(what));
  const first = (/** @type {Event} */ event) => event.composedPath()[0];

  // -- Where an element is, said so that a page of another size finds its own.
  function within(/** @type {any} */ root, /** @type {Element} */ element) {
    const quote = (/** @type {string} */ text) => CSS.escape(text);
    // The widget stands elsewhere in the page where its mode is another.
    let selector = element.hasAttribute('data-vitrine') ? '[data-vitrine]' : element.localName;
    if (element.id) selector += `#${quote(element.id)}`;
    const name = element.getAttribute('name');
    if (name) selector += `[name="${quote(name)}"]`;
    const like = [...root.querySelectorAll(selector)];
    return [selector, like.indexOf(element)];
  }
  function addressOf(/** @type {any} */ element) {
    const steps = [];
    for (let node = element; node; ) {
      const root = node.getRootNode();
      steps.unshift(within(root, node));
      node = root instanceof ShadowRoot ? root.host : null;
    }
    return steps;
  }
  function found(/** @type {[string, number][]} */ steps) {
    /** @type {any} */ let root = document;
    /** @type {any} */ let element = null;
    for (const [selector, at] of steps) {
      element = root?.querySelectorAll(selector)[at] ?? null;
      root = element?.shadowRoot ?? null;
    }
    return element;
  }

  // -- What a hand does here.
  const editable = (/** @type {any} */ element) =>
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement ||
    element?.isContentEditable ||
    (element instanceof HTMLInputElement && !['password', 'file', 'hidden', 'checkbox', 'radio'].includes(element.type));
  const valueOf = (/** @type {any} */ element) =>
    (element.isContentEditable ? element.textContent : element.value).slice(0, 20000);
  function onHand(/** @type {Event} */ event) {
    if (event.isTrusted && !busy) handAt = performance.now();
  }
  function onInput(/** @type {Event} */ event) {
    const target = first(event);
    if (event.isTrusted && !busy && hand() && editable(target))
      tell({ kind: 'text', at: addressOf(target), text: valueOf(target) });
  }
  function onClick(/** @type {Event} */ event) {
    const target = first(event);
    if (!event.isTrusted || busy || !(target instanceof Element)) return;
    handAt = performance.now();
    const meant = target.closest('button, a, label, summary, [role], [onclick], input, option') ?? target;
    // The launcher opens here and might close there: what it did is told instead.
    if (!meant.closest('.vt-launcher') && !editable(meant)) tell({ kind: 'click', at: addressOf(meant) });
  }
  function onKey(/** @type {any} */ event) {
    onHand(event);
    if (!event.isTrusted || busy || !KEYS.includes(event.key) || event.isComposing || event.shiftKey) return;
    const target = first(event);
    if (target instanceof Element && (editable(target) || event.key === 'Escape'))
      tell({ kind: 'key', at: addressOf(target), key: event.key });
  }
  /** @type {Set<any>} */
  const scrolled = new Set();
  let waiting = 0;
  function onScroll(/** @type {Event} */ event) {
    if (busy || !hand()) return;
    const target = first(event);
    scrolled.add(target instanceof Document ? target.scrollingElement : target);
    // A long glide goes on after the hand has left.
    handAt = Math.max(handAt, performance.now() - HAND_MS + 300);
    waiting ||= requestAnimationFrame(() => {
      waiting = 0;
      for (const element of scrolled) tellScroll(element);
      scrolled.clear();
    });
  }
  const part = (/** @type {number} */ at, /** @type {number} */ whole) => (whole > 0 ? Math.min(1, Math.max(0, at / whole)) : 0);
  function tellScroll(/** @type {any} */ element, /** @type {object} */ more = {}) {
    if (!element?.isConnected) return;
    const x = part(Math.abs(element.scrollLeft), element.scrollWidth - element.clientWidth);
    const y = part(element.scrollTop, element.scrollHeight - element.clientHeight);
    tell({ kind: 'scroll', at: element === document.scrollingElement ? [] : addressOf(element), x, y, ...more });
  }

  // -- What was done elsewhere.
  /** @type {Record<string, (what: any, element: any) => void>} */
  const deeds = {
    text(what, element) {
      if (element.isContentEditable) element.textContent = what.text;
      else element.value = what.text;
      element.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertText' }));
      if (element instanceof HTMLSelectElement) element.dispatchEvent(new Event('change', { bubbles: true }));
    },
    click: (_what, element) => element.click(),
    key(what, element) {
      const options = { key: what.key, code: what.key, bubbles: true, composed: true, cancelable: true };
      const usual = element.dispatchEvent(new KeyboardEvent('keydown', options));
      element.dispatchEvent(new KeyboardEvent('keyup', options));
      if (usual && what.key === 'Enter' && element instanceof HTMLInputElement) element.form?.requestSubmit();
    },
    scroll(what, element) {
      const sign = getComputedStyle(element).direction === 'rtl' ? -1 : 1;
      const left = sign * what.x * (element.scrollWidth - element.clientWidth);
      const top = what.y * (element.scrollHeight - element.clientHeight);
      element.scrollTo({ left, top, behavior: 'instant' });
    },
  };
  const pause = (/** @type {number} */ time) => new Promise((done) => setTimeout(done, time));
  async function perform(/** @type {any} */ what) {
    const place = () => (what.at.length ? found(what.at) : document.scrollingElement);
    // The widget's parts come when they are first needed: wait for them a little.
    for (let tries = 0; !place() && tries < 20 && !stop.signal.aborted; tries++) await pause(50);
    const element = place();
    if (!element || stop.signal.aborted || (what.shared && hand())) return;
    [busy, handAt] = [true, -Infinity];
    try {
      deeds[what.kind]?.(what, element);
    } finally {
      busy = false;
    }
  }
  let queue = Promise.resolve();

  // -- The widget's own root: what happens inside it is not told outside.
  const options = { capture: true, passive: true, signal: stop.signal };
  const ears = /** @type {const} */ ([
    ['pointerdown', onHand], ['touchmove', onHand], ['wheel', onHand], ['paste', onHand],
    ['keydown', onKey], ['input', onInput], ['click', onClick], ['scroll', onScroll],
  ]);
  const changes = new MutationObserver(look);
  /** @type {WeakSet<any>} */
  const known = new WeakSet();
  let open = frame()?.hasAttribute('data-open') ?? null;
  function frame() {
    return document.querySelector('[data-vitrine]')?.shadowRoot?.querySelector('.vt') ?? null;
  }
  function look() {
    const now = frame();
    if (now && !known.has(now)) {
      known.add(now);
      changes.observe(now, { attributes: true, attributeFilter: ['data-open'] });
      // Of what bubbles through, the document hears; scrolling stays inside.
      now.getRootNode().addEventListener('scroll', onScroll, options);
    }
    const opened = now?.hasAttribute('data-open') ?? null;
    if (opened === open) return;
    const told = open !== null && opened !== null && hand() && now?.getAttribute('data-mode') === 'popup';
    open = opened;
    if (told) tell({ kind: 'open', open });
  }
  for (const [kind, ear] of ears) document.addEventListener(kind, ear, options);
  if (document.body) changes.observe(document.body, { childList: true });
  addEventListener('vitrine:ready', look, { signal: stop.signal });
  look();

  global.vitrineMirror = {
    apply(/** @type {any} */ what) {
      queue = queue.then(() => perform(what));
    },
    /** Another device's hand moves: what follows from it here is no deed of ours. */
    yield() {
      handAt = -Infinity;
    },
    /** Tell where things stand here, so that the others can begin there: those whom no hand has moved since. */
    share() {
      const root = frame();
      const more = { shared: true };
      if (root?.getAttribute('data-mode') === 'popup') tell({ kind: 'open', open: root.hasAttribute('data-open'), ...more });
      tellScroll(document.scrollingElement, more);
      const fields = root?.getRootNode() instanceof ShadowRoot ? root.querySelectorAll('textarea') : [];
      for (const field of fields) if (field.value) tell({ kind: 'text', at: addressOf(field), text: valueOf(field), ...more });
    },
    stop() {
      stop.abort();
      changes.disconnect();
      delete global.vitrineMirror;
    },
  };
})
