// Only Chromium has navigator.userAgentData; whoever is told to be another has it not.
(() => {
  const own = Object.getOwnPropertyDescriptor(Navigator.prototype, 'userAgentData');
  const get = own?.get;
  if (!get) return;
  Object.defineProperty(Navigator.prototype, 'userAgentData', {
    ...own,
    get() {
      return /\bChrome\//.test(navigator.userAgent) ? get.call(this) : undefined;
    },
  });
})();
