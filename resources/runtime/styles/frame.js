/** The real ChatKit in the place of the talk. */

export const FRAME_CSS = `
.vt-frame,.vt-body>openai-chatkit{all:unset;grid-area:1/1;display:block;width:100%;height:100%;border:0}
`;
