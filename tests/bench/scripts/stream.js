/* A webhook inside the page: it streams what it is asked for, chunk by chunk. */
const widget = [...Vitrine.widgets.values()][0];
const PARAGRAPH = "Words that come one after another, some **strong**, a `name`, a [link](https://a.example).\n\n";
const encoder = new TextEncoder();
let left = 1;

globalThis.fetch = async () => {
  let at = 0;
  const line = (value) => encoder.encode(JSON.stringify(value) + "\n");
  const metadata = { nodeId: "a", runIndex: 0 };
  const body = new ReadableStream({
    start: (to) => to.enqueue(line({ type: "begin", metadata })),
    async pull(to) {
      if (at % 8 === 0) await new Promise((done) => setTimeout(done, 4));
      if (left-- <= 0) {
        to.enqueue(line({ type: "end", metadata }));
        return to.close();
      }
      const start = (at++ * 50) % PARAGRAPH.length;
      to.enqueue(line({ type: "item", content: (PARAGRAPH + PARAGRAPH).slice(start, start + 50), metadata }));
    },
  });
  return new Response(body, { headers: { "Content-Type": "application/json" } });
};

/** Gaps between frames while `work` goes on, in ms. */
const frames = async (work) => {
  const gaps = [];
  let last = performance.now();
  let going = true;
  const tick = (now) => {
    gaps.push(now - last);
    last = now;
    if (going) requestAnimationFrame(tick);
  };
  requestAnimationFrame((now) => ((last = now), requestAnimationFrame(tick)));
  await work();
  going = false;
  return gaps;
};
const p90 = (gaps) => gaps.sort((a, b) => a - b)[Math.floor(gaps.length * 0.9)];

globalThis.warmUp = async () => {
  await widget.open();
  await widget.send("warm");
};
globalThis.talk = async (chunks) => {
  left = chunks;
  return Math.max(...(await frames(() => widget.send("go on"))));
};
globalThis.scrolls = async (count) => {
  for (let at = 0; at < count / 2; at++) {
    left = 2;
    await widget.send(`message ${at}`);
  }
  const scroller = ours().querySelector(".vt-scroller");
  const step = scroller.scrollHeight / 120;
  return p90(await frames(async () => {
    for (let at = 0; at < 120; at++) {
      scroller.scrollTop = scroller.scrollHeight - at * step;
      await new Promise(requestAnimationFrame);
    }
  }));
};
globalThis.idles = async () =>
  p90(await frames(() => new Promise((done) => setTimeout(done, 2000))));
