/** The look of what joins the launcher once the chat is there: badge and states. */

// Under 16 px a phone's browser zooms the page into a field that gets the focus.

export const OUTSIDE_CSS = `
.vt{--vt-fast:120ms;--vt-slow:180ms;--vt-ease:cubic-bezier(.2,.8,.2,1);-webkit-text-size-adjust:100%}
.vt :where(button){-webkit-tap-highlight-color:transparent;touch-action:manipulation}
.vt [hidden]{display:none!important}
.vt ::before,.vt ::after{box-sizing:border-box}
.vt :where(input,textarea,select){all:unset;box-sizing:border-box}
.vt-face>*{transition:opacity var(--vt-slow),rotate var(--vt-slow) var(--vt-ease)}
.vt[data-open] .vt-face>:first-child,.vt:not([data-open]) .vt-face>.vt-opened{opacity:0;rotate:-45deg}
.vt-launcher{transition:scale var(--vt-slow) var(--vt-ease)}
.vt-launcher:hover{scale:1.04}.vt-launcher:active{scale:.97}
.vt-launcher.vt-held{transition:none;cursor:grabbing}
.vt-badge{position:absolute;top:-3px;inset-inline-end:-3px;min-width:20px;height:20px;padding:0 6px;border-radius:10px;background:#d92d20;color:#fff;font-size:12px;line-height:20px;text-align:center;box-shadow:0 0 0 2px light-dark(#fff,#17191d);animation:vt-arrive var(--vt-slow) var(--vt-ease)}
.vt[data-phone][data-open] .vt-launcher{display:none}
@media (pointer:coarse){.vt :is(input,textarea,select){font-size:max(16px,1em)}}
@media print{.vt{display:none}}
@keyframes vt-arrive{from{opacity:0;translate:0 8px}}
@media (prefers-reduced-motion:reduce){.vt{--vt-fast:0ms;--vt-slow:0ms}.vt-badge{animation:none}.vt-launcher:hover,.vt-launcher:active{scale:none}}
`;
