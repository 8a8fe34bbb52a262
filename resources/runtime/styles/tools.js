/** Look of tools and models in the composer. */

export const TOOLS_CSS = `
.vt-tools{display:flex;gap:4px;min-width:0;overflow-x:auto;scrollbar-width:none!important}
.vt-tool,.vt-model{all:unset;display:inline-flex;align-items:center;gap:6px;flex:none;box-sizing:border-box;min-height:var(--vt-target);padding:0 10px;border-radius:var(--vt-radius-control);color:var(--vt-text-2);font-size:var(--vt-size-s);cursor:pointer;max-width:180px;white-space:nowrap}
.vt-tool span,.vt-model span{overflow:hidden;text-overflow:ellipsis}
.vt-tool:hover,.vt-model:is(:hover,[aria-expanded=true]){background:var(--vt-hover);color:var(--vt-text)}
.vt-tool[aria-pressed=true]{background:color-mix(in oklab,var(--vt-accent) 14%,transparent);color:var(--vt-link)}
:is(.vt-tool,.vt-model) .vt-icon{width:16px;height:16px;flex:none}
`;
