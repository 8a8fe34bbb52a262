/** Look of menus. */

export const MENU_CSS = `
.vt-menu{position:absolute;z-index:9;min-width:180px;max-width:min(300px,calc(100% - 16px));max-height:70%;overflow:auto;padding:5px;border:1px solid var(--vt-border);border-radius:min(14px,calc(var(--vt-radius-small) + 6px));background:var(--vt-bg);box-shadow:0 2px 6px #00000014,0 12px 32px #0000002b;animation:vt-pop var(--vt-fast) var(--vt-ease)}
[data-scheme=dark] .vt-menu{background:var(--vt-surface)}
.vt-menu-item{display:flex!important;align-items:center;gap:10px;width:100%;min-height:max(36px,var(--vt-target));padding:6px 10px!important;border-radius:var(--vt-radius-small);font-size:var(--vt-size-s)!important;text-align:start}
.vt-menu-item:is(:hover,:focus-visible){background:var(--vt-hover)}
.vt-menu-item:focus-visible{outline-offset:-2px}
.vt-menu-item .vt-icon{width:18px;height:18px;color:var(--vt-icon)}
.vt-menu-item>span{flex:1;min-width:0}.vt-menu-item small{display:block;color:var(--vt-text-2);font-size:var(--vt-size-xs)}
.vt-menu-item[aria-disabled=true]{opacity:.45;cursor:default}
`;
