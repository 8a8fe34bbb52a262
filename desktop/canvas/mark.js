// Puts a small mark into the last corner, over everything, or takes it away: who sees it
// come and go sees all of the page, and as it is now, not a frame from before.
((/** @type {boolean} */ on) => {
  document.getElementById('vitrine-mark')?.remove();
  if (!on) return true;
  const mark = document.createElement('div');
  mark.id = 'vitrine-mark';
  mark.popover = 'manual';
  mark.style.cssText =
    'all:initial;position:fixed;inset:auto 0 0 auto;width:4px;height:4px;background:#ff00fe;z-index:2147483647';
  document.documentElement.append(mark);
  mark.showPopover();
  return true;
})
