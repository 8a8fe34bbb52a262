/** Look of the words beside a closed launcher. */

export const TEASER_CSS = `
.vt-teaser{position:fixed;display:flex;align-items:flex-start;gap:4px;max-width:min(300px,100vw - var(--vt-x)*2);padding:10px;padding-inline:16px 8px;border-radius:14px;background:light-dark(#fff,#24272c);color:var(--vt-ink);font-size:15px;line-height:1.4;box-shadow:0 0 0 1px #00000010,0 8px 28px #00000026;animation:vt-arrive 240ms var(--vt-ease)}
.vt-teaser>button:first-child{text-align:start;overflow-wrap:anywhere;padding-block:2px;border-radius:6px}
.vt-teaser>button+button{flex:none;display:grid;place-items:center;width:24px;height:24px;border-radius:8px;opacity:.65}
.vt-teaser>button+button:hover{opacity:1;background:#8888882e}
.vt-teaser :focus-visible{outline:2px solid;outline-offset:2px}
.vt-teaser .vt-icon{width:16px;height:16px}
.vt[data-position$=right] .vt-teaser{right:var(--vt-x)}.vt[data-position$=left] .vt-teaser{left:var(--vt-x)}
.vt[data-position^=bottom] .vt-teaser{bottom:calc(var(--vt-y) + var(--vt-size-launcher) + 12px)}
.vt[data-position^=top] .vt-teaser{top:calc(var(--vt-y) + var(--vt-size-launcher) + 12px)}
.vt:is([data-open],:not([data-mode=popup])) .vt-teaser{display:none}
@media (pointer:coarse){.vt-teaser>button:first-child{min-width:44px;min-height:44px;margin-block:-8px;align-content:center}.vt-teaser>button+button{width:44px;height:44px;margin:-10px -6px}}
@media (prefers-reduced-motion:reduce){.vt-teaser{animation:none}}
@media (forced-colors:active){.vt-teaser{border:2px solid}}
`;
