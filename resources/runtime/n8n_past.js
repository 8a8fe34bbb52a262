/** What n8n's memory says was talked about before. */

/** @typedef {{role: "user" | "assistant", text: string}} Past */

/** Only what people and the assistant said. @param {any} body @returns {Past[]} */
export function pastOf(body) {
  return (Array.isArray(body?.data) ? body.data : []).flatMap(historyItem);
}

/** @param {any} item @returns {Past[]} */
function historyItem(item) {
  const kind = Array.isArray(item?.id) ? item.id[item.id.length - 1] : "";
  const content = item?.kwargs?.content;
  const text = Array.isArray(content)
    ? content.map((part) => (typeof part === "string" ? part : part?.type === "text" ? String(part.text ?? "") : "")).join("")
    : typeof content === "string" ? content : "";
  if (!text.trim() || (kind !== "HumanMessage" && kind !== "AIMessage")) return [];
  return [{ role: kind === "HumanMessage" ? "user" : "assistant", text }];
}
