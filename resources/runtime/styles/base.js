/** Pieces that every part uses: buttons, chips, menus, hidden text, scroll bars. */

export const BASE_CSS = `
.vt-panel{font:400 var(--vt-size)/var(--vt-line) var(--vt-font);color:var(--vt-text);-webkit-font-smoothing:antialiased}
.vt-panel *{scrollbar-width:thin;scrollbar-color:var(--vt-border-strong) transparent}
.vt-panel ::selection{background:color-mix(in oklab,var(--vt-accent) 28%,transparent)}
.vt-panel ::placeholder{color:var(--vt-text-2);opacity:1}
.vt-panel :focus-visible{outline:2px solid var(--vt-focus);outline-offset:2px}
.vt-btn{display:inline-grid!important;place-items:center;flex:none;min-width:var(--vt-target);height:var(--vt-target);border-radius:var(--vt-radius-control);color:var(--vt-icon)!important;position:relative;transition:background var(--vt-fast),color var(--vt-fast),scale var(--vt-fast)}
.vt-btn:hover,.vt-btn[aria-expanded=true]{background:var(--vt-hover);color:var(--vt-text)!important}
.vt-btn:active{background:var(--vt-active)}
.vt-btn:disabled{opacity:.4;pointer-events:none}
.vt-btn-fill{display:inline-flex!important;align-items:center;justify-content:center;gap:8px;min-height:max(40px,var(--vt-target));padding-inline:20px!important;border-radius:var(--vt-radius-control);background:var(--vt-accent);color:var(--vt-on-accent)!important;font-weight:600!important;transition:filter var(--vt-fast),scale var(--vt-fast)}
.vt-btn-fill:hover{filter:brightness(1.08)}.vt-btn-fill:active{scale:.98}
.vt-chip{display:inline-flex!important;align-items:center;gap:8px;min-height:var(--vt-target);padding:calc(1.5*var(--vt-unit)) calc(3*var(--vt-unit))!important;border:1px solid var(--vt-border)!important;border-radius:var(--vt-radius-control);text-align:start;transition:background var(--vt-fast),border-color var(--vt-fast)}
.vt-chip:hover{background:var(--vt-hover);border-color:var(--vt-border-strong)!important}
.vt-chip .vt-icon{color:var(--vt-icon)}
.vt-hidden-text{position:absolute!important;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@keyframes vt-pop{from{opacity:0;translate:0 4px;scale:.98}}
@keyframes vt-fade{from{opacity:0}}
@media (prefers-reduced-motion:reduce){.vt-panel,.vt-panel *{animation-duration:1ms!important;transition:none!important}}
@media (forced-colors:active){.vt-btn-fill,.vt-chip,.vt-menu{border:1px solid ButtonText!important}.vt-btn:focus-visible{outline-color:Highlight}}
`;
