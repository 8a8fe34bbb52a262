/** Look of the buttons of a workflow that waits. */

export const CHOICES_CSS = `
.vt-choices{display:flex;flex-wrap:wrap;gap:8px;margin-top:calc(2.5*var(--vt-unit))}.vt-choices>*{font-size:var(--vt-size-s)!important;border-color:var(--vt-border-strong)!important}
.vt-choices :disabled{opacity:.55;cursor:default}.vt-choices [aria-pressed=true]{opacity:1;outline:2px solid var(--vt-accent)}
`;
