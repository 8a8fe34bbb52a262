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

