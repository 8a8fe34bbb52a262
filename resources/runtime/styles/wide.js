/** The composer with a line of its own for what goes along with a message. */

export const WIDE_CSS = `
.vt-composer[data-wide] .vt-field{grid-column:1/-1}
.vt-composer[data-wide]{grid-template:auto auto auto/minmax(0,1fr) auto}
.vt-composer[data-wide]>.vt-start{grid-area:3/1;margin-top:4px}.vt-composer[data-wide]>.vt-end{grid-area:3/2}
.vt-composer[data-wide]{border-radius:min(var(--vt-radius-control),18px)}
`;
