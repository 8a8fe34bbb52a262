"""Widgets brought along from other vendors' bubbles, and from pages' addresses.

The snippets have the shape of each vendor's documentation, in words of our own.
"""

from __future__ import annotations

import json
import time
from typing import Any

import httpx
import pytest

from exporter.contract.errors import InputError, WorldError
from exporter.contract.specs import settings_of
from exporter.editing import get_value
from exporter.files import read_widget, write_widget
from exporter.importers import flowise, typebot
from exporter.importing import Imported, import_widget
from exporter.pages_online import import_page, is_address
from exporter.providers.registry import provider

FLOWISE = """
<script type="module">
  import Chatbot from "https://cdn.example/flowise-embed/dist/web.js";
  Chatbot.init({
    chatflowid: "11111111-2222",
    apiHost: "https://flow.example",
    chatflowConfig: { topK: 2 },
    observersConfig: { observeUserInput: (text) => { console.log({ text }); } },
    theme: {
      button: { backgroundColor: "#3B81F6", right: 20, bottom: 30, size: 48,
        dragAndDrop: true, iconColor: "white",
        autoWindowOpen: { autoOpen: true, openDelay: 2, autoOpenOnMobile: false } },
      tooltip: { showTooltip: true, tooltipMessage: "Hi there 👋!" },
      customCSS: ``,
      chatWindow: {
        showTitle: true, title: "Flower Bot", welcomeMessage: "Hello! Ask me.",
        backgroundColor: "#ffffff", height: 700, width: 400, fontSize: 16,
        starterPrompts: ["What do you sell?", "Who are you?"],
        botMessage: { backgroundColor: "#f7f8ff", textColor: "#303235" },
        userMessage: { backgroundColor: "#3B81F6", textColor: "#ffffff" },
        textInput: { placeholder: "Type your question", sendButtonColor: "#3B81F6" },
        footer: { textColor: "#303235", text: "Powered by us" },
      },
    },
  });
</script>
"""
TYPEBOT = """
<script type="module">
  import Typebot from 'https://cdn.example/@typebot.io/js/dist/web.js'
  Typebot.initBubble({
    typebot: 'my-typebot', apiHost: 'https://viewer.example',
    prefilledVariables: { plan: 'pro', 'User name': 'Ann' },
    previewMessage: { message: 'I have a question!', autoShowDelay: 5000,
      avatarUrl: 'https://a.example/a.png' },
    theme: { placement: 'left',
      button: { backgroundColor: '#0042DA', iconColor: '#FFFFFF', size: 'large' },
      chatWindow: { backgroundColor: '#fff', maxWidth: '420px' } },
    onAnswer: (answer) => console.log(answer),
  })
</script>
"""


def values(imported: Imported, *paths: str) -> list[Any]:
    return [get_value(imported.widget, path) for path in paths]


def test_a_flowise_bubble_is_carried() -> None:
    imported = import_widget(FLOWISE)
    assert imported.source == flowise.TITLE
    assert values(
        imported,
        "launcher.colors.background",
        "launcher.colors.icon",
        "launcher.size",
        "layout.popup.offset_y",
        "layout.popup.height",
        "behavior.auto_open.enabled",
        "behavior.auto_open.delay",
        "launcher.teaser.text",
        "header.title.text",
        "start_screen.initial_messages",
        "theme.user_bubble.background",
        "theme.text.enabled",
        "composer.placeholder",
        "composer.disclaimer.text",
    ) == [
        "#3b81f6",
        "#ffffff",
        48,
        30,
        700,
        True,
        2,
        "Hi there 👋!",
        "Flower Bot",
        ["Hello! Ask me."],
        "#3b81f6",
        True,
        "Type your question",
        "Powered by us",
    ]
    labels = [
        one["label"] for one in get_value(imported.widget, "start_screen.prompts")
    ]
    assert labels == ["What do you sell?", "Who are you?"]
    left = dict(imported.left)
    assert {"chatflowid", "apiHost", "observersConfig"} <= set(left)
    assert "n8n" in left["apiHost"]


def test_a_typebot_bubble_is_carried() -> None:
    imported = import_widget(TYPEBOT)
    assert imported.source == typebot.TITLE
    assert values(
        imported,
        "layout.mode",
        "layout.popup.position",
        "layout.popup.width",
        "launcher.size",
        "launcher.teaser.enabled",
        "launcher.teaser.text",
        "launcher.teaser.delay",
        "connection.metadata",
    ) == [
        "popup",
        "bottom-left",
        420,
        64,
        True,
        "I have a question!",
        5,
        {"plan": "pro", "User name": "Ann"},
    ]
    assert {"typebot", "apiHost", "onAnswer"} <= dict(imported.left).keys()


@pytest.mark.parametrize(
    ("call", "mode"), [("Standard", "inline"), ("Popup", "popup"), ("Bubble", "popup")]
)
def test_the_call_says_the_mode(call: str, mode: str) -> None:
    imported = import_widget(f'Typebot.init{call}({{typebot:"a"}})')
    assert values(imported, "layout.mode") == [mode]
    full = import_widget('Chatbot.initFull({chatflowid:"a"})')
    assert values(full, "layout.mode") == ["fullpage"]


@pytest.mark.parametrize("module", [flowise, typebot])
def test_every_option_goes_to_a_setting_that_there_is(module: Any) -> None:
    known = settings_of(provider("n8n").widget)
    for option, goes in module.TABLE.items():
        assert goes.path in known or (not goes.path and goes.why), option
        assert all(path in known for path, _ in goes.also), option


