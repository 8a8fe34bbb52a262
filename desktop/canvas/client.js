// On a client's page: tells what its policy refuses. Runs apart from its scripts.
(() => {
  const prefix = 'vitrine-client:';
  const told = new Set();
  document.addEventListener('securitypolicyviolation', (event) => {
    const { effectiveDirective: directive, blockedURI: blocked, sourceFile: source } = event;
    const { originalPolicy: policy } = event;
    const text = JSON.stringify({ directive, blocked, source, policy, only: event.disposition === 'report' });
    if (told.has(text) || told.size > 200) return;
    told.add(text);
    console.debug(prefix + text);
  });
})();
