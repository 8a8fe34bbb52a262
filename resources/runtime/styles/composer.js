/** Look of the composer: one calm box that grows, with everything inside it. */

export const COMPOSER_CSS = `
.vt-compose{padding:calc(2*var(--vt-unit)) calc(3*var(--vt-unit)) calc(3*var(--vt-unit));display:grid;gap:calc(2*var(--vt-unit))}
.vt-composer{display:grid;grid-template:auto auto/auto minmax(0,1fr) auto;align-items:end;column-gap:4px;padding:5px;border:1px solid var(--vt-border-strong);border-radius:min(var(--vt-radius-control),24px);background:var(--vt-bg);cursor:text;transition:border-color var(--vt-fast),box-shadow var(--vt-fast)}
[data-scheme=dark] .vt-composer{background:var(--vt-surface)}
.vt-composer:focus-within{outline:2px solid transparent;border-color:var(--vt-focus);box-shadow:0 0 0 3px color-mix(in oklab,var(--vt-focus) 22%,transparent)}
.vt-field{all:unset;grid-area:2/2;box-sizing:border-box;display:block;width:100%;max-height:min(200px,30vh);padding:calc((max(36px,var(--vt-target)) - 1.5em)/2) 8px;overflow-y:auto;white-space:pre-wrap;overflow-wrap:anywhere;field-sizing:content;font:400 var(--vt-size)/1.5 var(--vt-font);color:var(--vt-text)}
.vt-panel .vt-field:focus-visible{outline:none}
.vt-start{grid-area:2/1}.vt-end{grid-area:2/3}
.vt-start,.vt-end{display:flex;align-items:center;gap:4px;min-width:0;min-height:max(36px,var(--vt-target))}
.vt-go.vt-btn{min-width:max(36px,var(--vt-target));height:max(36px,var(--vt-target));border-radius:min(var(--vt-radius-control),18px);background:var(--vt-accent);color:var(--vt-on-accent)!important;transition:opacity var(--vt-fast),scale var(--vt-fast)}
.vt-go.vt-btn:hover{filter:brightness(1.08)}.vt-go:active{scale:.94}
.vt-go[aria-disabled]:not(:focus-visible){opacity:.38;cursor:default}
.vt-go[data-busy] .vt-icon path{fill:currentColor}
.vt-notice{padding:calc(2*var(--vt-unit)) calc(3*var(--vt-unit));border-radius:var(--vt-radius-small);background:var(--vt-danger-bg);color:var(--vt-danger);font-size:var(--vt-size-s);overflow-wrap:anywhere}
.vt-disclaimer{text-align:center;color:var(--vt-text-2);font-size:var(--vt-size-xs);line-height:1.4;text-wrap:balance}
.vt-disclaimer[data-strong]{color:var(--vt-text);font-size:var(--vt-size-s)}
.vt-compose [hidden]{display:none!important}
@media (forced-colors:active){.vt-go.vt-btn{border:1px solid}}
`;
