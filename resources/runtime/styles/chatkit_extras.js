/** Look of what messages of a ChatKit thread have besides words. */

export const CHATKIT_EXTRAS_CSS = `
.vt-text:not([hidden])+.vt-choices{margin-top:calc(2.5*var(--vt-unit))}
.vt-choices{display:flex;flex-wrap:wrap;gap:8px;--vt-fill:color-mix(in oklab,var(--vt-text) 8%,transparent);--vt-line-in:color-mix(in oklab,var(--vt-text) 18%,transparent)}.vt-choices>*{min-width:0}.vt-choices .vt-chip{border-color:var(--vt-line-in)!important}.vt-choices>.vt-widget,.vt-choices>.vt-questions,.vt-choices>.vt-workflow,.vt-choices>.vt-tasks{flex:1 1 100%}
.vt-choices>.vt-chip,.vt-widget .vt-chip,.vt-questions .vt-chip{font-size:var(--vt-size-s)!important}
.vt-mine .vt-choices{order:-1;margin:0 0 8px}.vt-mine .vt-bubble:has(.vt-quote){display:flex;flex-direction:column}
.vt-quote{margin:0;padding-inline-start:10px;border-inline-start:3px solid color-mix(in oklab,currentColor 40%,transparent);opacity:.8;font-size:var(--vt-size-s);white-space:pre-wrap}
.vt-sources{display:flex;flex-wrap:wrap;gap:6px;margin:0;padding:0;list-style:none;max-width:100%}
.vt-sources li{min-width:0;max-width:100%}
.vt-sources a,.vt-sources span{display:flex;align-items:center;gap:7px;box-sizing:border-box;max-width:100%;min-height:28px;padding:3px 10px 3px 4px;border-radius:999px;background:var(--vt-fill);color:var(--vt-text);font-size:var(--vt-size-xs);text-decoration:none}
[dir=rtl] .vt-sources a,[dir=rtl] .vt-sources span{padding:3px 4px 3px 10px}
.vt-sources a:hover{background:var(--vt-active)}
.vt-sources i{flex:none;display:grid;place-items:center;width:20px;height:20px;border-radius:50%;background:var(--vt-bg);font-style:normal;font-variant-numeric:tabular-nums;color:var(--vt-text-2)}
.vt-sources bdi{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.vt-workflow summary{cursor:pointer;color:var(--vt-text-2);list-style-position:outside;width:fit-content;border-radius:4px}
.vt-tasks{display:flex;flex-direction:column;gap:calc(2*var(--vt-unit));margin-top:calc(2*var(--vt-unit));padding-inline-start:calc(3*var(--vt-unit));border-inline-start:2px solid var(--vt-line-in);font-size:var(--vt-size-s);color:var(--vt-text-2)}
.vt-task p{margin:2px 0 0;white-space:pre-wrap}.vt-task strong{font-weight:600;color:var(--vt-text)}.vt-task .vt-sources{margin-top:6px}
.vt-task[data-status=loading] strong,.vt-shimmer-text{animation:vt-breathe 1.6s ease-in-out infinite}
@keyframes vt-breathe{50%{opacity:.5}}
.vt-made{display:block;max-width:min(100%,360px);border-radius:var(--vt-radius-small)}
.vt-shimmer{width:min(100%,280px);aspect-ratio:1;background:var(--vt-fill);animation:vt-breathe 1.6s ease-in-out infinite}
.vt-questions,.vt-w-card{display:flex;flex-direction:column;gap:calc(3*var(--vt-unit));box-sizing:border-box;width:100%;max-width:440px;padding:calc(4*var(--vt-unit));border:1px solid var(--vt-border);border-radius:min(var(--vt-radius-bubble),18px);background:var(--vt-surface)}
.vt-questions fieldset,.vt-widget fieldset{display:flex;flex-direction:column;gap:calc(1.5*var(--vt-unit));margin:0;padding:0;border:0;min-width:0}
.vt-questions legend,.vt-questions strong{font-weight:600;padding:0}.vt-questions p{margin:2px 0 0;color:var(--vt-text-2)}
.vt-questions-end,.vt-w-end{display:flex;flex-wrap:wrap;gap:8px}
.vt-choice{display:flex;align-items:center;gap:10px;min-height:var(--vt-target);cursor:pointer}
.vt-choice input{appearance:auto!important;flex:none;width:18px!important;height:18px!important;margin:0;accent-color:var(--vt-link);cursor:pointer}select.vt-answer,.vt-answer[type=date]{appearance:auto}
.vt-answer{box-sizing:border-box;width:100%;min-height:max(38px,var(--vt-target));margin:0;padding:8px 12px;border:1px solid var(--vt-border-strong);border-radius:min(var(--vt-radius-control),12px);background:var(--vt-bg);color:var(--vt-text);font:inherit;font-size:max(16px,var(--vt-size-s));resize:vertical;field-sizing:content}
.vt-answer:user-invalid{border-color:var(--vt-danger)}
.vt-widget{--vt-good:light-dark(#067647,#75e0a7);--vt-warn:light-dark(#b54708,#fec84b);width:100%;overflow:hidden}
.vt-w-card[data-size=sm]{max-width:320px}.vt-w-card[data-size=lg]{max-width:560px}.vt-w-card[data-size=full]{max-width:none}
.vt-w-list{padding:calc(1.5*var(--vt-unit));gap:0}
.vt-w-item{all:unset;box-sizing:border-box;display:flex;align-items:center;gap:calc(3*var(--vt-unit));width:100%;padding:calc(2*var(--vt-unit)) calc(2.5*var(--vt-unit));border-radius:var(--vt-radius-small)}
button.vt-w-item{cursor:pointer}button.vt-w-item:hover{background:var(--vt-hover)}
.vt-w-item+.vt-w-item{border-top:1px solid var(--vt-border)}
.vt-w-row{display:flex!important;flex-direction:row!important;align-items:center;gap:calc(2*var(--vt-unit));min-width:0}.vt-w-col{display:flex;flex-direction:column;gap:calc(2*var(--vt-unit));min-width:0}
.vt-w-text,.vt-w-title,.vt-w-caption,.vt-w-label{margin:0;overflow-wrap:anywhere;min-width:0}
.vt-w-title{font-weight:600;font-size:var(--vt-size-l);line-height:1.3}.vt-w-title[data-size=sm]{font-size:var(--vt-size)}.vt-w-title:is([data-size=lg],[data-size=xl],[data-size="2xl"]){font-size:var(--vt-size-xl)}
.vt-w-caption{font-size:var(--vt-size-xs);color:var(--vt-text-2)}.vt-w-label{font-size:var(--vt-size-s);font-weight:500}
.vt-w-text:is([data-size=xs],[data-size=sm]){font-size:var(--vt-size-s)}
[data-weight=medium]{font-weight:500}[data-weight=semibold]{font-weight:600}[data-weight=bold]{font-weight:700}[data-weight=normal]{font-weight:400}
[data-one-line]{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.vt-w-badge{align-self:center;flex:none;padding:2px 8px;border-radius:999px;background:var(--vt-fill);font-size:var(--vt-size-xs);font-weight:500}
.vt-w-badge[data-tone=success]{color:var(--vt-good)}.vt-w-badge[data-tone=warning]{color:var(--vt-warn)}.vt-w-badge[data-tone=danger]{color:var(--vt-danger)}
.vt-w-line{width:100%;margin:0;border:0;border-top:1px solid var(--vt-line-in)}.vt-w-spacer{flex:1}
.vt-w-icon{display:inline-grid;flex:none;color:var(--vt-icon)}.vt-w-icon .vt-icon{width:20px;height:20px}
.vt-w-picture{display:block;max-width:100%;height:auto;object-fit:cover;border-radius:var(--vt-radius-small)}
.vt-widget [data-block]{width:100%;justify-content:center}
.vt-widget .vt-btn-fill{font-size:var(--vt-size-s)!important;min-height:max(36px,var(--vt-target))}
.vt-w-chart{border-collapse:collapse;width:100%;font-size:var(--vt-size-s)}.vt-w-chart th{font-weight:500;text-align:start;padding:3px 8px 3px 0}
.vt-w-chart td:has(i){position:relative;padding:3px 0;width:60%}.vt-w-chart td i{display:block;position:absolute;inset-block:4px;inset-inline-start:0;width:var(--vt-part);border-radius:4px;background:color-mix(in oklab,var(--vt-link) 28%,transparent)}.vt-w-chart td span{position:relative;padding-inline-start:6px}
@media (prefers-reduced-motion:reduce){.vt-shimmer,.vt-shimmer-text,.vt-task strong{animation:none!important}}
`;
