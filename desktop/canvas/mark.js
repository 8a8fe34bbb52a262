// Puts a small mark over everything, or takes it away: who sees it come and go sees
// the page as it is now, not a frame from before.
((/** @type {boolean} */ on) => {
  document.getElementById('vitrine-mark')?.remove();
  if (!on) return true;
  const mark = document.createElement('div');
  mark.id = 'vitrine-mark';
  mark.popover = 'manual';
  mark.style.cssText =
    'all:initial;position:fixed;inset:0 auto auto 0;width:4px;height:4px;background:#ff00fe;z-index:2147483647';
  document.documentElement.append(mark);
  mark.showPopover();
  return true;
})
