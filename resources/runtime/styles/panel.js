/** The panel: where it stands in each mode, its header, start screen and history. */

// A transparent outline is seen where colours are forced, and shadows are gone.

export const PANEL_CSS = `
.vt-panel{display:grid;grid-template:auto minmax(0,1fr) auto/minmax(0,1fr);background:var(--vt-bg);overflow:hidden;outline:1px solid transparent}
.vt-panel>*{grid-column:1}
.vt-body{grid-row:2;position:relative;display:grid;grid-template:minmax(0,1fr)/minmax(0,1fr);min-height:0}
.vt-body>*{grid-area:1/1;min-width:0;min-height:0}
.vt-foot{grid-row:3}
.vt[data-mode=popup] .vt-panel{position:fixed;width:min(var(--vt-width),100vw/var(--vt-zoom) - var(--vt-x) - min(var(--vt-x),24px));height:min(var(--vt-height),100vh/var(--vt-zoom) - var(--vt-room));height:min(var(--vt-height),100dvh/var(--vt-zoom) - var(--vt-room));
--vt-room:calc(var(--vt-y) + min(var(--vt-y),58px) + var(--vt-size-launcher) + 4px);
border-radius:var(--vt-radius);box-shadow:0 0 0 1px #0000000f,0 4px 12px #00000014,0 20px 56px #00000033;
transition:opacity var(--vt-slow) var(--vt-ease),translate var(--vt-slow) var(--vt-ease),visibility 0s,width var(--vt-slow) var(--vt-ease),height var(--vt-slow) var(--vt-ease)}
@starting-style{.vt-panel{opacity:0}}
.vt[data-scheme=dark][data-mode=popup] .vt-panel{box-shadow:0 0 0 1px #ffffff17,0 4px 12px #0000004d,0 20px 56px #00000080}
.vt[data-mode=popup][data-position^=bottom] .vt-panel{bottom:calc(var(--vt-y) + var(--vt-size-launcher) + 16px)}
.vt[data-mode=popup][data-position^=top] .vt-panel{top:calc(var(--vt-y) + var(--vt-size-launcher) + 16px)}
.vt[data-mode=popup][data-position$=right] .vt-panel{right:var(--vt-x)}.vt[data-mode=popup][data-position$=left] .vt-panel{left:var(--vt-x)}
.vt[data-mode=popup]:not([data-open]) .vt-panel{opacity:0;translate:0 10px;visibility:hidden;pointer-events:none;transition-delay:0s,0s,var(--vt-slow)}
.vt[data-mode=popup][data-position^=top]:not([data-open]) .vt-panel{translate:0 -10px}
.vt[data-phone] .vt-panel.vt-panel{inset:var(--vt-view-top,0px) 0 auto 0;width:100%;height:var(--vt-view-height,calc(100dvh/var(--vt-zoom)));border-radius:0;box-shadow:none;
padding:env(safe-area-inset-top) env(safe-area-inset-right) 0 env(safe-area-inset-left);transition:opacity var(--vt-slow),translate var(--vt-slow) var(--vt-ease)}
.vt[data-tight] :is(.vt-header,.vt-powered,.vt-disclaimer){display:none}
.vt[data-phone] .vt-foot{padding-bottom:env(safe-area-inset-bottom)}

.vt-header{display:flex;align-items:center;gap:4px;min-height:calc(14*var(--vt-unit));padding-block:calc(2*var(--vt-unit));padding-inline:calc(4*var(--vt-unit)) calc(2.5*var(--vt-unit));border-bottom:1px solid var(--vt-border)}
.vt-header:has(>.vt-btn:first-child:not([hidden])){padding-inline-start:calc(2.5*var(--vt-unit))}
.vt-heading{flex:1;min-width:0}
.vt-heading h2{all:unset;display:block;font-weight:620;letter-spacing:-.01em;line-height:1.3;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.vt-heading p{margin:0;color:var(--vt-text-2);font-size:var(--vt-size-s);line-height:1.3;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.vt-panel>.vt-float{position:absolute;z-index:5;inset-block-start:calc(10px + env(safe-area-inset-top));inset-inline-end:10px;background:var(--vt-surface)}

.vt-intro{display:flex;flex-direction:column;gap:calc(4*var(--vt-unit));padding:calc(6*var(--vt-unit)) calc(4*var(--vt-unit)) calc(3*var(--vt-unit))}
.vt-greeting{all:unset;display:block;font-size:var(--vt-size-xl);line-height:1.25;font-weight:650;letter-spacing:-.02em;overflow-wrap:anywhere;text-wrap:balance}
.vt-intro p{margin:calc(-2*var(--vt-unit)) 0 0;color:var(--vt-text-2);white-space:pre-line;overflow-wrap:anywhere}
.vt-prompts{display:flex;flex-direction:column;gap:calc(2*var(--vt-unit));margin:0;padding:0;list-style:none}
.vt-prompts .vt-chip{width:100%;padding-block:calc(2.5*var(--vt-unit))!important;font-size:calc(var(--vt-size) - 1px)!important;line-height:1.35!important;border-radius:min(var(--vt-radius-control),18px)}
.vt-prompts .vt-chip>span{overflow-wrap:anywhere;min-width:0}
.vt-powered{display:flex;justify-content:center;gap:12px;padding:0 16px calc(2.5*var(--vt-unit));color:var(--vt-text-2);font-size:12px;line-height:16px}
.vt-simulated{padding-inline:8px;border-radius:8px;background:var(--vt-hover)}

`;
