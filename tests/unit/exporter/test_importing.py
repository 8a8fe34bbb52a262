"""Widgets brought along: what was carried, what changed, what stayed behind."""

from __future__ import annotations

import json
from typing import Any

import pytest

from exporter.contract.errors import InputError, InvalidWidget, TooLarge
from exporter.contract.specs import settings_of
from exporter.editing import get_value, with_values
from exporter.files import read_widget, write_widget
from exporter.importers import chatkit_options, n8n_chat, web_original
from exporter.importing import MAX_CHARACTERS, Imported, import_widget
from exporter.providers.registry import provider, providers
from exporter.snippets import snippet
from main import main

N8N = """
<link href="https://cdn.jsdelivr.net/npm/@n8n/chat/dist/style.css" rel="stylesheet" />
<script type="module">
  import { createChat } from 'https://cdn.jsdelivr.net/npm/@n8n/chat/dist/chat.js';
  // createChat( is explained elsewhere
  createChat({
    webhookUrl: 'https://n8n.example/webhook/1/chat',
    webhookConfig: { method: 'POST',
      headers: { 'X-A': 'b', Authorization: 'Bearer x' } },
    target: '#n8n-chat',
    mode: 'fullscreen',
    chatInputKey: 'chatInput', chatSessionKey: 'sessionId',
    loadPreviousSession: true,
    metadata: { plan: 'pro', nothing: null },
    showWelcomeScreen: false,
    defaultLanguage: 'en',
    initialMessages: ['Hi there! 👋', "I'm Nathan. </script>"],
    i18n: { en: { title: 'Hi!', subtitle: 'Ask', footer: '', getStarted: 'New',
      inputPlaceholder: 'Type..', closeButtonTooltip: 'Shut' } },
    enableStreaming: false,
    allowFileUploads: true,
    allowedFilesMimeTypes: 'image/*, application/pdf',
    beforeMessageSent: (message) => { console.log({ message }) },
  });
</script>
"""
CHATKIT = """
import { useChatKit } from '@openai/chatkit-react';
const { control } = useChatKit({
  api: { async getClientSecret(existing) { return (await fetch('/x')).json() } },
  theme: {
    colorScheme: 'dark', radius: 'soft', density: 'compact',
    color: { grayscale: { hue: 210, tint: 12, shade: -1 },
             accent: { primary: '#D7263D', level: 2 },
             surface: { background: '#fff', foreground: '#eee' } },
    typography: { baseSize: 15, fontFamily: 'Inter',
      fontSources: [{ family: 'Own', src: 'https://a.example/o.woff2', weight: 400 }] },
  },
  header: { title: { text: 'Studio' }, leftAction: { icon: 'menu', onClick: () => 1 } },
  startScreen: { greeting: 'Hello', prompts: [
    { label: 'Plan', prompt: 'Plan a day', icon: 'calendar' }] },
  composer: { placeholder: 'Ask', attachments: { enabled: true, maxSize: 20971520,
      maxCount: 3, accept: { 'image/*': ['.png'] } },
    tools: [{ id: 'web', label: 'Search', icon: 'globe', shortLabel: 'Web' }],
    models: [{ id: 'a', label: 'A', default: true }] },
  disclaimer: { text: 'Can be wrong' },
  threadItemActions: { feedback: true },
  onClientTool: async () => {},
});
"""
ORIGINAL = {
    "branding": {"companyName": "Shop"},
    "connection": {
        "provider": "n8n",
        "webhookUrl": "https://n8n.example/webhook/1/chat",
        "routeParam": "sales",
        "apiKey": "sk-secret-canary-1234567890",
    },
    "themeMode": "dark",
    "accentColor": "#FF0000",
    "useTintedGrayscale": True,
    "tintHue": 0,
    "tintLevel": 50,
    "fontSize": "18",
    "fontFamily": "Lato",
    "radius": "large",
    "customCss": "* { color: red }",
    "starterPrompts": [
        {"label": "Prices", "icon": "calendar"},
        {"label": "Hours", "icon": "no-such-icon"},
    ],
    "enableModelPicker": True,
}


def values(imported: Imported, *paths: str) -> list[Any]:
    return [get_value(imported.widget, path) for path in paths]


def test_an_n8n_snippet_is_carried() -> None:
    imported = import_widget(N8N)
    assert imported.widget.provider == "n8n"
    assert values(
        imported,
        "connection.webhook_url",
        "layout.mode",
        "header.title.text",
        "start_screen.initial_messages",
        "composer.attachments.accept",
        "texts.overrides",
        "connection.metadata",
        "connection.headers",
    ) == [
        "https://n8n.example/webhook/1/chat",
        "fullpage",
        "Hi!",
        ["Hi there! 👋", "I'm Nathan. </script>"],
        ["image/*", "application/pdf"],
        {"close_chat": "Shut"},
        {"plan": "pro"},
        {"X-A": "b"},
    ]
    assert {option for option, _ in imported.left} == {"target", "beforeMessageSent"}
    ((option, words),) = imported.changed
    assert (option, "Authorization" in words) == ("webhookConfig.headers", True)
    assert b"Bearer" not in write_widget(imported.widget)


