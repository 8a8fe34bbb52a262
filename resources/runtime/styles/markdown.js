/** Look of Markdown: calm, and safe inside a narrow bubble. */

export const MARKDOWN_CSS = `
.vt-md>:first-child,.vt-part:first-child>:first-child{margin-top:0!important}.vt-md>:last-child,.vt-part:last-child>:last-child{margin-bottom:0!important}
.vt-md :is(p,ul,ol,blockquote,pre,hr,h1,h2,h3,h4,h5,h6,.vt-code,.vt-table){margin:0 0 calc(2.5*var(--vt-unit))}
.vt-md :is(h1,h2,h3,h4,h5,h6){margin-top:calc(4*var(--vt-unit));font-weight:650;line-height:1.3;letter-spacing:-.01em;font-size:var(--vt-size)}
.vt-md h1{font-size:calc(var(--vt-size) + 4px)}.vt-md h2{font-size:calc(var(--vt-size) + 2px)}
.vt-md p{overflow-wrap:anywhere}
.vt-md strong{font-weight:650}
.vt-md :is(ul,ol){padding-inline-start:1.5em}
.vt-md li{margin-block:calc(.75*var(--vt-unit))}
.vt-md li::marker{color:var(--vt-text-2)}
.vt-md :is(ul,ol):not(.vt-loose)>li>p{margin:0}
.vt-md li>:is(ul,ol){margin-block:calc(.75*var(--vt-unit))}
.vt-md .vt-task{list-style:none;margin-inline-start:-1.3em}.vt-md .vt-task>p:first-child{padding-inline-start:1.3em;text-indent:-1.3em}
.vt-md input{display:inline-grid;width:1em;height:1em;margin-top:-.15em;border:1.5px solid var(--vt-text-2);border-radius:.2em;vertical-align:middle}
.vt-md :checked{background:var(--vt-accent);border-color:transparent}
.vt-md :checked::after{content:"";margin:0 auto .1em;width:.3em;border:solid var(--vt-on-accent);border-width:0 2px 2px 0;rotate:45deg}
.vt-md a{color:var(--vt-link);text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:2px;overflow-wrap:anywhere}
.vt-md a:hover{text-decoration-thickness:2px}
.vt-disclaimer.vt-md a{color:inherit}
.vt-md code{font-family:var(--vt-mono);font-size:.88em}
.vt-md :not(pre)>code{padding:.12em .36em;border-radius:min(var(--vt-radius-small),6px);background:var(--vt-inline-bg);color:var(--vt-inline-text)}
.vt-md .vt-code{border-radius:min(var(--vt-radius-bubble),12px);background:var(--vt-code-bg);color:var(--vt-code-text);overflow:hidden;border:1px solid var(--vt-border)}
[data-style=bubbles] .vt-code{--vt-code-bg:var(--vt-own-markdown-code_background,var(--vt-bg))}
.vt-md .vt-code-head{display:flex;align-items:center;justify-content:space-between;min-height:34px;padding-inline:12px 4px;font:500 var(--vt-size-xs)/1 var(--vt-font);opacity:.85}
.vt-md .vt-code-head .vt-btn{color:inherit!important}
.vt-md .vt-code pre{margin:0!important;padding:2px 12px 12px;overflow-x:auto;font:400 calc(var(--vt-size) - 2px)/1.55 var(--vt-mono);white-space:pre;tab-size:2;outline-offset:-2px;direction:ltr;text-align:left}
.vt-md .vt-code code{font:inherit}
.vt-md blockquote{padding-inline-start:calc(3*var(--vt-unit));border-inline-start:3px solid var(--vt-border-strong);color:var(--vt-text-2)}
.vt-md blockquote>:last-child{margin-bottom:0}
.vt-md hr{height:1px;border:0;background:var(--vt-border-strong);margin-block:calc(4*var(--vt-unit))}
.vt-md img{max-width:100%;height:auto;border-radius:var(--vt-radius-small)}
.vt-md>:is(.vt-code,.vt-table),.vt-part>:is(.vt-code,.vt-table){content-visibility:auto;contain-intrinsic-size:auto 120px}
.vt-part{content-visibility:auto;contain-intrinsic-size:auto 900px}.vt-part>:is(h1,h2,h3,h4,h5,h6):first-child{margin-top:calc(1.5*var(--vt-unit))}
.vt-md .vt-table{overflow-x:auto;max-width:100%}
.vt-md table{border-collapse:collapse;font-size:calc(var(--vt-size) - 1px);line-height:1.4}
.vt-md :is(th,td){padding:calc(1.5*var(--vt-unit)) calc(2*var(--vt-unit));border:1px solid var(--vt-table-border);text-align:start;vertical-align:top;overflow-wrap:normal}
.vt-md th{background:var(--vt-table-head);font-weight:620}
.vt-md .vt-c{text-align:center}.vt-md .vt-e{text-align:end}
`;
