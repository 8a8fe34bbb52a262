// Spends the invitation in the address, which no server log and no preview of a
// link ever sees, and goes on to the page.
(async () => {
  const say = (/** @type {string} */ words) => {
    const place = document.querySelector('main');
    if (place) place.textContent = words;
  };
  const token = location.hash.slice(1);
  if (!token) {
    say('This preview is not open to you. Scan the code that Vitrine shows.');
    return;
  }
  history.replaceState(null, '', '/');
  try {
    const answer = await fetch('/enter', { method: 'POST', body: token });
    if (answer.ok) {
      location.replace('/');
      return;
    }
    const { error } = await answer.json();
    say(`${error.message} ${error.hint}`);
  } catch {
    say('Vitrine does not answer. Is the preview still on, and the phone in its network?');
  }
})();