def test_n8ns_css_variables_are_carried_and_each_is_told() -> None:
    style = """<style>:root {
      --chat--color--primary: #0F766E; --chat--color--secondary: #be123c;
      --chat--toggle--size: 4.5rem; --chat--window--width:420px;
      --chat--message--user--color: white; --chat--font-family: "Lato", sans-serif;
      --chat--body--background: var(--chat--color-light); --chat--spacing: 2rem
    }</style>"""
    imported = import_widget(style + N8N)
    assert values(
        imported,
        "theme.accent.primary",
        "theme.user_bubble.enabled",
        "theme.user_bubble.background",
        "theme.user_bubble.text",
        "launcher.size",
        "layout.popup.width",
        "typography.font_family",
        "theme.surface.enabled",
    ) == ["#0f766e", True, "#be123c", "#ffffff", 72, 420, "Lato", False]
    left = dict(imported.left)
    assert {"--chat--body--background", "--chat--spacing"} <= set(left)


def test_our_own_code_for_n8ns_widget_brings_the_look_back() -> None:
    made = provider("n8n").widget(provider="n8n", key="AbcdefGhijkl0123")
    look = {
        "connection.webhook_url": "https://n8n.example/webhook/1/chat",
        "theme.accent.primary": "#0f766e",
        "theme.surface.enabled": True,
        "theme.surface.background": "#fff7ed",
        "theme.surface.foreground": "#ffedd5",
        "theme.text.enabled": True,
        "theme.text.color": "#431407",
        "theme.user_bubble.enabled": True,
        "theme.user_bubble.background": "#7c2d12",
        "theme.user_bubble.text": "#fffbeb",
        "launcher.size": 72,
        "launcher.colors.enabled": True,
        "launcher.colors.background": "#be123c",
        "launcher.colors.icon": "#fdf2f8",
        "layout.popup.width": 420,
        "layout.popup.offset_x": 33,
        "typography.base_size": 18,
        "typography.font_family": "Lato",
        "messages.bubble_padding": 17,
    }
    code = snippet(
        with_values(made, look), "https://chat.example.com", target="n8n-chat"
    )
    again = import_widget(code.code)
    assert {path: get_value(again.widget, path) for path in look} == look


def test_a_minified_snippet_is_the_same() -> None:
    small = 'a();createChat({webhookUrl:"https://n8n.example/webhook/1/chat",'
    small += "enableStreaming:!0,initialMessages:[`a`]});b()"
    imported = import_widget(small)
    assert values(imported, "connection.streaming") == [True]
    assert len(imported.carried) == 3


def test_chatkit_options_are_carried() -> None:
    imported = import_widget(CHATKIT)
    assert imported.widget.provider == "chatkit"
    assert values(
        imported,
        "theme.color_scheme",
        "theme.grayscale.tint",
        "theme.accent.primary",
        "theme.surface.enabled",
        "typography.base_size",
        "header.left_action.enabled",
        "header.left_action.kind",
        "composer.attachments.max_size",
        "composer.attachments.accept",
        "connection.kind",
        "messages.feedback",
    ) == [
        "dark",
        9,
        "#d7263d",
        True,
        15,
        True,
        "event",
        20,
        ["image/*"],
        "hosted",
        True,
    ]
    assert get_value(imported.widget, "composer.tools")[0]["short_label"] == "Web"
    assert get_value(imported.widget, "start_screen.prompts") == [
        {"label": "Plan", "prompt": "Plan a day", "icon": "calendar"}
    ]
    assert [option for option, _ in imported.changed] == ["theme.color.grayscale.tint"]
    assert {option for option, _ in imported.left} == {
        "api.getClientSecret",
        "header.leftAction.onClick",
        "onClientTool",
    }


def test_a_bare_options_object_is_enough() -> None:
    text = '{"api": {"url": "https://a.example/c", "domainKey": "k"}, "theme": "dark"}'
    imported = import_widget(text)
    assert values(imported, "connection.kind", "theme.color_scheme") == [
        "server",
        "dark",
    ]


def test_the_web_original_is_carried_and_its_key_is_not() -> None:
    imported = import_widget(json.dumps(ORIGINAL))
    assert values(
        imported,
        "connection.webhook_url",
        "connection.route",
        "theme.color_scheme",
        "theme.accent.primary",
        "theme.grayscale.hue",
        "theme.grayscale.tint",
        "typography.base_size",
        "theme.radius",
    ) == [
        "https://n8n.example/webhook/1/chat",
        "sales",
        "dark",
        "#ff0000",
        0,
        20,
        18,
        "large",
    ]
    prompts = get_value(imported.widget, "start_screen.prompts")
    assert [(each["label"], each["icon"]) for each in prompts] == [
        ("Prices", "calendar"),
        ("Hours", ""),
    ]
    left = dict(imported.left)
    assert {"customCss", "connection.apiKey", "branding.companyName"} <= set(left)
    assert "canary" not in repr(imported)


