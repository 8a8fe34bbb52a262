/** Look of the earlier conversations. */

export const HISTORY_CSS = `
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
