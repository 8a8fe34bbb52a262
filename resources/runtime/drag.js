/** Dragging the launcher to another corner of the window. */

/**
 * Let a button be dragged while `allowed`; on release tell the corner nearest to it.
 * @param {HTMLElement} node @param {() => boolean} allowed @param {(position: string) => void} drop
 */
export function dragToCorner(node, allowed, drop) {
  let held = false;
  node.addEventListener("pointerdown", (start) => {
    held = false;
    if (!allowed() || start.button !== 0) return;
    const away = new AbortController();
    /** @param {PointerEvent} event */
    const move = ({ clientX, clientY }) => {
      const [x, y] = [clientX - start.clientX, clientY - start.clientY];
      held ||= Math.hypot(x, y) > 5;
      node.classList.toggle("vt-held", held);
      if (held) node.style.translate = `${x}px ${y}px`;
    };
    /** @param {PointerEvent} event */
    const release = ({ type, clientX, clientY }) => {
      away.abort();
      node.style.translate = "";
      node.classList.remove("vt-held");
      const edge = clientY < innerHeight / 2 ? "top" : "bottom";
      if (held && type === "pointerup") drop(`${edge}-${clientX < innerWidth / 2 ? "left" : "right"}`);
    };
    addEventListener("pointermove", move, { signal: away.signal });
    for (const end of /** @type {const} */ (["pointerup", "pointercancel"]))
      addEventListener(end, release, { signal: away.signal });
  });
  // The click that ends a drag opens nothing.
  node.addEventListener("click", (event) => held && event.stopImmediatePropagation(), true);
}
