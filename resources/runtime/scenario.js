/**
 * Scripted conversations for the preview: what a backend would say, without one.
 *
 * A script is `{name, title, steps, speed?, instant?}`. A step is one of
 * `{"user": text, "files"?: [{name, size, type}]}` the visitor writes (or the designer, in place of it),
 * `{"assistant": text, "delay"?: ms, "pace"?: ms a word, "hold"?: words after which it stands still}`, with `"buttons"?: [{text, link}], "blocks"?: bool`,
 * `{"error": code, "status"?: number, "after"?: text}` a failure, perhaps after some words,
 * `{"history": [{"role": "user" | "assistant", "text"}]}` what was said before, `{"wait": ms}` a pause.
 */

import { ChatFault } from "./faults.js";

/** @import {Ctx} from "./types" */
/** @import {Question, Reply} from "./n8n.js" */
/** @typedef {Record<string, any>} Step */
/** @typedef {{name: string, title: string, steps: Step[], speed?: number, instant?: boolean}} Script */

const KINDS = ["user", "assistant", "error", "history", "wait"];
const CODES = ["network", "offline", "timeout", "busy", "server", "inactive", "denied", "empty"];
/** @type {Script} */
const USUAL = {
  name: "usual",
  title: "Any question",
  steps: [
    { assistant: "Good question. This is a **scripted answer**: the preview plays it without a network, so you can see how replies look and feel.\n\n- It streams word by word\n- Lists, [links](https://example.com), `code` and tables are drawn as they will be\n\nConnect a backend to hear the real one." },
    { assistant: "Gladly. Anything else I can do for you?" },
  ],
};

/**
 * Everything that is wrong with a script, as sentences; none where it can be played.
 * @param {any} script
 * @returns {string[]}
 */
export function scriptFaults(script) {
  if (!script || typeof script !== "object") return ["A scenario is an object."];
  const faults = [];
  for (const name of ["name", "title"]) if (typeof script[name] !== "string" || !script[name]) faults.push(`${name}: is missing.`);
  if (!Array.isArray(script.steps) || !script.steps.length) return [...faults, "steps: holds no step."];
  script.steps.forEach((/** @type {any} */ step, /** @type {number} */ index) => {
    const kind = step && typeof step === "object" ? KINDS.find((one) => one in step) : undefined;
    if (!kind) faults.push(`steps.${index}: is none of ${KINDS.join(", ")}.`);
    else if ((kind === "user" || kind === "assistant") && typeof step[kind] !== "string") faults.push(`steps.${index}.${kind}: is no text.`);
    else if (kind === "error" && !CODES.includes(step.error)) faults.push(`steps.${index}.error: is none of ${CODES.join(", ")}.`);
    else if (kind === "wait" && !(step.wait >= 0 && step.wait <= 60000)) faults.push(`steps.${index}.wait: is no number of milliseconds up to 60000.`);
    else if (kind === "history" && !Array.isArray(step.history)) faults.push(`steps.${index}.history: is no list.`);
  });
  return faults;
}

/**
 * A transport that answers from a script.
 * @param {Ctx} ctx
 * @param {any} [wanted]
 */
