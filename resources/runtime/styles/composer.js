/** Look of composer (R2 writes it). */
export const COMPOSER_CSS = ``;
