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

globalThis.warmUp = async () => {
  await widget.open();
  await widget.send("warm");
};
globalThis.talk = (chunks) => {
  left = chunks;
  return widget.send("go on");
};
"ready"; // a function as the last value would be called
