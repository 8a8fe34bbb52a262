"""Imports, proved on what each vendor publishes.

The examples of a package's README are read from the package that npm installed; those
that stand in documentation alone are told in our own words, with the page they follow.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from exporter.contract.errors import InputError
from exporter.editing import get_value
from exporter.importers import chatkit_options, flowise, n8n_chat, typebot
from exporter.importing import Imported, import_widget

PACKAGES = Path(__file__).parents[2] / "npm" / "node_modules"
FENCE = re.compile(r"^[ \t]*```\w*\n(.*?)^[ \t]*```", re.S | re.M)
CALLS = {
    "n8n-chat-cdn": ("createChat({",),
    "@n8n/chat": ("createChat({",),
    "flowise-embed": ("Chatbot.init({", "Chatbot.initFull({"),
    "flowise-embed-react": ("<BubbleChat", "<FullPageChat"),
    "@typebot.io/js": (
        "Typebot.initBubble({",
        "Typebot.initPopup({",
        "Typebot.initStandard({",
    ),
    "@typebot.io/react": ("<Bubble", "<Popup", "<Standard"),
}
MODES = {
    "Chatbot.init({": "popup",
    "Chatbot.initFull({": "fullpage",
    "<BubbleChat": "popup",
    "<FullPageChat": "fullpage",
    "Typebot.initBubble({": "popup",
    "Typebot.initPopup({": "popup",
    "Typebot.initStandard({": "inline",
    "<Bubble": "popup",
    "<Popup": "popup",
    "<Standard": "inline",
}
TITLES = {"flowise": flowise.TITLE, "typebot": typebot.TITLE, "n8n": n8n_chat.TITLE}
installed = pytest.mark.skipif(
    not (PACKAGES / "flowise-embed").is_dir(), reason="tests/npm is not installed"
)


def blocks(package: str) -> list[str]:
    """All code that a package's README shows."""
    readme = PACKAGES / package / "README.md"
    return FENCE.findall(readme.read_text("utf-8")) if readme.exists() else []


def examples() -> list[Any]:
    """Every block that puts a chat into a page, with its package and its first call."""
    found = []
    for package, calls in CALLS.items():
        for number, block in enumerate(blocks(package)):
            places = {block.find(call): call for call in calls if call in block}
            if places:
                case = (package, places[min(places)], block)
                found.append(pytest.param(*case, id=f"{package}-{number}"))
    return found


def value(imported: Imported, path: str) -> Any:
    return get_value(imported.widget, path)


def told(imported: Imported) -> set[str]:
    """Every option that the list names, by its first name."""
    named = [*imported.carried, *(o for o, _ in (*imported.changed, *imported.left))]
    return {option.split(".")[0] for option in named}


@installed
@pytest.mark.parametrize("package", CALLS)
def test_each_package_publishes_examples(package: str) -> None:
    calls = {case.values[1] for case in examples() if case.values[0] == package}
    assert calls == set(CALLS[package])


@installed
@pytest.mark.parametrize(("package", "call", "example"), examples())
def test_every_published_example_is_read(package: str, call: str, example: str) -> None:
    imported = import_widget(example)
    assert imported.source == next(t for n, t in TITLES.items() if n in package)
    if call in MODES:
        assert value(imported, "layout.mode") == MODES[call]
    where = example.index(call) + len(call)
    first = re.search(r"\s*(\w+)[:=]", example[where:])
    assert first
    assert first[1] in told(imported)
    assert "It cannot be read." not in dict(imported.left).values()


def said(example: str, name: str) -> str:
    """What the example says of an option, found without our own reader."""
    match = re.search(rf"\b{name}: (?:'([^']*)'|([\w.]+))", example)
    assert match, name
    return match[1] or match[2]


FLOWISE_OPTIONS = {
    "pageTitle": "behavior.frame_title",
    "right": "layout.popup.offset_x",
    "bottom": "layout.popup.offset_y",
    "size": "launcher.size",
    "dragAndDrop": "launcher.draggable",
    "autoOpen": "behavior.auto_open.enabled",
    "openDelay": "behavior.auto_open.delay",
    "tooltipMessage": "launcher.teaser.text",
    "errorMessage": "texts.overrides.error_server",
    "height": "layout.popup.height",
    "width": "layout.popup.width",
    "fontSize": "typography.base_size",
    "placeholder": "composer.placeholder",
    "receiveMessageSound": "behavior.sound",
    "time": "messages.show_timestamps",
}


