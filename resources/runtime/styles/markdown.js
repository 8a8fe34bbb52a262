/** Look of Markdown: calm, and safe inside a narrow bubble. */

export const MARKDOWN_CSS = `
.vt{
--vt-inline-bg:var(--vt-own-markdown-inline_code_background,color-mix(in oklab,var(--vt-text) 9%,transparent));--vt-inline-text:var(--vt-own-markdown-inline_code_text,inherit);
--vt-mono:var(--vt-lever-mono,ui-monospace),ui-monospace,"SF Mono",SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
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
.vt-md a{color:var(--vt-link);text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:2px;overflow-wrap:anywhere}
.vt-md a:hover{text-decoration-thickness:2px}
.vt-disclaimer.vt-md a{color:inherit}
.vt-md code{font-family:var(--vt-mono);font-size:.88em}
.vt-md :not(pre)>code{padding:.12em .36em;border-radius:min(var(--vt-radius-small),6px);background:var(--vt-inline-bg);color:var(--vt-inline-text)}
.vt-md blockquote{padding-inline-start:calc(3*var(--vt-unit));border-inline-start:3px solid var(--vt-border-strong);color:var(--vt-text-2)}
.vt-md blockquote>:last-child{margin-bottom:0}
.vt-md hr{height:1px;border:0;background:var(--vt-border-strong);margin-block:calc(4*var(--vt-unit))}
.vt-part{content-visibility:auto;contain-intrinsic-size:auto 900px}.vt-part>:is(h1,h2,h3,h4,h5,h6):first-child{margin-top:calc(1.5*var(--vt-unit))}
`;
