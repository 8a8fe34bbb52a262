/** How a file looks, on its way and in a message. */

import { h } from "./dom.js";

/** @import {Ctx} from "./types" */

/** A file's name and size, or its picture if it is one. @param {Ctx} ctx @param {{name: string, size: number, type: string, blob?: Blob}} file */
export function fileChip(ctx, file) {
  const picture = file.blob && /^image\/(png|jpeg|gif|webp|avif)$/.test(file.type);
  const node = h("span", { class: "vt-file", title: file.name });
  const tell = () => node.replaceChildren(ctx.icon("file"), h("bdi", null, file.name), h("small", null, sizeOf(file.size, ctx.locale)));
  if (picture && file.blob) {
    const address = URL.createObjectURL(file.blob);
    const done = () => URL.revokeObjectURL(address);
    const onerror = () => {
      done();
      node.className = "vt-file"; // its type was only said
      tell();
    };
    node.className += " vt-picture";
    node.append(h("img", { alt: file.name, src: address, onload: done, onerror }));
  } else tell();
  return node;
}

/** @param {number} bytes @param {string} locale */
function sizeOf(bytes, locale) {
  const [unit, value] = bytes < 1e6 ? ["kilobyte", Math.max(1, Math.round(bytes / 1e3))] : ["megabyte", bytes / 1e6];
  return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
}
