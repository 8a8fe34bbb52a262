/**
 * A widget's config as the options of the real ChatKit (`@openai/chatkit` 1.9.0).
 * `setOptions` replaces and never merges, so this always gives the whole.
 */

/** @import {Config} from "./types" */

const MEGABYTE = 1024 * 1024;
/** Kinds of file by their ending, for what `accept` wants to know. */
const KINDS = {
  pdf: "application/pdf",
  txt: "text/plain",
  md: "text/markdown",
  csv: "text/csv",
  json: "application/json",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  svg: "image/svg+xml",
  doc: "application/msword",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xls: "application/vnd.ms-excel",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ppt: "application/vnd.ms-powerpoint",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  zip: "application/zip",
  mp3: "audio/mpeg",
  wav: "audio/wav",
  mp4: "video/mp4",
};

/**
 * Everything but what only a page can give: `api` and the header buttons' `onClick`.
 * @param {Config} config @param {boolean} [dark] the scheme in force, for "auto"
 * @returns {Record<string, any>}
 */
export function chatkitOptions(config, dark = config.theme.color_scheme === "dark") {
  const { behavior, texts, history, messages, start_screen, composer } = config;
  const { text, high_contrast } = composer.disclaimer;
  return given({
    locale: texts.locale === "auto" ? undefined : texts.locale,
    frameTitle: behavior.frame_title,
    initialThread: behavior.initial_thread,
    thread: { autoScroll: behavior.auto_scroll },
    theme: themeOptions(config, dark),
    header: headerOptions(config),
    history: { enabled: history.enabled, showDelete: history.show_delete, showRename: history.show_rename },
    startScreen: given({
      greeting: start_screen.greeting,
      prompts: start_screen.prompts.map((/** @type {any} */ { label, prompt, icon }) =>
        given({ label, prompt: prompt || label, icon }),
      ),
    }),
    composer: composerOptions(config),
    disclaimer: text ? { text, highContrast: high_contrast } : undefined,
    threadItemActions: { feedback: messages.feedback, retry: messages.retry },
  });
}

/** @param {Config} config @param {boolean} dark */
function themeOptions({ theme, typography }, dark) {
  const { grayscale, accent, surface } = theme;
  const { hue, tint, shade } = grayscale;
  const ground = dark
    ? { background: surface.dark_background, foreground: surface.dark_foreground }
    : { background: surface.background, foreground: surface.foreground };
  return {
    colorScheme: dark ? "dark" : "light",
    radius: theme.radius,
    density: theme.density,
    typography: given({
      baseSize: typography.base_size,
      fontFamily: familyOf(typography.font_family, "sans-serif"),
      fontFamilyMono: familyOf(typography.font_family_mono, "monospace"),
      fontSources: typography.font_sources.map((/** @type {any} */ { unicode_range, ...font }) =>
        given({ ...font, unicodeRange: unicode_range }),
      ),
    }),
    color: given({
      grayscale: grayscale.enabled ? { hue, tint, shade } : undefined,
      accent: accent.enabled ? { primary: accent.primary, level: accent.level } : undefined,
      surface: surface.enabled ? ground : undefined,
    }),
  };
}

/** @param {Config} config */
function headerOptions({ header, name }) {
  const { title, left_action, right_action } = header;
  return given({
    enabled: header.enabled,
    title: { enabled: title.enabled, text: title.text || name },
    leftAction: left_action.enabled ? { icon: left_action.icon } : undefined,
    rightAction: right_action.enabled ? { icon: right_action.icon } : undefined,
  });
}

/** @param {Config} config */
function composerOptions({ composer }) {
  const { placeholder, attachments, tools, models, dictation } = composer;
  return given({
    placeholder,
    attachments: attachments.enabled
      ? given({
          enabled: true,
          maxSize: attachments.max_size * MEGABYTE,
          maxCount: attachments.max_count,
          accept: attachments.accept.length ? acceptedKinds(attachments.accept) : undefined,
        })
      : { enabled: false },
    tools: tools.map((/** @type {any} */ tool) =>
      given({
        id: tool.id,
        label: tool.label,
        icon: tool.icon || "sparkle",
        shortLabel: tool.short_label,
        placeholderOverride: tool.placeholder_override,
        pinned: tool.pinned,
        persistent: tool.persistent,
      }),
    ),
    models: models.map((/** @type {any} */ { id, label, description, disabled, default: first }) =>
      given({ id, label, description, disabled, default: first }),
    ),
    dictation: { enabled: dictation.enabled },
  });
}

/** Media types to endings, as file pickers want them. @param {string[]} rules */
function acceptedKinds(rules) {
  /** @type {Record<string, string[]>} */
  const kinds = {};
  for (const rule of rules) {
    const isEnding = rule.startsWith(".");
    const known = KINDS[/** @type {"pdf"} */ (rule.slice(1).toLowerCase())] ?? "application/octet-stream";
    const list = (kinds[isEnding ? known : rule] ??= []);
    if (isEnding) list.push(rule);
  }
  return kinds;
}

/** @param {string} family @param {string} kind */
function familyOf(family, kind) {
  return family === "System" ? "" : `${JSON.stringify(family)}, ${kind}`;
}

/**
 * Without what is not set: ChatKit refuses some empty values and has its own defaults.
 * @param {Record<string, any>} values
 */
function given(values) {
  const isSet = (/** @type {any} */ value) => value !== undefined && value !== "" && value?.length !== 0;
  return Object.fromEntries(Object.entries(values).filter(([, value]) => isSet(value)));
}
