/** Colours, corners, space and type, worked out by CSS from the levers that theme.js sets. */

// Hues are HSL's, as people know them; lightness and chroma are OKLCH's, as eyes see them.
// How ChatKit itself bends its greys is not published; this is our reading, in OKLCH.
export const TOKENS_CSS = `
.vt{
--vt-c:calc(var(--vt-lever-tint)/100);--vt-k:calc(var(--vt-lever-shade)/100);--vt-tone:hsl(var(--vt-lever-hue) 80% 50%);
--vt-bg:var(--vt-own-surface-background,oklch(from var(--vt-tone) calc(1 - var(--vt-c)*.06 - max(0,var(--vt-k))*.35) calc(var(--vt-c)*.07) h));
--vt-surface:var(--vt-own-surface-foreground,oklch(from var(--vt-tone) calc(.968 - var(--vt-c)*.06 - var(--vt-k)*.4) calc(.002 + var(--vt-c)*.13) h));
--vt-text:var(--vt-own-text-color,oklch(from var(--vt-tone) calc(.26 - var(--vt-k)*.3) calc(.012 + var(--vt-c)*.22) h));
--vt-link:var(--vt-own-markdown-link,oklch(from var(--vt-accent) min(l,.52) c h));
--vt-danger:light-dark(#b42318,#fda29b);--vt-danger-bg:light-dark(#fef3f2,#3b2422);
--vt-on-accent:color(from var(--vt-accent) xyz-d65 max(x*var(--vt-dim),var(--vt-bright)) max(y*var(--vt-dim),var(--vt-bright)) max(z*var(--vt-dim),var(--vt-bright))/1);
--vt-border:color-mix(in oklab,var(--vt-text) 11%,var(--vt-bg));--vt-border-strong:color-mix(in oklab,var(--vt-text) 24%,var(--vt-bg));
--vt-hover:color-mix(in oklab,var(--vt-text) 6%,transparent);--vt-active:color-mix(in oklab,var(--vt-text) 11%,transparent);
--vt-text-2:color-mix(in oklab,var(--vt-text) 70%,var(--vt-bg));
--vt-icon:var(--vt-own-icon-color,var(--vt-text-2));
--vt-user-bg:var(--vt-own-user_bubble-background,var(--vt-accent));--vt-user-text:var(--vt-own-user_bubble-text,var(--vt-on-accent));
--vt-focus:oklch(from var(--vt-link) l c h/.9);
--vt-font:var(--vt-lever-font,system-ui),system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif,"Apple Color Emoji","Segoe UI Emoji","Noto Color Emoji";
--vt-size:var(--vt-lever-size,16px);--vt-size-s:calc(var(--vt-size) - 2px);--vt-size-xs:calc(var(--vt-size) - 4px);
--vt-size-l:calc(var(--vt-size) + 2px);--vt-size-xl:calc(var(--vt-size) + 8px);--vt-line:1.5;
--vt-unit:4px;--vt-target:32px;
--vt-radius:16px;--vt-radius-control:10px;--vt-radius-bubble:16px;--vt-radius-small:6px}
.vt[data-scheme=dark]{
--vt-bg:var(--vt-own-surface-background,oklch(from var(--vt-tone) calc(.205 - var(--vt-k)*.5) calc(.003 + var(--vt-c)*.12) h));
--vt-surface:var(--vt-own-surface-foreground,oklch(from var(--vt-tone) calc(.265 - var(--vt-k)*.5) calc(.004 + var(--vt-c)*.15) h));
--vt-text:var(--vt-own-text-color,oklch(from var(--vt-tone) calc(.94 - max(0,var(--vt-k))*.3) calc(.002 + var(--vt-c)*.06) h));
--vt-link:var(--vt-own-markdown-link,oklch(from var(--vt-accent) max(l,.78) c h))}
@media (pointer:coarse){.vt{--vt-target:44px}}
@media (prefers-contrast:more){.vt{--vt-text-2:var(--vt-text);--vt-border:var(--vt-border-strong)}}
`;
