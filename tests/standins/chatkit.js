// OpenAI's <openai-chatkit> as far as a page can tell: strict about the names of its
// options, opening one session, or talking with the server it is given. Its options:
// `@openai/chatkit` 1.9.0.
const KNOWN = [
  "api", "locale", "frameTitle", "initialThread", "thread", "theme", "header",
  "history", "startScreen", "composer", "disclaimer", "threadItemActions",
];

class ChatKit extends HTMLElement {
  async setOptions(options) {
    const unknown = Object.keys(options).filter((name) => !KNOWN.includes(name));
    if (unknown.length) throw new Error("ChatKit knows no " + unknown.join());
    this.options = options;
    this.title = options.frameTitle ?? "Chat";
    if (this.talk) return;
    this.talk = options.api.getClientSecret ? this.opened() : this.asked;
    this.append(
      this.line("h2", options.startScreen?.greeting ?? ""),
      ...(options.startScreen?.prompts ?? []).map((one) => this.prompt(one)),
      this.composer(options.composer?.placeholder ?? "Message the AI"),
    );
    this.dispatchEvent(new CustomEvent("chatkit.ready"));
  }

  /** A conversation with OpenAI, which nobody but OpenAI can answer. */
  opened() {
    const secret = this.options.api.getClientSecret(null);
    return async (text) => `sent ${text} with ${await secret}`;
  }

  /** A conversation with the owner's own server. */
  async asked(text) {
    const input = { content: [{ type: "input_text", text }], attachments: [] };
    const body = { type: "threads.create", params: { input }, metadata: {} };
    const { url } = this.options.api;
    const answer = await fetch(url, { method: "POST", body: JSON.stringify(body) });
    const events = (await answer.text()).split("\n\n").filter(Boolean);
    const done = events.map((one) => JSON.parse(one.slice(6)));
    const said = done.find((one) => one.item?.type === "assistant_message");
    return said.item.content[0].text;
  }

  async say(text) {
    this.append(this.line("p", await this.talk.call(this, text)));
  }

  prompt({ label, prompt }) {
    const button = this.line("button", label);
    button.onclick = () => this.say(prompt);
    return button;
  }

  composer(placeholder) {
    const field = Object.assign(document.createElement("input"), { placeholder });
    field.onchange = () => this.say(field.value);
    return field;
  }

  line(tag, text) {
    return Object.assign(document.createElement(tag), { textContent: text });
  }
}
customElements.define("openai-chatkit", ChatKit);