export function createScenario(ctx, wanted) {
  const faults = wanted ? scriptFaults(wanted) : [];
  /** @type {Script} */
  const script = wanted && !faults.length ? wanted : USUAL;
  if (faults.length) ctx.emit("error", { code: "scenario", status: 0, detail: faults.join(" ") });
  const { steps, speed = 1, instant = false } = script;
  const answers = steps.filter((step) => "assistant" in step || "error" in step);
  let at = 0;
  let extra = 0;
  let over = false;

  /** @param {number} time @param {AbortSignal} [signal] */
  const pause = (time, signal) =>
    instant || !time ? Promise.resolve() : new Promise((done) => {
      const timer = setTimeout(done, time / speed, null);
      signal?.addEventListener("abort", () => (clearTimeout(timer), done(null)));
      // Where the preview has stopped time, the next word waits till it runs again.
    }).then(() => /** @type {any} */ (globalThis).vitrineHeld);

  /** @param {string} text @param {Step} step @param {Reply} reply @param {AbortSignal} signal @param {string} bubble */
  async function speak(text, step, reply, signal, bubble) {
    await pause(step.delay ?? 700, signal);
    if (instant && !step.hold) return reply.set(bubble, text);
    const words = text.match(/\s*\S+\s?/g) ?? [];
    let said = "";
    for (let index = 0; index < words.length && !signal.aborted && !over; index++) {
      said += words[index];
      reply.set(bubble, said);
      if (index + 1 === step.hold) await aborted(signal);
      await pause(step.pace ?? 34, signal);
    }
    if (!signal.aborted) reply.set(bubble, text);
  }

  /** @param {Step} step @param {Reply} reply @param {AbortSignal} signal @param {string} bubble */
  async function play(step, reply, signal, bubble) {
    if ("wait" in step) return pause(step.wait, signal);
    if ("error" in step) {
      if (step.after) await speak(step.after, step, reply, signal, bubble);
      else await pause(step.delay ?? 900, signal);
      throw new ChatFault(step.error, step.status ?? 0, `scenario ${script.name}`);
    }
    if (step.buttons) {
      await pause(step.delay ?? 700, signal);
      return reply.ask(step.assistant, step.buttons, Boolean(step.blocks));
    }
    if ("assistant" in step) await speak(step.assistant, step, reply, signal, bubble);
  }

  return {
    /** Sets the scene, then lets the script's visitor write. @param {any} conversation */
    async begin(conversation) {
      for (; steps[at] && "history" in steps[at]; at++)
        for (const { role, text } of steps[at].history) conversation.add(role === "user" ? "user" : "assistant", String(text), { told: true, time: Date.now() - 86400000 });
      while (!over && steps[at]) {
        const step = steps[at];
        if ("wait" in step) {
          at++;
          await pause(step.wait);
        } else if ("user" in step) {
          await pause(step.delay ?? 900);
          if (over || steps[at] !== step || conversation.status !== "idle") return;
          at++;
          await conversation.send(step.user, { files: (step.files ?? []).map(fileOf) });
        } else return;
      }
    },

    /** @param {Question} _question @param {Reply} reply @param {AbortSignal} signal */
    async send(_question, reply, signal) {
      if (steps[at] && "user" in steps[at] && !conversationWaits(steps, at)) at++;
      let played = 0;
      for (; steps[at] && !("user" in steps[at]) && !signal.aborted; played++) await play(steps[at++], reply, signal, `${at}-${extra}`);
      if (!played && answers.length) {
        const step = answers[extra++ % answers.length];
        await play(step, reply, signal, `again-${extra}`);
      }
    },

    history: async () => [],
    press: () => pause(500),
    hangUp: () => void (over = true),
  };
}

/** For a picture of a moment: waits until the visitor stops the answer. @param {AbortSignal} signal @returns {Promise<void>} */
function aborted(signal) {
  return new Promise((done) => signal.addEventListener("abort", () => done()));
}

/** Whether the answers to what was just said stand at `at`. @param {Step[]} steps @param {number} at */
function conversationWaits(steps, at) {
  return at > 0 && "user" in steps[at - 1];
}

/** A file that has a name, a type and a size only; a picture is a picture, though. @param {{name: string, size?: number, type?: string}} plain */
function fileOf({ name, size = 1000, type = "" }) {
  const parts = type.startsWith("image/") ? [drawnPicture()] : [];
  const file = new File(parts, name, { type: parts.length ? "image/png" : type });
  return Object.defineProperty(file, "size", { value: size });
}

/** A quiet landscape, so that the preview has something to show. */
function drawnPicture() {
  const canvas = document.createElement("canvas");
  canvas.width = 360;
  canvas.height = 240;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const sky = pen.createLinearGradient(0, 0, 0, 240);
  sky.addColorStop(0, "#8fb8de");
  sky.addColorStop(1, "#f6d9b8");
  pen.fillStyle = sky;
  pen.fillRect(0, 0, 360, 240);
  for (const [color, height, step] of /** @type {const} */ ([["#7a95ad", 120, 90], ["#4f6d7a", 165, 60], ["#2f4550", 205, 40]])) {
    pen.fillStyle = color;
    pen.beginPath();
    pen.moveTo(0, 240);
    for (let x = 0; x <= 360; x += step) pen.lineTo(x, height - ((x / step) % 2) * step * 0.6);
    pen.lineTo(360, 240);
    pen.fill();
  }
  const letters = atob(canvas.toDataURL("image/png").split(",")[1]);
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}
