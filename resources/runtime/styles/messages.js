/** Look of messages (R2 writes it). */
export const MESSAGES_CSS = ``;
