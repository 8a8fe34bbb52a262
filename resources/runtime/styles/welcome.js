/** Look of the screen before the first conversation. */

export const WELCOME_CSS = `
.vt-welcome{z-index:3;display:flex;flex-direction:column;justify-content:center;gap:calc(4*var(--vt-unit));padding:calc(6*var(--vt-unit));overflow:auto;background:var(--vt-bg);text-align:center;animation:vt-fade var(--vt-slow)}
.vt[data-mode=fullpage] .vt-body>.vt-welcome{padding-inline:max(calc(6*var(--vt-unit)),(100% - var(--vt-content))/2)}
.vt-welcome p{margin:0;color:var(--vt-text-2);white-space:pre-line}
.vt-welcome .vt-greeting{font-size:calc(var(--vt-size) + 12px)}
.vt-welcome .vt-btn-fill{align-self:center;margin-top:calc(2*var(--vt-unit))}
`;
