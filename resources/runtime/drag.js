/** Dragging the launcher to another corner of the window. */

/**
 * Let a button be dragged while `allowed`; on release tell the corner nearest to it.
 * @param {HTMLElement} node @param {() => boolean} allowed @param {(position: string) => void} drop
 */
export function dragToCorner(node, allowed, drop) {
  /** @type {PointerEvent | null} */
  let from = null;
  let held = false;

  /** @param {PointerEvent} event */
  function move(event) {
    if (!from) return;
    const [x, y] = [event.clientX - from.clientX, event.clientY - from.clientY];
    if (!held && Math.hypot(x, y) < 6) return;
    if (!held) node.setPointerCapture(event.pointerId);
    held = true;
    node.classList.add("vt-held");
    node.style.translate = `${x}px ${y}px`;
  }

  /** @param {PointerEvent} event */
  function release(event) {
    if (held && event.type === "pointerup") {
      const edge = event.clientY < innerHeight / 2 ? "top" : "bottom";
      drop(`${edge}-${event.clientX < innerWidth / 2 ? "left" : "right"}`);
    }
    from = null;
    node.style.translate = "";
    node.classList.remove("vt-held");
  }

  node.addEventListener("pointerdown", (event) => {
    held = false;
    from = allowed() && event.button === 0 ? event : null;
  });
  node.addEventListener("pointermove", move);
  for (const sign of /** @type {const} */ (["pointerup", "pointercancel"])) node.addEventListener(sign, release);
  // The click that ends a drag opens nothing.
  node.addEventListener("click", (event) => held && event.stopImmediatePropagation(), true);
}
