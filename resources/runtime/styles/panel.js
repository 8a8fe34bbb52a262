/** The panel: where it stands in each mode, its header, start screen and history. */

export const PANEL_CSS = `
.vt-panel{display:grid;grid-template:auto minmax(0,1fr) auto/minmax(0,1fr);background:var(--vt-bg);overflow:hidden;outline:none}
.vt-panel>*{grid-column:1}
.vt-body{grid-row:2;position:relative;display:grid;grid-template:minmax(0,1fr)/minmax(0,1fr);min-height:0}
.vt-body>*{grid-area:1/1;min-width:0;min-height:0}
.vt-foot{grid-row:3}
.vt-frame,.vt-body>openai-chatkit{all:unset;grid-area:1/1;display:block;width:100%;height:100%;border:0}
.vt[data-mode=popup] .vt-panel{position:fixed;width:min(var(--vt-width),100vw - var(--vt-x)*2);height:min(var(--vt-height),100vh - var(--vt-room));height:min(var(--vt-height),100dvh - var(--vt-room));
--vt-room:calc(var(--vt-y)*2 + var(--vt-size-launcher) + 4px);
border-radius:var(--vt-radius);box-shadow:0 0 0 1px #0000000f,0 4px 12px #00000014,0 20px 56px #00000033;
transition:opacity var(--vt-slow) var(--vt-ease),translate var(--vt-slow) var(--vt-ease),visibility 0s,width var(--vt-slow) var(--vt-ease),height var(--vt-slow) var(--vt-ease)}
.vt[data-scheme=dark][data-mode=popup] .vt-panel{box-shadow:0 0 0 1px #ffffff17,0 4px 12px #0000004d,0 20px 56px #00000080}
.vt[data-mode=popup][data-position^=bottom] .vt-panel{bottom:calc(var(--vt-y) + var(--vt-size-launcher) + 16px)}
.vt[data-mode=popup][data-position^=top] .vt-panel{top:calc(var(--vt-y) + var(--vt-size-launcher) + 16px)}
.vt[data-mode=popup][data-position$=right] .vt-panel{right:var(--vt-x)}.vt[data-mode=popup][data-position$=left] .vt-panel{left:var(--vt-x)}
.vt[data-mode=popup]:not([data-open]) .vt-panel{opacity:0;translate:0 10px;visibility:hidden;pointer-events:none;transition-delay:0s,0s,var(--vt-slow)}
.vt[data-mode=popup][data-position^=top]:not([data-open]) .vt-panel{translate:0 -10px}
.vt[data-expanded] .vt-panel{--vt-width:max(var(--vt-wide),760px);--vt-height:9999px}
.vt[data-phone] .vt-panel.vt-panel{inset:var(--vt-view-top,0px) 0 auto 0;width:100%;height:var(--vt-view-height,100dvh);border-radius:0;box-shadow:none;
padding:env(safe-area-inset-top,0px) env(safe-area-inset-right,0px) 0 env(safe-area-inset-left,0px);transition:opacity var(--vt-slow),translate var(--vt-slow) var(--vt-ease)}
.vt:is([data-phone],[data-mode=fullpage]) .vt-foot{padding-bottom:env(safe-area-inset-bottom,0px)}
.vt[data-mode=inline]{position:absolute;inset:0}
.vt[data-mode=inline] .vt-panel{height:100%;border-radius:var(--vt-radius);box-shadow:inset 0 0 0 1px var(--vt-border)}
.vt[data-mode=inline] .vt-panel::after{content:"";position:absolute;inset:0;border:1px solid var(--vt-border);border-radius:inherit;pointer-events:none}
.vt[data-mode=fullpage] .vt-panel{position:absolute;inset:var(--vt-view-top,0px) 0 auto;height:var(--vt-view-height,100%)}
.vt[data-mode=fullpage] .vt-foot{width:min(var(--vt-content),100%);margin-inline:auto}
.vt[data-mode=fullpage] .vt-body>*{padding-inline:max(0px,(100% - var(--vt-content))/2)}
.vt[data-mode=portal]{position:absolute;inset:0;overflow:auto;display:grid;grid-template-rows:auto auto;place-content:center;justify-items:center;gap:24px;padding:32px 24px;background:var(--vt-portal)}
.vt[data-mode=portal] .vt-panel{position:relative;width:min(var(--vt-width),100vw - 48px);height:min(var(--vt-height),max(420px,100dvh - 200px));border-radius:var(--vt-radius);box-shadow:0 0 0 1px #0000000d,0 2px 6px #0000000d,0 24px 64px #00000024}
.vt-portal-head{display:none}
.vt[data-mode=portal] .vt-portal-head{display:grid;justify-items:center;gap:8px;max-width:640px;text-align:center;font-family:var(--vt-font);color:color(from var(--vt-portal) xyz-d65 clamp(.0045,(.183 - y)*9999,.9505) clamp(.0047,(.183 - y)*9999,1) clamp(.005,(.183 - y)*9999,1.089))}
.vt-portal-head img{max-height:56px;max-width:220px;margin-bottom:4px}
.vt-portal-head h1{all:unset;font-size:calc(var(--vt-size) + 12px);line-height:1.2;font-weight:650;letter-spacing:-.02em;overflow-wrap:anywhere}
.vt-portal-head p{margin:0;white-space:pre-line;opacity:.8}
@media (max-width:639.98px){.vt[data-mode=portal]{padding:0;gap:0;grid-template-rows:auto minmax(0,1fr);place-content:stretch;justify-items:stretch;overflow:hidden}
.vt[data-mode=portal] .vt-portal-head{padding:16px 20px;gap:2px}.vt-portal-head img{max-height:32px}.vt-portal-head h1{font-size:var(--vt-size-l)}
.vt[data-mode=portal] .vt-panel{width:100%;height:auto;min-height:0;border-radius:var(--vt-radius) var(--vt-radius) 0 0}}

.vt-header{display:flex;align-items:center;gap:4px;min-height:calc(14*var(--vt-unit));padding-block:calc(2*var(--vt-unit));padding-inline:calc(4*var(--vt-unit)) calc(2.5*var(--vt-unit));border-bottom:1px solid var(--vt-border)}
.vt-header:has(>.vt-btn:first-child:not([hidden])){padding-inline-start:calc(2.5*var(--vt-unit))}
.vt-header img{width:36px;height:36px;object-fit:contain;border-radius:var(--vt-radius-small);margin-inline-end:8px}
.vt-heading{flex:1;min-width:0}
.vt-heading h2{all:unset;display:block;font-weight:620;letter-spacing:-.01em;line-height:1.3;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.vt-heading p{margin:0;color:var(--vt-text-2);font-size:var(--vt-size-s);line-height:1.3;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
[data-face=chatkit] .vt-header{border-bottom-color:transparent}
[data-face=chatkit] .vt-heading h2{font-weight:600}
.vt-panel>.vt-float{position:absolute;z-index:5;inset-block-start:calc(10px + env(safe-area-inset-top,0px));inset-inline-end:10px;background:var(--vt-surface)}

.vt-intro{display:flex;flex-direction:column;gap:calc(4*var(--vt-unit));padding:calc(6*var(--vt-unit)) calc(4*var(--vt-unit)) calc(3*var(--vt-unit))}
.vt-greeting{all:unset;display:block;font-size:var(--vt-size-xl);line-height:1.25;font-weight:650;letter-spacing:-.02em;overflow-wrap:anywhere;text-wrap:balance}
.vt-intro p{margin:calc(-2*var(--vt-unit)) 0 0;color:var(--vt-text-2);white-space:pre-line;overflow-wrap:anywhere}
.vt-prompts{display:flex;flex-direction:column;gap:calc(2*var(--vt-unit));margin:0;padding:0;list-style:none}
.vt-prompts .vt-chip{width:100%;padding-block:calc(2.5*var(--vt-unit))!important;font-size:calc(var(--vt-size) - 1px)!important;line-height:1.35!important;border-radius:min(var(--vt-radius-control),18px)}
.vt-prompts .vt-chip>span{overflow-wrap:anywhere;min-width:0}
@media (min-width:640px){:is([data-mode=fullpage],[data-mode=portal])[data-face=n8n] .vt-intro{padding-top:max(12%,32px);text-align:center}
:is([data-mode=fullpage],[data-mode=portal])[data-face=n8n] .vt-prompts{flex-flow:wrap;justify-content:center}
:is([data-mode=fullpage],[data-mode=portal])[data-face=n8n] .vt-prompts .vt-chip{width:auto}
:is([data-mode=fullpage],[data-mode=portal])[data-face=n8n] .vt-greeting{font-size:calc(var(--vt-size) + 14px)}}
[data-face=chatkit] .vt-intro{min-height:100%;box-sizing:border-box;padding-bottom:calc(2*var(--vt-unit))}
[data-face=chatkit] .vt-greeting{margin:auto;padding-block:calc(4*var(--vt-unit));font-size:calc(var(--vt-size) + 8px);font-weight:600;text-align:center}
[data-face=chatkit] .vt-prompts{display:flex;gap:0}
[data-face=chatkit] .vt-prompts .vt-chip{border-color:transparent!important;padding-inline:calc(2.5*var(--vt-unit))!important;gap:12px}
[data-face=chatkit] .vt-prompts li+li{border-top:1px solid var(--vt-border)}
[data-face=chatkit] .vt-prompts .vt-chip:hover{border-radius:min(var(--vt-radius-control),14px)}
.vt-welcome{z-index:3;display:flex;flex-direction:column;justify-content:center;gap:calc(4*var(--vt-unit));padding:calc(6*var(--vt-unit));overflow:auto;background:var(--vt-bg);text-align:center;animation:vt-fade var(--vt-slow)}
.vt-welcome p{margin:0;color:var(--vt-text-2);white-space:pre-line}
.vt-welcome .vt-greeting{font-size:calc(var(--vt-size) + 12px)}
.vt-welcome .vt-btn-fill{align-self:center;margin-top:calc(2*var(--vt-unit))}
.vt-powered{display:flex;justify-content:center;gap:12px;padding:0 16px calc(2.5*var(--vt-unit));color:var(--vt-text-2);font-size:12px;line-height:16px}
.vt-simulated{padding-inline:8px;border-radius:8px;background:var(--vt-hover)}

.vt-history{grid-area:2/1/4/1;z-index:4;display:flex;flex-direction:column;background:var(--vt-bg);overflow:auto;padding:calc(2*var(--vt-unit)) calc(2.5*var(--vt-unit));animation:vt-fade var(--vt-fast)}
.vt-history h3{all:unset;display:block;padding:calc(2*var(--vt-unit)) calc(2.5*var(--vt-unit));font-size:var(--vt-size-s);color:var(--vt-text-2);font-weight:600}
.vt-history p{margin:auto;padding:24px;color:var(--vt-text-2);text-align:center}
.vt-threads{margin:0;padding:0;list-style:none}
.vt-threads li{display:flex;align-items:center;border-radius:min(var(--vt-radius-control),12px)}
.vt-threads li:is(:hover,:focus-within){background:var(--vt-hover)}
.vt-threads :is(input,li>button:first-child){flex:1;min-width:0;padding:calc(2.25*var(--vt-unit)) calc(2.5*var(--vt-unit))!important;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.vt-threads time{display:block;color:var(--vt-text-2);font-size:var(--vt-size-xs)}
.vt-threads .vt-icon{width:17px;height:17px}
@media (hover:hover){.vt-threads li:not(:hover,:focus-within) .vt-btn{opacity:0}}
`;
