/** Look of what some owners show at each message: a picture, the time, thumbs. */

export const ROW_LOOKS_CSS = `
.vt-avatar{flex:none;align-self:flex-start;display:grid;place-items:center;width:28px;height:28px;border-radius:50%;overflow:hidden;background:var(--vt-surface);color:var(--vt-icon)}
.vt-avatar img{width:100%;height:100%;object-fit:cover}.vt-avatar .vt-icon{width:18px;height:18px}
.vt-meta time{padding-inline:4px}
.vt-small[aria-pressed=true]{color:var(--vt-link)!important;background:var(--vt-hover)}
`;