@pytest.mark.parametrize("text", [FLOWISE, TYPEBOT])
def test_cut_off_anywhere_it_is_refused_or_read_and_never_crashes(text: str) -> None:
    for end in range(0, len(text), 7):
        try:
            imported = import_widget(text[:end])
        except InputError:
            continue
        assert read_widget(write_widget(imported.widget)) == imported.widget


def answers(**pages: tuple[int, str]) -> httpx.Client:
    """A web of a few paths on one host."""

    def answer(request: httpx.Request) -> httpx.Response:
        name = request.url.path.strip("/").replace(".", "_") or "index"
        status, body = pages.get(name, (404, ""))
        headers = {"Location": body} if status == 302 else {}
        return httpx.Response(status, text=body, headers=headers)

    return httpx.Client(transport=httpx.MockTransport(answer))


def test_a_page_that_carries_a_widget_is_read() -> None:
    with answers(index=(302, "/home"), home=(200, FLOWISE)) as client:
        imported = import_page("https://shop.example/", client)
    assert values(imported, "header.title.text") == ["Flower Bot"]


def test_a_script_of_the_same_site_is_read_and_no_other() -> None:
    page = (
        '<script src="https://elsewhere.example/chat.js"></script>'
        '<script src=/jquery.js></script><script src="/chat.js"></script>'
    )
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, text=TYPEBOT if request.url.path != "/" else page)

    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        import_page("https://shop.example/", client)
    assert asked == ["https://shop.example/", "https://shop.example/chat.js"]


def test_a_page_without_a_widget_or_without_an_answer_is_told() -> None:
    with answers(index=(200, "<title>Shop</title>")) as client:
        with pytest.raises(InputError, match="tag manager"):
            import_page("https://shop.example/", client)
        with pytest.raises(WorldError, match="answers 404"):
            import_page("https://shop.example/none", client)


@pytest.mark.parametrize(
    "tag",
    [
        '<script src="/assets/index-4f2a.js" type="module"></script>',
        "<script defer=defer src=/assets/index-4f2a.js></script>",
        '<SCRIPT data-cfasync="false"\n  SRC = "assets/index-4f2a.js" async></SCRIPT>',
        '<script src="//static.shop.example/assets/index-4f2a.js"></script>',
    ],
)
def test_scripts_are_found_however_they_are_linked(tag: str) -> None:
    page = f'<script src="http://[bad"></script><script src="data:,x"></script>{tag}'
    with answers(index=(200, page), **{"assets/index-4f2a_js": (200, TYPEBOT)}) as web:
        imported = import_page("https://www.shop.example/", web)
    assert imported.source == typebot.TITLE


@pytest.mark.parametrize("piece", ["<script ", "<script src", "<script src= "])
def test_no_page_keeps_us_long(piece: str) -> None:
    def seconds(size: int) -> float:
        begun = time.process_time()
        with answers(index=(200, piece * size)) as web, pytest.raises(InputError):
            import_page("https://shop.example/", web)
        return time.process_time() - begun

    assert seconds(16_000) < 10 * (seconds(2_000) + 0.05)


@pytest.mark.parametrize(
    "text",
    [
        'Chatbot.init({chatflowid: "x", theme: {chatWindow: {height: 1e999}}})',
        'Chatbot.init({chatflowid: "x", theme: {chatWindow: {height: "-inf"}}})',
        'Typebot.initBubble({typebot: "x", previewMessage: {autoShowDelay: 1e999}})',
        '{"accentColor": "#ff0000", "tintHue": 1e999, "density": -1e999}',
        'chatkit.setOptions({api: {url: "https://a.example"}, theme: {typography: '
        "{baseSize: -1e999}}, composer: {attachments: {maxSize: 1e999}}})",
    ],
)
def test_a_number_past_all_numbers_stays_behind(text: str) -> None:
    assert import_widget(text).left


def test_an_address_that_says_enough_needs_no_answer() -> None:
    chat = "https://n8n.example/webhook/0123-abcd/chat"
    with answers() as client:
        imported = import_page(chat, client)
    assert values(imported, "connection.webhook_url") == [chat]


def test_n8ns_chat_page_gives_what_it_shows() -> None:
    page = """<script type="module">
      import { createChat } from 'https://cdn.example/@n8n/chat/dist/chat.bundle.es.js';
      (async function () {
        const authentication = 'none';
        const { metadata } = await visitor(authentication);
        createChat({
          mode: 'fullscreen', webhookUrl: 'https://n8n.example/webhook/0123/chat',
          showWelcomeScreen: true, loadPreviousSession: false, metadata: metadata,
          webhookConfig: { headers: { 'Content-Type': 'application/json' } },
          i18n: { en: { title: 'Hello' } }, enableStreaming: true,
        });
      })();
    </script>"""
    chat = "https://n8n.example/webhook/0123/chat"
    with answers(**{"webhook/0123/chat": (200, page)}) as client:
        imported = import_page(chat, client)
    assert values(
        imported, "layout.mode", "header.title.text", "connection.streaming"
    ) == ["fullpage", "Hello", True]
    assert "metadata" in dict(imported.left)


@pytest.mark.parametrize("place", ["http://[", "//[x/", "https://shop.example:port/"])
def test_a_redirect_to_what_is_no_address_is_told(place: str) -> None:
    with answers(index=(302, place)) as client, pytest.raises(WorldError):
        import_page("https://shop.example/", client)


def test_addresses_are_told_from_files() -> None:
    assert is_address("https://shop.example")
    assert not is_address("snippet.html")
    assert not is_address("C:/snippet.html")
    assert not is_address(json.dumps({"a": 1}))
