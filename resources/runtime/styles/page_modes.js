/** The panel in a page: inline, full page and portal. */

export const PAGE_MODES_CSS = `
.vt[data-mode=inline]{position:absolute;inset:0}
.vt[data-mode=inline] .vt-panel{height:100%;border-radius:var(--vt-radius);box-shadow:inset 0 0 0 1px var(--vt-border)}
.vt[data-mode=inline] .vt-panel::after{content:"";position:absolute;inset:0;border:1px solid var(--vt-border);border-radius:inherit;pointer-events:none}
.vt[data-mode=fullpage] .vt-panel{padding:env(safe-area-inset-top) env(safe-area-inset-right) 0 env(safe-area-inset-left);position:absolute;inset:var(--vt-view-top,0px) 0 auto;height:var(--vt-view-height,100%)}
.vt[data-mode=fullpage] .vt-foot{padding-bottom:env(safe-area-inset-bottom);width:min(var(--vt-content),100%);margin-inline:auto}
.vt[data-mode=fullpage] :is(.vt-scroller,.vt-body>:not(.vt-messages)){padding-inline:max(0px,(100% - var(--vt-content))/2)}
.vt[data-mode=portal]{position:absolute;inset:0;overflow:auto;display:grid;grid-template:auto auto/minmax(0,1fr);align-content:center;justify-items:center;gap:24px;padding:32px max(24px,env(safe-area-inset-right)) 32px max(24px,env(safe-area-inset-left));background:var(--vt-portal)}
.vt[data-mode=portal] .vt-panel{position:relative;width:min(var(--vt-width),100%);height:min(var(--vt-height),max(420px,100dvh - 200px));border-radius:var(--vt-radius);box-shadow:0 0 0 1px #0000000d,0 2px 6px #0000000d,0 24px 64px #00000024}
.vt[data-mode=portal] .vt-portal-head{display:grid;justify-items:center;gap:8px;max-width:640px;text-align:center;font-family:var(--vt-font);color:color(from var(--vt-portal) xyz-d65 clamp(.0045,(.183 - y)*9999,.9505) clamp(.0047,(.183 - y)*9999,1) clamp(.005,(.183 - y)*9999,1.089))}
.vt-portal-head img{max-height:56px;max-width:220px;margin-bottom:4px}
.vt-portal-head h1{all:unset;font-size:calc(var(--vt-size) + 12px);line-height:1.2;font-weight:650;letter-spacing:-.02em;overflow-wrap:anywhere}
.vt-portal-head p{margin:0;white-space:pre-line;opacity:.8}
@media (max-width:639.98px){.vt[data-mode=portal]{padding:env(safe-area-inset-top) 0 0;gap:0;grid-template-rows:auto minmax(0,1fr);place-content:stretch;justify-items:stretch;overflow:hidden}
.vt[data-mode=portal] .vt-portal-head{padding:16px 20px;gap:2px}.vt-portal-head img{max-height:32px}.vt-portal-head h1{font-size:var(--vt-size-l)}
.vt[data-mode=portal] .vt-foot{padding-bottom:env(safe-area-inset-bottom)}
.vt[data-mode=portal] .vt-panel{width:100%;height:auto;min-height:0;border-radius:var(--vt-radius) var(--vt-radius) 0 0}}
@media (min-width:640px){:is([data-mode=fullpage],[data-mode=portal])[data-face=n8n] .vt-intro{padding-top:max(12%,32px);text-align:center}
:is([data-mode=fullpage],[data-mode=portal])[data-face=n8n] .vt-prompts{flex-flow:wrap;justify-content:center}
:is([data-mode=fullpage],[data-mode=portal])[data-face=n8n] .vt-prompts .vt-chip{width:auto}
:is([data-mode=fullpage],[data-mode=portal])[data-face=n8n] .vt-greeting{font-size:calc(var(--vt-size) + 14px)}}
`;