def test_the_web_originals_chatkit_is_chatkit() -> None:
    saved = {
        "themeMode": "light",
        "connection.provider": "chatkit",
        "connection.workflowId": "wf_1",
        "chatkitAccentLevel": 2,
    }
    imported = import_widget(json.dumps(saved))
    paths = ("connection.workflow_id", "theme.accent.level")
    assert values(imported, *paths) == ["wf_1", 2]


@pytest.mark.parametrize("text", [N8N, CHATKIT, json.dumps(ORIGINAL)])
def test_every_option_is_accounted_for_once(text: str) -> None:
    imported = import_widget(text)
    told = [*imported.carried, *(o for o, _ in imported.changed + imported.left)]
    assert len(told) == len(set(told))
    assert all(words.endswith(".") for _, words in imported.changed + imported.left)
    assert read_widget(write_widget(imported.widget)) == imported.widget


@pytest.mark.parametrize("module", [n8n_chat, chatkit_options, web_original])
def test_tables_name_settings_that_are_there(module: Any) -> None:
    known = {path for each in providers() for path in settings_of(each.widget)}
    for option, goes in module.TABLE.items():
        assert goes.path in known or (not goes.path and goes.why), option
        assert {path for path, _ in goes.also} <= known


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("webhookUrl", "'YOUR_PRODUCTION_WEBHOOK_URL'"),
        ("webhookUrl", "'javascript:alert(1)'"),
        ("webhookUrl", "5"),
        ("mode", "'sideways'"),
        ("mode", "[]"),
        ("allowedFilesMimeTypes", "5"),
        ("initialMessages", "'x'"),
        ("metadata", "7"),
    ],
)
def test_a_bad_value_stays_behind_with_a_reason(option: str, value: str) -> None:
    imported = import_widget(
        f"createChat({{{option}: {value}, enableStreaming: true}})"
    )
    assert imported.carried == ("enableStreaming",)
    ((left, words),) = imported.left
    assert left == option
    assert words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "<script src='x'></script>",
        "createChat()",
        "createChat({webhookUrl: 'https://n8n.example",
        "createChat({" + "a:{" * 2000,
        "{}",
        "[]",
        '{"a": 1}',
        "[" * 100_000,
        "\x00\ud800",
    ],
    ids=lambda text: repr(text[:16]),
)
def test_what_holds_no_widget_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="It takes: "):
        import_widget(text)


def test_too_much_text_is_refused() -> None:
    with pytest.raises(TooLarge):
        import_widget(" " * (MAX_CHARACTERS + 1))


def test_the_command_writes_the_widget_and_tells_all(
    tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "page.html", tmp_path / "a.widget.json"
    source.write_text(N8N, "utf-8")
    assert main(["import", str(source), "-o", str(target)]) == 0
    assert "Left: target. " in capsys.readouterr().err
    assert main(["import", str(source), "-o", str(target), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["provider"] == "n8n"
    assert ["target", "The place is in the embed code."] in facts["left"]
    assert read_widget(target.read_bytes()).key == facts["key"]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    [
        "createChat({",
        "createChat({a:'",
        "createChat({a:(",
        "createChat({/*",
        "= {",
        "[{",
    ],
)
def test_no_text_keeps_us_long(piece: str) -> None:
    with pytest.raises(InputError):
        import_widget(piece * 40_000)


@pytest.mark.parametrize("text", [N8N, CHATKIT, json.dumps(ORIGINAL)])
def test_cut_off_anywhere_it_is_read_or_refused_in_a_sentence(text: str) -> None:
    for end in range(0, len(text), 11):
        try:
            imported = import_widget(text[:end])
        except InputError:
            continue
        assert read_widget(write_widget(imported.widget)) == imported.widget


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece", ["--chat--a:", "--chat--a : ", "--chat--a:b", " ", "--", "--chat--a: {"]
)
def test_no_style_keeps_us_long(piece: str) -> None:
    style = "--chat--a:" + piece * (1_000_000 // len(piece))
    imported = import_widget("createChat({enableStreaming: true});" + style)
    assert imported.carried == ("enableStreaming",)


@pytest.mark.parametrize("each", providers(), ids=lambda each: each.name)
def test_a_widget_file_of_ours_is_taken_whole(each: Any) -> None:
    for sample in each.samples():
        imported = import_widget(write_widget(sample).decode())
        assert imported.widget == sample
        assert imported.left == ()
        assert "theme.accent.primary" in imported.carried


def test_a_broken_widget_file_of_ours_says_what_is_broken() -> None:
    text = write_widget(providers()[0].samples()[0]).decode()
    with pytest.raises(InvalidWidget, match="them: is no setting"):
        import_widget(text.replace('"theme"', '"them"'))
