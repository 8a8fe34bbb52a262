/** English words of what only some widgets have; in other languages they stand with the rest. */

/** @type {Record<string, string>} */
export const MORE_TEXTS_EN = {
  greeting_chatkit: "What can I help with today?",
  placeholder_chatkit: "Message the AI",
  expand: "Expand",
  collapse: "Collapse",
  attach: "Attach files",
  remove_file: "Remove {name}",
  dictate: "Dictate",
  stop_dictation: "Stop dictating",
  no_history: "No earlier conversations",
  rename: "Rename",
  delete: "Delete",
  back: "Back",
  choose_model: "Choose a model",
  choose_tool: "Choose a tool",
  simulated: "Simulated",
  error_file_type: "{name} cannot be sent: only {types}.",
  error_file_size: "{name} is too large: at most {size} MB.",
  error_file_count: "At most {count} files at a time.",
  unavailable: "The chat cannot be reached. Please try again later.",
  print: "Print the conversation",
  email: "Send by e-mail",
  rate: "How was this conversation?",
};
