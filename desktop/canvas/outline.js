// Draws a line around what a setting changes; run with its path, or null to take it
// away. Lies beside the page, in its own box, and lets every event through.
((/** @type {string | null} */ path) => {
  const parts = /** @type {[string, string][]} */ ([
    ['launcher.teaser', '.vt-teaser'],
    ['launcher', '.vt-launcher'],
    ['header', '.vt-header'],
    ['start_screen', '.vt-start'],
    ['composer.disclaimer', '.vt-disclaimer'],
    ['composer', '.vt-composer'],
    ['messages', '.vt-messages'],
    ['layout', '.vt-panel'],
  ]);
  const id = 'vitrine-outline';
  document.getElementById(id)?.remove();
  const found = parts.find(([name]) => path === name || path?.startsWith(name + '.'));
  const root = document.querySelector('[data-vitrine]')?.shadowRoot;
  const target = found && root?.querySelector(found[1]);
  const box = target?.getBoundingClientRect();
  if (!box?.width || !box.height) return;
  const line = document.createElement('div');
  line.id = id;
  const place = {
    position: 'fixed',
    left: `${box.left - 3}px`,
    top: `${box.top - 3}px`,
    width: `${box.width + 6}px`,
    height: `${box.height + 6}px`,
    'box-sizing': 'border-box',
    border: '2px solid #6260ea',
    'border-radius': '8px',
    'pointer-events': 'none',
    'z-index': '2147483647',
  };
  for (const [name, value] of Object.entries(place)) line.style.setProperty(name, value);
  document.documentElement.append(line);
})
