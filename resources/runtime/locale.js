/** Which language to speak, by setting, page or browser. */

/**
 * The best of `available` tags; "en" where none fits.
 * @param {string} setting a BCP 47 tag or "auto" @param {readonly string[]} available
 */
export function pickLocale(setting, available) {
  const auto = [document.documentElement.lang, ...navigator.languages];
  for (const wanted of setting === "auto" ? auto : [setting]) {
    const tag = wanted.toLowerCase();
    const language = tag.split("-")[0];
    const found =
      available.find((one) => one.toLowerCase() === tag) ??
      available.find((one) => one.toLowerCase().split("-")[0] === language);
    if (found && language) return found;
  }
  return "en";
}

/** The launcher's name before the chat and its own texts are there. */
export const OPEN_CHAT = {
  en: "Open chat",
  de: "Chat öffnen",
  fr: "Ouvrir le chat",
  es: "Abrir el chat",
  it: "Apri la chat",
  pt: "Abrir o chat",
  nl: "Chat openen",
  pl: "Otwórz czat",
  sv: "Öppna chatten",
  da: "Åbn chat",
  nb: "Åpne chatten",
  fi: "Avaa keskustelu",
  cs: "Otevřít chat",
  tr: "Sohbeti aç",
  ru: "Открыть чат",
  uk: "Відкрити чат",
  ar: "افتح المحادثة",
  he: "פתיחת הצ׳אט",
  hi: "चैट खोलें",
  ja: "チャットを開く",
  ko: "채팅 열기",
  zh: "打开聊天",
};
