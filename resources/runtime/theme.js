/** Theme levers: settings become custom properties; styles/tokens.js works out the rest. */

import { setAttribute, setVariables } from "./dom.js";
import { fontName } from "./fonts.js";

/** @import {Ctx} from "./types" */

/** @param {Ctx} ctx */
export function applyTheme(ctx) {
  const { theme, typography, key } = ctx.config;
  const { frame, face } = ctx;
  const dark = frame.dataset.scheme === "dark";
  /** @param {{enabled: boolean, [name: string]: any}} group @param {string} name */
  const own = (group, name) =>
    group?.enabled ? ((dark && group["dark_" + name]) ?? group[name]) || group[name] : null;
  const greys = theme.grayscale.enabled ? theme.grayscale : { hue: 216, tint: face === "n8n" ? 3 : 0, shade: 0 };
  setAttribute(frame, "data-face", face);
  setAttribute(frame, "data-radius", theme.radius);
  setAttribute(frame, "data-density", theme.density);
  setVariables(frame, {
    "--vt-lever-hue": greys.hue,
    "--vt-lever-tint": greys.tint,
    "--vt-lever-shade": greys.shade,
    "--vt-lever-level": theme.accent.enabled ? (theme.accent.level ?? null) : 0,
    "--vt-lever-bg": own(theme.surface, "background"),
    "--vt-lever-fg": own(theme.surface, "foreground"),
    "--vt-lever-text": own(theme.text, "color"),
    "--vt-lever-icon": own(theme.icon, "color"),
    "--vt-lever-user-bg": own(theme.user_bubble, "background"),
    "--vt-lever-user-text": own(theme.user_bubble, "text"),
    "--vt-lever-code-bg": own(theme.markdown, "code_background"),
    "--vt-lever-code-text": own(theme.markdown, "code_text"),
    "--vt-lever-inline-bg": own(theme.markdown, "inline_code_background"),
    "--vt-lever-inline-text": own(theme.markdown, "inline_code_text"),
    "--vt-lever-link": own(theme.markdown, "link"),
    "--vt-lever-table-border": own(theme.markdown, "table_border"),
    "--vt-lever-table-head": own(theme.markdown, "table_header"),
    "--vt-lever-mono": fontName(typography.font_family_mono, key),
    "--vt-lever-size": typography.base_size + "px",
  });
}

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
