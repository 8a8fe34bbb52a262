/** Colours of code. */

export const HIGHLIGHT_CSS = `
.vt-hl-k{color:oklch(from var(--vt-code-text) calc(l*.62 + .2) .17 320)}
.vt-hl-s{color:oklch(from var(--vt-code-text) calc(l*.62 + .2) .13 150)}
.vt-hl-n{color:oklch(from var(--vt-code-text) calc(l*.62 + .2) .14 55)}
.vt-hl-c{color:color-mix(in oklab,currentColor 72%,var(--vt-code-bg));font-style:italic}
`;
