/** Look of files, picked and sent. */

export const FILES_CSS = `
.vt-files{display:flex;flex-wrap:wrap;gap:8px}.vt-files:not([hidden])+.vt-text{margin-top:8px}
.vt-file{display:inline-flex;align-items:center;gap:8px;max-width:220px;min-height:36px;box-sizing:border-box;padding:6px 10px;border-radius:var(--vt-radius-small);border:1px solid color-mix(in oklab,currentColor 22%,transparent);font-size:var(--vt-size-s);line-height:1.3}
.vt-file .vt-icon{flex:none;width:18px;height:18px}
.vt-file bdi{min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.vt-file small{flex:none;font-size:var(--vt-size-xs)}
.vt-picture{padding:0;border:0;overflow:hidden}.vt-picture img{display:block;max-width:220px;max-height:180px;object-fit:cover}
.vt-sent{display:block;width:100%;height:4px;margin-top:6px;border-radius:2px;accent-color:currentColor}
.vt-picked{grid-area:1/1/2/-1;display:flex;flex-wrap:wrap;gap:8px;margin:0 0 4px;padding:4px 4px 2px;list-style:none}
.vt-picked li{position:relative;max-width:100%;animation:vt-pop var(--vt-fast) var(--vt-ease)}
.vt-picked .vt-file{max-width:280px;padding-inline-end:30px;border-color:var(--vt-border-strong);min-height:40px}
.vt-picked .vt-picture{padding:0}.vt-picked .vt-picture img{width:64px;height:64px}
.vt-picked .vt-remove.vt-btn{position:absolute;inset-inline-end:4px;top:8px;min-width:24px;height:24px;border-radius:50%;background:var(--vt-bg)}
.vt-picked .vt-picture+.vt-remove.vt-btn{top:3px;inset-inline-end:3px;box-shadow:0 1px 4px #0004}
.vt-remove .vt-icon{width:14px;height:14px}
.vt-panel[data-drop]::before{content:"";position:absolute;inset:6px;z-index:8;border:2px dashed var(--vt-accent);border-radius:calc(var(--vt-radius) - 4px);background:color-mix(in oklab,var(--vt-accent) 8%,transparent);pointer-events:none}
`;
