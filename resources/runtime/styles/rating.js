/** Look of the question at the end. */

export const RATING_CSS = `
.vt-rating{display:grid;justify-items:center;gap:4px;padding:calc(2*var(--vt-unit)) calc(4*var(--vt-unit)) calc(4*var(--vt-unit));color:var(--vt-text-2);font-size:var(--vt-size-s)}
.vt-rating p{margin:0}.vt-rating>div{display:flex}
.vt-rating [aria-pressed=true]{color:var(--vt-link)!important}.vt-rating [aria-pressed=true] .vt-icon{fill:currentColor}
`;
