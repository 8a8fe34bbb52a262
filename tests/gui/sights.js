// Names that a sight's `look` and `first` may use; `key` is the widget's.
const widget = Vitrine.get(key);
const root = document.querySelector(`[data-vitrine="${key}"]`).shadowRoot;
const host = root.host;
const $ = (selector) => root.querySelector(selector);
const $$ = (selector) => [...root.querySelectorAll(selector)];
const seen = (selector) => $$(selector).filter((node) => node.checkVisibility({visibilityProperty: true})).length;
const text = (selector) => $(selector)?.textContent ?? null;
const attr = (selector, name) => $(selector)?.getAttribute(name) ?? null;
const css = (selector, name, pseudo) => getComputedStyle($(selector), pseudo).getPropertyValue(name);
const token = (name) => {
  const probe = document.createElement("i");
  probe.style.setProperty("color", `var(${name})`);
  $(".vt-panel").append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
};
const box = (selector) => { const {x, y, width, height} = $(selector).getBoundingClientRect(); return [x, y, width, height].map(Math.round); };
const settled = () => new Promise((done) => setTimeout(done, 0));
const still = async () => { await settled(); for (const one of root.getAnimations()) if (one.effect.getComputedTiming().endTime < Infinity) one.finish(); };
const until = async (check, what) => {
  for (let tries = 0; tries < 400; tries++) {
    const value = await check();
    if (value) return value;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error("never came: " + (what ?? check));
};
const say = async () => {
  const before = $$(".vt-row:not(.vt-mine)").length;
  await widget.send("Hello");
  await until(() => $$(".vt-row:not(.vt-mine):not([hidden])").length > before, "an answer");
};
const point = (name, x, y, target = window) =>
  target.dispatchEvent(new PointerEvent(name, {clientX: x, clientY: y, button: 0, bubbles: true, composed: true}));
const drag = async () => {
  const {x, y} = $(".vt-launcher").getBoundingClientRect();
  point("pointerdown", x + 9, y + 9, $(".vt-launcher"));
  point("pointermove", 30, 30);
  point("pointerup", 30, 30);
  const {position} = $(".vt").dataset;
  await widget.update({layout: {popup: {position: "bottom-right"}}});
  return position;
};
const pressed = (button, other) => {
  const got = [];
  const names = ["header_action", ...(other ? [other] : [])];
  const stop = names.map((name) => widget.on(name, () => got.push(name)));
  opened.length = 0;
  button.click();
  stop.forEach((end) => end());
  return [...opened, ...got];
};
const offer = async (...files) => {
  const input = $("input[type=file]");
  const bag = new DataTransfer();
  for (let at = 0; at < files.length; at += 2)
    bag.items.add(new File([new Uint8Array(files[at + 1])], files[at]));
  input.files = bag.files;
  input.dispatchEvent(new Event("change"));
  await settled();
  const seenNow = [$$(".vt-picked li").length, text(".vt-notice")];
  $$(".vt-picked .vt-remove").forEach((button) => button.click());
  return seenNow;
};
const play = async (steps, instant = false) => {
  await widget.update({scenario: steps && {name: "other", title: "Other", instant, steps}});
  await until(() => !$(".vt-row"), "a new conversation");
};
const typing = async () => {
  await play([{assistant: "Later", delay: 60000}]);
  widget.send("Hi");
  await until(() => text(".vt-row.vt-mine:last-child"));
  await still();
  const value = seen(".vt-typing");
  $(".vt-go").click();
  await play(null);
  return value;
};
const follows = async () => {
  await play([{assistant: "line\n\n".repeat(80)}], true);
  await say();
  await still();
  const {scrollTop, clientHeight, scrollHeight} = $(".vt-scroller");
  await play(null);
  return scrollTop + clientHeight > scrollHeight - 40;
};
const tones = async () => {
  let count = 0;
  const old = AudioContext.prototype.createOscillator;
  AudioContext.prototype.createOscillator = function () { count++; return old.call(this); };
  widget.close();
  await say();
  AudioContext.prototype.createOscillator = old;
  return count > 0;
};
const past = async () => {
  if (!seen(".vt-history")) $$(".vt-header .vt-btn").find((one) => one.title === "History" || one.title === "Conversations").click();
  await until(() => $(".vt-threads"));
  return $$(".vt-threads .vt-btn").length;
};
