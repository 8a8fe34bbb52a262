/** The look of what stands on the page before the chat: launcher, badge, teaser. */

// Words on a colour: white while it keeps 4.5:1 (WCAG luminance under .183), else black.
export const LAUNCHER_CSS = `
.vt{--vt-ease:cubic-bezier(.2,.8,.2,1);--vt-fast:120ms;--vt-slow:180ms;
--vt-ink:light-dark(#171a1f,#f2f4f7);
--vt-launcher:var(--vt-launcher-own,var(--vt-lever-accent,var(--vt-ink)));
--vt-on-launcher:var(--vt-launcher-icon,color(from var(--vt-launcher) xyz-d65 clamp(0,(.183 - y)*9999,.9505) clamp(0,(.183 - y)*9999,1) clamp(0,(.183 - y)*9999,1.089)));
--vt-x:calc(var(--vt-offset-x) + max(env(safe-area-inset-left,0px),env(safe-area-inset-right,0px)));
--vt-top:calc(var(--vt-offset-y) + env(safe-area-inset-top,0px));
--vt-bottom:calc(var(--vt-offset-y) + env(safe-area-inset-bottom,0px));
color-scheme:light;display:block;color:var(--vt-ink);
font:400 16px/1.5 var(--vt-lever-font,system-ui),system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
text-align:start;-webkit-text-size-adjust:100%;-webkit-font-smoothing:antialiased}
.vt[data-scheme=dark]{color-scheme:dark}
.vt *,.vt ::before,.vt ::after{box-sizing:border-box}
.vt :where(button,input,textarea,select){all:unset;box-sizing:border-box;font:inherit;color:inherit;letter-spacing:inherit}
.vt :where(button){cursor:pointer;-webkit-tap-highlight-color:transparent;touch-action:manipulation}
.vt [hidden]{display:none!important}
.vt .vt-icon{display:block;width:20px;height:20px;flex:none}
.vt :focus-visible{outline:2px solid var(--vt-focus,var(--vt-ink));outline-offset:2px}
.vt-launcher{position:fixed;display:inline-flex;align-items:center;justify-content:center;gap:10px;
min-width:var(--vt-size-launcher);height:var(--vt-size-launcher);border-radius:var(--vt-launcher-radius);
background:var(--vt-launcher)!important;color:var(--vt-on-launcher)!important;font-size:15px!important;font-weight:600!important;
box-shadow:0 1px 2px #0000001f,0 6px 20px #0000002e;user-select:none;
transition:box-shadow var(--vt-slow),scale var(--vt-slow) var(--vt-ease);animation:vt-arrive 240ms var(--vt-ease)}
.vt-launcher.vt-worded{padding-inline:calc(var(--vt-size-launcher)*.34) calc(var(--vt-size-launcher)*.42)}
.vt-launcher:hover{scale:1.04;box-shadow:0 2px 4px #0000001f,0 10px 28px #00000038}
.vt-launcher:active{scale:.97}
.vt-launcher:focus-visible{outline:3px solid var(--vt-launcher);outline-offset:3px}
.vt .vt-launcher .vt-icon{width:calc(var(--vt-size-launcher)*.46);height:calc(var(--vt-size-launcher)*.46);transition:opacity var(--vt-slow),rotate var(--vt-slow) var(--vt-ease)}
.vt-launcher img{width:100%;height:100%;object-fit:cover;border-radius:inherit}
.vt-worded img{width:calc(var(--vt-size-launcher)*.6);height:calc(var(--vt-size-launcher)*.6)}
.vt-face{display:grid;place-items:center;height:100%}
.vt-face>*{grid-area:1/1}
.vt-face>img~*{opacity:0}
.vt[data-open] .vt-face>:first-child,.vt:not([data-open]) .vt-face>:last-child{opacity:0;rotate:-45deg}
.vt[data-open] .vt-face>:last-child{opacity:1}
.vt-launcher[aria-busy=true]::after{content:"";position:absolute;inset:4px;border-radius:inherit;border:2px solid;border-inline-start-color:transparent;animation:vt-turn .8s linear infinite}
.vt-launcher.vt-held{transition:none;cursor:grabbing}
.vt-badge{position:absolute;top:-3px;inset-inline-end:-3px;min-width:20px;height:20px;padding:0 6px;border-radius:10px;
background:#d92d20;color:#fff;font-size:12px;font-weight:600;line-height:20px;text-align:center;box-shadow:0 0 0 2px light-dark(#fff,#17191d)}
.vt-teaser{position:fixed;display:flex;align-items:flex-start;gap:4px;max-width:min(300px,100vw - var(--vt-x)*2);padding:12px 8px 12px 16px;border-radius:14px;
background:light-dark(#fff,#24272c);color:var(--vt-ink);font-size:15px;line-height:1.4;box-shadow:0 0 0 1px #00000010,0 8px 28px #00000026;animation:vt-arrive 240ms var(--vt-ease)}
.vt-teaser>button:first-child{text-align:start;overflow-wrap:anywhere;padding-block:2px}
.vt-teaser>button+button{flex:none;display:grid;place-items:center;width:24px;height:24px;border-radius:8px;opacity:.6}
.vt-teaser>button+button:hover{opacity:1;background:#8888882e}
.vt .vt-teaser .vt-icon{width:16px;height:16px}
.vt[data-position^=bottom] .vt-launcher{bottom:var(--vt-bottom)}
.vt[data-position^=top] .vt-launcher{top:var(--vt-top)}
.vt[data-position$=right] :is(.vt-launcher,.vt-teaser){right:var(--vt-x)}
.vt[data-position$=left] :is(.vt-launcher,.vt-teaser){left:var(--vt-x)}
.vt[data-position^=bottom] .vt-teaser{bottom:calc(var(--vt-bottom) + var(--vt-size-launcher) + 12px)}
.vt[data-position^=top] .vt-teaser{top:calc(var(--vt-top) + var(--vt-size-launcher) + 12px)}
.vt[data-phone][data-open] .vt-launcher,.vt:not([data-mode=popup]) :is(.vt-launcher,.vt-teaser),.vt[data-open] .vt-teaser{display:none}
@keyframes vt-arrive{from{opacity:0;translate:0 8px}}
@keyframes vt-turn{to{rotate:1turn}}
@media (pointer:coarse){.vt-teaser>button+button{width:44px;height:44px;margin:-10px -6px}}
@media (prefers-reduced-motion:reduce){.vt{--vt-fast:0ms;--vt-slow:0ms}.vt-launcher,.vt-teaser{animation:none}.vt-launcher:hover,.vt-launcher:active{scale:none}}
@media (forced-colors:active){.vt-launcher,.vt-teaser{border:2px solid ButtonText}}
@media print{.vt{display:none}}
`;
