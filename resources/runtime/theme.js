/** Theme levers: settings become custom properties; styles/tokens.js works out the rest. */

import { setAttribute, setVariables } from "./dom.js";
import { fontName } from "./fonts.js";

/** @import {Ctx} from "./types" */

/** Parts of the theme whose settings are colours; each is `--vt-own-PART-SETTING` to the style sheets. */
const COLORED = ["surface", "text", "icon", "user_bubble", "markdown"];

/** @param {Ctx} ctx */
export function applyTheme(ctx) {
  const { theme, typography, key } = ctx.config;
  const { frame, face } = ctx;
  const dark = frame.dataset.scheme === "dark";
  const greys = theme.grayscale.enabled ? theme.grayscale : { hue: 216, tint: face === "n8n" ? 3 : 0, shade: 0 };
  setAttribute(frame, "data-face", face);
  setAttribute(frame, "data-radius", theme.radius);
  setAttribute(frame, "data-density", theme.density);
  setVariables(frame, {
    "--vt-lever-hue": greys.hue,
    "--vt-lever-tint": greys.tint,
    "--vt-lever-shade": greys.shade,
    "--vt-lever-level": theme.accent.enabled ? (theme.accent.level ?? null) : 0,
    "--vt-lever-mono": fontName(typography.font_family_mono, key),
    "--vt-lever-size": typography.base_size + "px",
    ...ownColors(ctx, dark),
  });
}

/** What the owner's colours are now, by the names that the style sheets know; null where there is none. @param {Ctx} ctx @param {boolean} dark */
function ownColors({ config, frame }, dark) {
  /** @type {Record<string, string | null>} */
  const found = {};
  for (const name of frame.style) if (name.startsWith("--vt-own-")) found[name] = null;
  for (const group of COLORED)
    if (config.theme[group]?.enabled)
      for (const [name, color] of Object.entries(config.theme[group])) found[`--vt-own-${group}-${name}`] = (dark && config.theme[group]["dark_" + name]) || color;
  return found;
}
