/** Corners and densities other than the usual ones. */

export const SHAPES_CSS = `
.vt[data-density=compact]{--vt-unit:3.25px}.vt[data-density=spacious]{--vt-unit:5px}
.vt[data-radius=none]{--vt-radius:0px;--vt-radius-control:0px;--vt-radius-bubble:0px;--vt-radius-small:0px}
.vt[data-radius=small]{--vt-radius:8px;--vt-radius-control:6px;--vt-radius-bubble:8px;--vt-radius-small:4px}
.vt[data-radius=large]{--vt-radius:22px;--vt-radius-control:14px;--vt-radius-bubble:20px;--vt-radius-small:8px}
.vt[data-radius=pill]{--vt-radius:28px;--vt-radius-control:999px;--vt-radius-bubble:24px;--vt-radius-small:10px}
.vt[data-radius=sharp]{--vt-radius:4px;--vt-radius-control:2px;--vt-radius-bubble:2px;--vt-radius-small:2px}
.vt[data-radius=soft]{--vt-radius:10px;--vt-radius-control:8px;--vt-radius-bubble:10px;--vt-radius-small:4px}
.vt[data-radius=round]{--vt-radius:16px;--vt-radius-control:14px;--vt-radius-bubble:18px;--vt-radius-small:8px}
`;