@installed
@pytest.mark.parametrize(("option", "path"), FLOWISE_OPTIONS.items())
def test_flowises_whole_configuration_is_carried(option: str, path: str) -> None:
    (example,) = [one for one in blocks("flowise-embed") if "customCSS" in one]
    plain = import_widget(example).widget.plain()
    for part in path.split("."):
        plain = plain[part]
    assert str(plain).lower() == said(example, option).lower()


@installed
@pytest.mark.parametrize("package", ["@typebot.io/js", "@typebot.io/react"])
def test_typebots_bubble_is_carried(package: str) -> None:
    (example,) = [
        one
        for one in blocks(package)
        if "previewMessage: {" in one or "previewMessage={{" in one
    ]
    imported = import_widget(example)
    colors = re.findall(r"#[0-9A-Fa-f]{6}", example)
    assert value(imported, "launcher.colors.background") == colors[0].lower()
    assert value(imported, "launcher.colors.icon") == colors[1].lower()
    assert value(imported, "launcher.teaser.delay") == 5
    assert value(imported, "launcher.teaser.text") in example


@installed
@pytest.mark.parametrize("package", ["@typebot.io/js", "@typebot.io/react"])
def test_typebots_container_gives_the_size(package: str) -> None:
    sized = [one for one in blocks(package) if "600px" in one]
    assert sized
    for example in sized:
        imported = import_widget(example)
        assert value(imported, "layout.inline.height") == 600
        assert value(imported, "layout.inline.fill_width") is True


@installed
@pytest.mark.parametrize("package", ["@n8n/chat", "n8n-chat-cdn"])
def test_n8ns_variables_are_carried(package: str) -> None:
    texts = blocks(package)
    style = "".join(one for one in texts if "--chat--color--primary:" in one)
    example = next(one for one in texts if "createChat({" in one)
    styled = import_widget(example + style)
    assert {"--chat--color--primary", "--chat--window--width"} <= set(styled.carried)
    assert value(styled, "theme.accent.primary") in style


