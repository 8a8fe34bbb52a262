/** Look of words beside a ChatKit thread: what is being done, what to know, more to load. */

export const CHATKIT_STATES_CSS = `
.vt-row[data-state=progress] .vt-text{color:var(--vt-text-2);background:linear-gradient(90deg,var(--vt-text-2) 35%,color-mix(in oklab,var(--vt-text-2) 35%,var(--vt-bg)) 50%,var(--vt-text-2) 65%) 0/250% 100%;background-clip:text;-webkit-text-fill-color:transparent;animation:vt-sweep 2s linear infinite}
@keyframes vt-sweep{from{background-position:125% 0}to{background-position:-125% 0}}
.vt-row[data-state=notice] .vt-bubble.vt-bubble.vt-bubble{width:auto;border:1px solid var(--vt-border-strong);border-radius:var(--vt-radius-bubble);padding:calc(2.5*var(--vt-unit)) calc(3.5*var(--vt-unit));font-size:var(--vt-size-s)}
.vt-row[data-state=older]{justify-content:center}.vt-row[data-state=older] .vt-said{width:auto!important}
.vt-choices[inert]{opacity:.7}
@media (prefers-reduced-motion:reduce){.vt-row[data-state=progress] .vt-text{animation:none;background:none;-webkit-text-fill-color:currentColor}}
`;
