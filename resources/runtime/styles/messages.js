/** Look of the conversation: rows, bubbles, typing, rating. */

export const MESSAGES_CSS = `
.vt-messages{position:relative;display:grid;grid-template:minmax(0,1fr)/minmax(0,1fr)}
.vt-scroller{overflow:auto;overscroll-behavior:contain;display:flex;flex-direction:column;outline-offset:-3px!important}
.vt-first,.vt-rows,.vt-page{display:flex;flex-direction:column;gap:var(--vt-spacing,calc(5*var(--vt-unit)))}
.vt-first,.vt-rows{padding-inline:calc(4*var(--vt-unit))}
.vt-page{content-visibility:auto;contain-intrinsic-size:auto 900px}
.vt-rows:not(:empty){padding-block:calc(4*var(--vt-unit)) calc(3*var(--vt-unit))}
.vt-first:not(:empty){padding-block:calc(4*var(--vt-unit)) 0}
.vt-first:not(:empty)+.vt-rows:not(:empty){padding-top:var(--vt-spacing,calc(5*var(--vt-unit)))}
.vt-row{display:flex;gap:calc(2.5*var(--vt-unit));max-width:100%}
.vt-mine{justify-content:flex-end}
.vt-said{min-width:0;max-width:88%;display:flex;flex-direction:column;align-items:flex-start}
.vt-mine>.vt-said{align-items:flex-end;max-width:82%}
.vt-bubble{min-width:0;max-width:100%;box-sizing:border-box;border-radius:var(--vt-radius-bubble);padding:var(--vt-bubble-padding,calc(2.5*var(--vt-unit))) calc(var(--vt-bubble-padding,calc(2.5*var(--vt-unit)))*1.25);background:var(--vt-surface);color:var(--vt-text);overflow-wrap:anywhere}
.vt-mine .vt-bubble{background:var(--vt-user-bg);color:var(--vt-user-text)}
.vt-text:not(.vt-md){white-space:pre-wrap}
[data-style=bubbles] .vt-bubble{border-end-start-radius:min(var(--vt-radius-small),var(--vt-radius-bubble))}
[data-style=bubbles] .vt-mine .vt-bubble{border-end-start-radius:var(--vt-radius-bubble);border-end-end-radius:min(var(--vt-radius-small),var(--vt-radius-bubble))}
[data-style=flat] .vt-row:not(.vt-mine)>.vt-said{max-width:100%;width:100%}
[data-style=flat] .vt-row:not(.vt-mine) .vt-bubble{background:none;padding:0;border-radius:0;width:100%}
.vt-row[data-state=error] .vt-bubble.vt-bubble{background:var(--vt-danger-bg);color:var(--vt-danger);padding:calc(2.5*var(--vt-unit)) calc(3.5*var(--vt-unit));border-radius:var(--vt-radius-bubble);width:auto}
.vt-row[data-state=queued] .vt-bubble{outline:1px dashed var(--vt-text-2);outline-offset:2px}
.vt-meta{display:flex;align-items:center;gap:4px;min-height:28px;margin-top:3px;color:var(--vt-text-2);font-size:var(--vt-size-xs)}
.vt-actions{display:flex;flex-wrap:wrap;gap:2px}
.vt-small.vt-btn{min-width:28px;height:28px;border-radius:min(var(--vt-radius-control),8px)}
.vt-small .vt-icon{width:16px;height:16px}
.vt-actions .vt-chip{font-size:var(--vt-size-s)!important;margin-top:4px}.vt-actions .vt-chip .vt-icon{width:16px;height:16px}
.vt-typing{display:flex;align-self:flex-start;align-items:center;gap:5px;height:24px;margin:0 calc(4*var(--vt-unit)) calc(4*var(--vt-unit));padding:calc(2*var(--vt-unit)) calc(3.5*var(--vt-unit));border-radius:var(--vt-radius-bubble);background:var(--vt-surface)}
[data-style=flat] .vt-typing{background:none;padding-inline:0}
.vt-typing i{width:7px;height:7px;border-radius:50%;background:var(--vt-text-2);animation:vt-dot 1.2s infinite ease-in-out}
.vt-typing i:nth-child(2){animation-delay:.15s}.vt-typing i:nth-child(3){animation-delay:.3s}
@keyframes vt-dot{0%,60%,100%{opacity:.35;translate:0}30%{opacity:1;translate:0 -3px}}
.vt-to-end{all:unset;position:absolute;bottom:12px;inset-inline-start:50%;margin-inline-start:calc(var(--vt-target)/-2);display:grid;place-items:center;width:var(--vt-target);height:var(--vt-target);border-radius:50%;background:var(--vt-bg);color:var(--vt-text);border:1px solid var(--vt-border-strong);box-shadow:0 2px 10px #00000026;cursor:pointer;animation:vt-fade var(--vt-fast)}
.vt-to-end:hover{background:var(--vt-surface)}.vt-to-end .vt-icon{width:18px;height:18px}
.vt-row [hidden],.vt-messages>[hidden],.vt-scroller>[hidden]{display:none!important}
@media (pointer:coarse){.vt-small.vt-btn{min-width:44px;height:44px}}
@media (prefers-reduced-motion:reduce){.vt-typing i{animation:none;opacity:.7}}
@media (forced-colors:active){.vt-bubble,.vt-to-end,.vt-file{border:1px solid CanvasText}.vt-typing i{background:CanvasText}}
`;
