"""A conversation of the runtime's own in a page of nothing else, and what it said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exporter.providers.registry import provider
from exporter.runtime_config import runtime_config

if TYPE_CHECKING:
    from tests.gui.runtime_page import RuntimePage
    from tests.standins.n8n import Workflow

# `talk(config)` is a conversation, `ask(config, text)` one question of it (`one`).
TALK = """
const { createConversation } = await load("conversation");
const { TEXTS_EN } = await load("locales/en");
globalThis.talk = (config, host = {}) => {
  const events = [];
  const away = new AbortController();
  const ctx = {
    config, face: "n8n", isOpen: true, signal: away.signal, locale: "en", dir: "ltr",
    host: { kind: "hosted", base: "", runtime: {}, ...host },
    url: (path) => new URL(path, location.origin + "/").href,
    load, t: (name) => TEXTS_EN[name] ?? name, announce() {},
    emit: (name, detail) => events.push([name, detail]),
  };
  const conversation = createConversation(ctx);
  return { conversation, events, ctx, away };
};
globalThis.until = (test, time = 8000) => new Promise((done, fail) => {
  const start = performance.now();
  const look = () => {
    if (test()) done();
    else if (performance.now() - start > time) fail(Error("never: " + test));
    else setTimeout(look, 5);
  };
  look();
});
globalThis.shown = ({ conversation }) =>
  conversation.messages.map((one) => [one.role, one.error ?? one.text, one.state]);
globalThis.ask = async (config, text, options) => {
  const one = (globalThis.one = talk(config));
  await one.conversation.send(text, options);
  return { shown: shown(one), events: one.events };
};
"""


def config_for(workflow: Workflow, **connection: Any) -> dict[str, Any]:
    """The config of an n8n widget that talks straight to a workflow."""
    config = runtime_config(provider("n8n").samples()[0])
    config["connection"] |= {
        "access": "direct",
        "webhook_url": workflow.url,
        "metadata": {},
        **connection,
    }
    return config


def ask(page: RuntimePage, config: dict[str, Any], text: str = "hello") -> Any:
    return page.run("return ask(config, text)", config=config, text=text)


def replies(answer: Any) -> list[str]:
    return [text for role, text, _ in answer["shown"] if role == "assistant"]


def errors(answer: Any) -> list[Any]:
    return [detail for name, detail in answer["events"] if name == "error"]
