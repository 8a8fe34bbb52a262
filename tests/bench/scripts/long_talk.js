/* A talk of many messages, remembered and scrolled through from its end to its start. */
const widget = [...Vitrine.widgets.values()][0];
const frame = () => new Promise(requestAnimationFrame);
const rows = () => ours().querySelectorAll(".vt-row:not([hidden])").length;
const REPLY = "Reply with **strong** words and a [link](https://a.example).\n\n- one\n- two\n\nThat is it.";

globalThis.remember = (count) => {
  const messages = Array.from({ length: count }, (_, at) => ({
    id: `m${at}`, role: at % 2 ? "assistant" : "user", text: at % 2 ? REPLY : `Question ${at}?`,
    time: 1, state: "done", rev: 0,
  }));
  localStorage.setItem(`vitrine:${widget.key}:current`, '"long"');
  localStorage.setItem(`vitrine:${widget.key}:long`, JSON.stringify(messages));
};
/** How many stand in the list once it is whole and at rest. */
globalThis.shows = async (count) => {
  await widget.open();
  while (rows() < count) await frame();
  for (let at = 0; at < 20; at++) await frame();
  return rows();
};
/** Where it ends: 0, the top. A screen takes four frames: a fast flick. */
globalThis.scrolls = async () => {
  const scroller = ours().querySelector(".vt-scroller");
  while (scroller.scrollTop > 0) {
    scroller.scrollTop -= scroller.clientHeight / 4;
    await frame();
  }
  return scroller.scrollTop;
};
"ready"; // a function as the last value would be called