# What stands in documentation alone, each in our own words.
DOCUMENTED: dict[str, tuple[str, str, dict[str, object]]] = {
    # docs.typebot.io/deploy/web/iframe
    "typebot frame": (
        '<iframe src="https://typebot.co/garden-help" '
        'style="border: none; width: 100%; height: 640px"></iframe>',
        typebot.TITLE,
        {"layout.mode": "inline", "layout.inline.height": 640},
    ),
    # docs.typebot.io/deploy/web/wordpress
    "typebot shortcode": (
        '[typebot typebot="garden-help" width="480px" height="700px"]',
        typebot.TITLE,
        {"layout.inline.width": 480, "layout.inline.height": 700},
    ),
    # docs.typebot.io/deploy/web/script: a script that writes the script
    "typebot script": (
        'const made = document.createElement("script");\n'
        'made.type = "module";\n'
        "made.innerHTML = `import Typebot from 'https://cdn.example/web.js'\n"
        "Typebot.initBubble({ typebot: 'garden', theme: { placement: 'left' } });`;\n"
        "document.body.append(made);",
        typebot.TITLE,
        {"layout.popup.position": "bottom-left"},
    ),
    # docs.typebot.io/deploy/web/html-javascript, "Multiple bots": a comma is missing
    "typebot without a comma": (
        "Typebot.initStandard({\n  id: 'first'\n  typebot: 'garden',\n})\n"
        '<typebot-standard id="first" style="width: 420px; height: 500px"/>',
        typebot.TITLE,
        {"layout.inline.width": 420},
    ),
    # docs.flowiseai.com/using-flowise/embed: a version, and a script without a module
    "flowise classic script": (
        '<script src="https://cdn.example/flowise-embed@2/dist/web.js" defer></script>'
        "<script>Chatbot.init({chatflowid: 'f', apiHost: 'https://f.example',"
        "theme: {customCSS: `\n a { b: c }\n`, button: {right: 8}}})</script>",
        flowise.TITLE,
        {"layout.popup.offset_x": 8},
    ),
    # docs.flowiseai.com/using-flowise/embed: the chat page, as "Share chatbot" has it
    "flowise frame": (
        '<iframe src="https://f.example/chatbot/01234567-89ab-cdef-0123-456789abcdef" '
        'width="100%" height="720"></iframe>',
        flowise.TITLE,
        {"layout.mode": "inline", "layout.inline.height": 720},
    ),
    # docs.n8n.io/integrations/builtin/core-nodes/…chattrigger, "Hosted chat"
    "n8n chat page": (
        "https://n8n.example/webhook/01234567-89ab/chat",
        n8n_chat.TITLE,
        {"connection.webhook_url": "https://n8n.example/webhook/01234567-89ab/chat"},
    ),
    "n8n chat page in a frame": (
        '<iframe src="https://n8n.example/webhook/01234567-89ab/chat" height="520">',
        n8n_chat.TITLE,
        {"layout.mode": "inline", "layout.inline.height": 520},
    ),
    # openai.github.io/chatkit-js/customize, with the web component
    "chatkit element": (
        '<openai-chatkit id="chat"></openai-chatkit><script type="module">'
        "const chat = document.getElementById('chat');\n"
        "chat.setOptions({ theme: { colorScheme: 'dark', radius: 'round', color: {"
        " accent: { primary: '#0A7D55', level: 1 } } }, header: { rightAction: {"
        " icon: 'light-mode', onClick: () => flip() } }, history: { showDelete: true,"
        " showRename: false }, threadItemActions: { feedback: true, retry: true } });"
        "</script>",
        chatkit_options.TITLE,
        {
            "theme.color_scheme": "dark",
            "theme.accent.primary": "#0a7d55",
            "theme.accent.level": 1,
            "header.right_action.icon": "light-mode",
            "history.show_delete": True,
            "history.show_rename": False,
            "messages.retry": True,
        },
    ),
    # openai.github.io/chatkit-js/guides/authentication: a server of one's own
    "chatkit own server": (
        "const { control } = useChatKit({ api: { url: 'https://brain.example/chatkit',"
        " domainKey: 'domain_pk_1', fetch(input, init) { return fetch(input, init) } },"
        " locale: 'de' });",
        chatkit_options.TITLE,
        {
            "connection.kind": "server",
            "connection.url": "https://brain.example/chatkit",
            "texts.locale": "de",
        },
    ),
    # developers.openai.com/api/docs/guides/chatkit: a session from one's own route
    "chatkit session": (
        "export function Help() { const { control } = useChatKit({ api: {"
        " async getClientSecret(existing) { const made = await fetch('/session');"
        " const { client_secret } = await made.json(); return client_secret; } } });"
        " return <ChatKit control={control} className='chat' />; }",
        chatkit_options.TITLE,
        {"connection.kind": "hosted"},
    ),
    # developers.openai.com/api/docs/guides/chatkit-themes: the object alone
    "chatkit options": (
        "const options: Partial<ChatKitOptions> = {\n  startScreen: {\n"
        "    greeting: 'Shall we plan it?',\n    prompts: [{ label: 'A weekend',\n"
        "      prompt: 'Plan a weekend', icon: 'calendar' }],\n  },\n"
        "  composer: { placeholder: 'A place, a date' },\n};",
        chatkit_options.TITLE,
        {
            "start_screen.greeting": "Shall we plan it?",
            "composer.placeholder": "A place, a date",
        },
    ),
    # chatkit.studio/playground, "Code": typed options with notes between
    "chatkit playground": (
        'import type { ChatKitOptions } from "@openai/chatkit";\n\n'
        "const options: ChatKitOptions = {\n  api: {\n    // yours to fill in\n  },\n"
        "  theme: {\n    colorScheme: 'light',\n    radius: 'pill',\n"
        "    density: 'compact',\n    color: {\n"
        "      grayscale: { hue: 150, tint: 4 },\n"
        "      surface: { background: '#F2FFF9', foreground: '#E4F5ED' } },\n"
        "    typography: {\n      baseSize: 15,\n"
        "      fontFamily: '\"Own Sans\", system-ui, sans-serif',\n"
        "      fontSources: [ { family: 'Own Sans', weight: 400, style: 'normal',\n"
        "        src: 'https://fonts.example/own.woff2', display: 'swap' },\n"
        "      // here the other fonts\n      ] } },\n"
        "  composer: {\n    attachments: { enabled: true, maxCount: 5,\n"
        "      maxSize: 10485760 },\n"
        "    tools: [ { id: 'search', label: 'Search', shortLabel: 'Find',\n"
        "      placeholderOverride: 'What for?', icon: 'globe', pinned: true } ],\n"
        "    models: [ { id: 'm', label: 'Crisp', description: 'Short',"
        " default: true }, { id: 'n', label: 'Clear' } ] },\n"
        "  startScreen: { greeting: '', prompts: [ { icon: 'circle-question',\n"
        "    label: 'Who are you?', prompt: 'Who are you?' } ] },\n"
        "  // what else there is\n};",
        chatkit_options.TITLE,
        {
            "theme.radius": "pill",
            "theme.density": "compact",
            "theme.grayscale.hue": 150,
            "theme.grayscale.tint": 4,
            "theme.surface.background": "#f2fff9",
            "typography.base_size": 15,
            "composer.attachments.max_size": 10,
            "composer.attachments.max_count": 5,
        },
    ),
    # github.com/openai/openai-chatkit-starter-app: values in constants of their own
    "chatkit starter app": (
        "export const GREETING = 'Good morning';\n"
        "export const PROMPTS: StartScreenPrompt[] = [\n"
        "  { label: 'Opening hours', prompt: 'When are you open?', icon: 'clock' }];\n"
        "const chat = useChatKit({ api: { getClientSecret },\n"
        "  startScreen: { greeting: GREETING, prompts: PROMPTS } });",
        chatkit_options.TITLE,
        {"start_screen.greeting": "Good morning", "connection.kind": "hosted"},
    ),
}


