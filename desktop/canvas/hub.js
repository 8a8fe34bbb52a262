// Runs in place of the developer tools' front end: no tools, only their wire.
(() => {
  window.stop();
  const prefix = 'vitrine-hub:';
  const say = (/** @type {string} */ text) => console.log(prefix + text);
  /** @type {string[]} */
  let chunks = [];
  let missing = 0;
  const text = (/** @type {unknown} */ message) =>
    typeof message === 'string' ? message : JSON.stringify(message);
  const wire = {
    dispatchMessage: (/** @type {unknown} */ message) => say(text(message)),
    dispatchMessageChunk: (/** @type {string} */ chunk, /** @type {number} */ size) => {
      // The first chunk of a message tells its whole size, the others none.
      if (size) [chunks, missing] = [[], size];
      chunks.push(chunk);
      missing -= chunk.length;
      if (missing <= 0) say(chunks.splice(0).join(''));
    },
  };
  const quiet = new Proxy(wire, {
    get: (target, name) => Reflect.get(target, name) ?? (() => {}),
  });
  Object.defineProperty(window, 'DevToolsAPI', { value: quiet });
  Object.defineProperty(window, 'vitrineSend', {
    value: (/** @type {string} */ message) =>
      Reflect.get(window, 'DevToolsHost').sendMessageToEmbedder(
        JSON.stringify({
          id: 0,
          method: 'dispatchProtocolMessage',
          params: [message],
        }),
      ),
  });
  say(JSON.stringify({ method: 'hub', wired: 'DevToolsHost' in window }));
})();
