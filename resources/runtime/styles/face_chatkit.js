/** What our parts look like as ChatKit: its colours, greys and shapes. */

export const FACE_CHATKIT_CSS = `
.vt[data-face=chatkit]{
--vt-s:calc(var(--vt-lever-shade)*-.011);--vt-t:var(--vt-lever-tint);
--vt-bg:var(--vt-own-surface-background,oklch(from var(--vt-tone) calc(1 + min(0,var(--vt-s))) calc(var(--vt-t)*.0009) h));
--vt-surface:var(--vt-own-surface-foreground,oklch(from var(--vt-tone) calc(1 + min(0,var(--vt-s))*.6) calc(var(--vt-t)*.0007) h));
--vt-text:oklch(from var(--vt-tone) calc(.159 + .02) calc(var(--vt-t)*.0028) h);
--vt-quiet:oklch(from var(--vt-tone) calc(.964 + var(--vt-s)) calc(var(--vt-t)*.0017) h);
--vt-level:calc(var(--vt-lever-level)*9%);
--vt-text-2:oklch(from var(--vt-tone) .479 calc(var(--vt-t)*.003) h);
--vt-icon:color-mix(in oklab,var(--vt-link) calc(var(--vt-lever-level)*30%),var(--vt-text-2));
--vt-user-bg:color-mix(in oklab,var(--vt-accent) var(--vt-level),var(--vt-quiet));--vt-user-text:var(--vt-text);
--vt-hover:color-mix(in oklab,var(--vt-accent) calc(4% + var(--vt-lever-level)*1%),transparent)}
.vt[data-face=chatkit][data-scheme=dark]{
--vt-bg:var(--vt-own-surface-background,oklch(from var(--vt-tone) calc(.248 + var(--vt-s)) calc(var(--vt-t)*.0024) h));
--vt-surface:var(--vt-own-surface-foreground,oklch(from var(--vt-tone) calc(.309 + var(--vt-s)) calc(var(--vt-t)*.0024) h));
--vt-text:oklch(from var(--vt-tone) .964 calc(var(--vt-t)*.0008) h);
--vt-text-2:oklch(from var(--vt-tone) .754 calc(var(--vt-t)*.0016) h);
--vt-quiet:oklch(from var(--vt-tone) calc(.309 + var(--vt-s)) calc(var(--vt-t)*.0024) h)}
.vt[data-face=chatkit][data-radius=pill]{--vt-radius:20px;--vt-radius-bubble:22px}
[data-face=chatkit] .vt-header{border-bottom-color:transparent}
[data-face=chatkit] .vt-heading h2{font-weight:600}
[data-face=chatkit] .vt-intro{min-height:100%;box-sizing:border-box;padding-bottom:calc(2*var(--vt-unit))}
[data-face=chatkit] .vt-greeting{margin:auto;padding-block:calc(4*var(--vt-unit));font-size:calc(var(--vt-size) + 8px);font-weight:600;text-align:center}
[data-face=chatkit] .vt-prompts{display:flex;gap:0}
[data-face=chatkit] .vt-prompts .vt-chip{border-color:transparent!important;padding-inline:calc(2.5*var(--vt-unit))!important;gap:12px}
[data-face=chatkit] .vt-prompts li+li{border-top:1px solid var(--vt-border)}
[data-face=chatkit] .vt-prompts .vt-chip:hover{border-radius:min(var(--vt-radius-control),14px)}
[data-face=chatkit] .vt-composer{border-radius:min(var(--vt-radius-bubble),26px);box-shadow:0 2px 12px #0000000a;padding:7px}
[data-face=chatkit] .vt-go.vt-btn{border-radius:max(var(--vt-radius-small),min(var(--vt-radius-control),50%))}
`;