@pytest.mark.parametrize("name", DOCUMENTED)
def test_every_documented_form_is_read(name: str) -> None:
    text, title, expected = DOCUMENTED[name]
    imported = import_widget(text)
    assert imported.source == title
    assert {path: value(imported, path) for path in expected} == expected


BUILT: dict[str, tuple[str, dict[str, object]]] = {
    "typebot": (
        '(0,e.jsx)(t.Bubble,{typebot:"garden",theme:{button:{size:"72px"}}})',
        {"launcher.size": 72},
    ),
    "typebot call": (
        '!function(){n.default.initPopup({typebot:"a",autoShowDelay:3e3})}()',
        {"behavior.auto_open.enabled": True, "behavior.auto_open.delay": 3},
    ),
    "flowise": (
        'c.createElement(r.FullPageChat,{chatflowid:"f",apiHost:"https://f.example"})',
        {"layout.mode": "fullpage"},
    ),
    "flowise call": (
        'e.init({debug:!0}),a.init({chatflowid:"f",theme:{button:{right:9}}})',
        {"layout.popup.offset_x": 9},
    ),
    "n8n": (
        'function f(){return(0,a.x)({webhookUrl:"https://n.example/webhook/1/chat",'
        "enableStreaming:!0})}",
        {"connection.streaming": True},
    ),
    "chatkit": (
        '(0,r.useChatKit)({api:{url:"https://a.example/c",domainKey:"k"},theme:"dark"})',
        {"theme.color_scheme": "dark", "connection.domain_key": "k"},
    ),
}


@pytest.mark.parametrize("name", BUILT)
def test_what_a_bundler_made_of_it_is_read(name: str) -> None:
    text, expected = BUILT[name]
    imported = import_widget(text)
    assert {path: value(imported, path) for path in expected} == expected


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    [
        "<Bubble typebot=",
        '<Bubble a="',
        "<Bubble a={",
        "<iframe ",
        "[typebot a ",
        "init({",
        "init({chatflowid",
        "const abc = abcd; createChat(abc); ",
        "({webhookUrl",
        "Bubble,{",
        '<iframe src="https://n.example/webhook/',
    ],
)
def test_no_element_keeps_us_long(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    try:
        imported = import_widget(text)
    except InputError:
        return
    assert imported.source
