/** Look of what few answers have: code, tables, tasks and pictures. */

export const RARE_CSS = `
.vt{
--vt-code-bg:var(--vt-own-markdown-code_background,color-mix(in oklab,var(--vt-text) 5%,var(--vt-bg)));--vt-code-text:var(--vt-own-markdown-code_text,var(--vt-text));
--vt-table-border:var(--vt-own-markdown-table_border,var(--vt-border-strong));--vt-table-head:var(--vt-own-markdown-table_header,var(--vt-hover))}
.vt-md .vt-task{list-style:none;margin-inline-start:-1.3em}.vt-md .vt-task>p:first-child{padding-inline-start:1.3em;text-indent:-1.3em}
.vt-md input{display:inline-grid;width:1em;height:1em;margin-top:-.15em;border:1.5px solid var(--vt-text-2);border-radius:.2em;vertical-align:middle}
.vt-md :checked{background:var(--vt-accent);border-color:transparent}
.vt-md :checked::after{content:"";margin:0 auto .1em;width:.3em;border:solid var(--vt-on-accent);border-width:0 2px 2px 0;rotate:45deg}
.vt-md .vt-code{border-radius:min(var(--vt-radius-bubble),12px);background:var(--vt-code-bg);color:var(--vt-code-text);overflow:hidden;border:1px solid var(--vt-border)}
[data-style=bubbles] .vt-code{--vt-code-bg:var(--vt-own-markdown-code_background,var(--vt-bg))}
.vt-md .vt-code-head{display:flex;align-items:center;justify-content:space-between;min-height:34px;padding-inline:12px 4px;font:500 var(--vt-size-xs)/1 var(--vt-font);opacity:.85}
.vt-md .vt-code-head .vt-btn{color:inherit!important}
.vt-md .vt-code pre{margin:0!important;padding:2px 12px 12px;overflow-x:auto;font:400 calc(var(--vt-size) - 2px)/1.55 var(--vt-mono);white-space:pre;tab-size:2;outline-offset:-2px;direction:ltr;text-align:left}
.vt-md .vt-code code{font:inherit}
.vt-md img{max-width:100%;height:auto;border-radius:var(--vt-radius-small)}
.vt-md>:is(.vt-code,.vt-table),.vt-part>:is(.vt-code,.vt-table){content-visibility:auto;contain-intrinsic-size:auto 120px}
.vt-md .vt-table{overflow-x:auto;max-width:100%}
.vt-md table{border-collapse:collapse;font-size:calc(var(--vt-size) - 1px);line-height:1.4}
.vt-md :is(th,td){padding:calc(1.5*var(--vt-unit)) calc(2*var(--vt-unit));border:1px solid var(--vt-table-border);text-align:start;vertical-align:top;overflow-wrap:normal}
.vt-md th{background:var(--vt-table-head);font-weight:620}
.vt-md .vt-c{text-align:center}.vt-md .vt-e{text-align:end}
`;
