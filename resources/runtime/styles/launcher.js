/** The look of the launcher, all that stands on a page before the chat is there. */

// Words on a colour: white while it keeps 4.5:1 (WCAG luminance under .183), else the colour itself, as dark as 4.6:1
// asks for. In the dark a colour of at least half the light; greys, which would only get muddy, turn light.
// The line around the launcher is seen where a page is as dark as it is. A distance that
// suits a desktop must not push it off a phone.
export const LAUNCHER_CSS = `
.vt{--vt-ink:light-dark(#171a1f,#f2f4f7);
--vt-lever:var(--vt-lever-accent,var(--vt-text,var(--vt-ink)));
--vt-accent:light-dark(var(--vt-lever),oklch(from var(--vt-lever) max(l,.5,min(.95,(.06 - c)*99)) c h));
--vt-launcher:var(--vt-launcher-bg,var(--vt-accent));
--vt-bright:(.183 - y)*9999;--vt-dim:min(.02,y/4.6 - .0391)/max(.1,y);
--vt-x:calc(min(var(--vt-offset-x),max(24px,50vw - 160px)) + max(env(safe-area-inset-left),env(safe-area-inset-right)));
--vt-y:calc(min(var(--vt-offset-y),max(24px,50vh - 60px)) + max(env(safe-area-inset-bottom),env(safe-area-inset-top)));
color-scheme:light;color:var(--vt-ink);font:400 16px/1.5 var(--vt-lever-font,system-ui),system-ui,sans-serif}
.vt[data-scheme=dark]{color-scheme:dark}
.vt[data-scheme=auto]{color-scheme:light dark}
.vt *{box-sizing:border-box}
.vt :where(button){all:unset;box-sizing:border-box;cursor:pointer}
.vt-icon{display:block;width:20px;height:20px;flex:none}
.vt-launcher{position:fixed;display:flex;align-items:center;
min-width:var(--vt-size-launcher);height:var(--vt-size-launcher);border-radius:var(--vt-round-launcher);
background:var(--vt-launcher);
color:var(--vt-launcher-fg,color(from var(--vt-launcher) xyz-d65 max(x*var(--vt-dim),var(--vt-bright)) max(y*var(--vt-dim),var(--vt-bright)) max(z*var(--vt-dim),var(--vt-bright))/1));
max-width:calc(100vw - var(--vt-x)*2);font-size:15px;font-weight:600;line-height:1.25;box-shadow:0 0 0 1px #ffffff40,0 6px 20px #0003}
.vt-launcher:focus-visible{outline:3px solid var(--vt-launcher);outline-offset:3px;box-shadow:0 0 0 3px #fff}
.vt-face{display:grid;flex:none;place-items:center;width:var(--vt-size-launcher);height:100%;border-radius:inherit}
.vt-face>*{grid-area:1/1}
.vt-face .vt-icon{width:46%;height:46%}
.vt-face img{width:100%;height:100%;object-fit:cover;border-radius:inherit}
.vt-face+span:not(:empty){padding-inline-end:calc(var(--vt-size-launcher)*.4);margin-inline-start:-6px}
.vt-launcher[aria-busy=true]::after{content:"";position:absolute;inset:4px;border-radius:inherit;border:2px solid;border-top-color:#0000;animation:vt-turn .8s linear infinite}
.vt[data-position^=bottom] .vt-launcher{bottom:var(--vt-y)}
.vt[data-position^=top] .vt-launcher{top:var(--vt-y)}
.vt[data-position$=right] .vt-launcher{right:var(--vt-x)}
.vt[data-position$=left] .vt-launcher{left:var(--vt-x)}
.vt-voice{position:fixed;scale:0}
.vt:not([data-mode=popup]) .vt-launcher{position:absolute;width:max-content;inset:50% auto auto 50%;translate:-50% -50%}
.vt:not([data-mode=popup]) .vt-launcher:not([data-lost]){display:none}
@keyframes vt-turn{to{rotate:1turn}}
@media (forced-colors:active){.vt-launcher{border:2px solid}}
`;
