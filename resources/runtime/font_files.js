/** The widget's own font files. */

/** @import {Ctx} from "./types" */

/**
 * Load the widget's font files under names of our own, so that the page's fonts stay its own.
 * @param {Ctx} ctx @returns {() => void} takes them away again
 */
export function loadFonts(ctx) {
  const { key, typography } = ctx.config;
  const faces = /** @type {any[]} */ (typography.font_sources).map(
    ({ family, src, weight, style, display, unicode_range }) =>
      new FontFace(`vt-${key}-${family}`, `url(${JSON.stringify(src)})`, {
        weight,
        style,
        display,
        ...(unicode_range && { unicodeRange: unicode_range }),
      }),
  );
  for (const face of faces) {
    document.fonts.add(face);
    face.load().catch(() => ctx.emit("error", { code: "font_unreachable", message: face.family }));
  }
  return () => faces.forEach((face) => document.fonts.delete(face));
}
