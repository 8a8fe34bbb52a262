/** A question as a form with files, or as an address's query. */

import { toJson } from "./safely.js";

/** @param {Record<string, unknown>} fields @param {File[]} files */
export function formOf(fields, files) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, asField(value));
  for (const file of files) form.append("files", file, file.name);
  return form;
}

/** @param {string} address @param {Record<string, unknown>} fields */
export function withQuery(address, fields) {
  const url = new URL(address);
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, asField(value));
  return url.href;
}

/** @param {unknown} value */
function asField(value) {
  return typeof value === "string" ? value : toJson(value);
}
