"""Targets with code of their own: the vendors' ways, QR codes, builders, frames."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporter.contract.errors import InputError
from exporter.editing import with_values
from exporter.importing import import_widget
from exporter.providers.chatkit.locales import spoken
from exporter.providers.chatkit.native import options
from exporter.providers.chatkit.settings import ChatKitWidget
from exporter.providers.registry import provider
from exporter.qr import png
from exporter.runtime_config import runtime_config
from exporter.snippets import snippet, targets
from tests.contract.strategies import widgets
from tests.unit.exporter.test_snippets import HOST, HOSTILE, KEY, Page, widget

if TYPE_CHECKING:
    from exporter.contract.widget import Widget
    from exporter.snippets import Snippet

REPOSITORY = Path(__file__).parents[3]
NODE = pytest.mark.skipif(not shutil.which("node"), reason="no Node.js here")


def chatkit(**values: Any) -> Widget:
    paths = {path.replace("__", "."): value for path, value in values.items()}
    fresh = provider("chatkit").samples()[0].model_copy(update={"key": KEY})
    return with_values(fresh, {"connection.workflow_id": "wf_1", **paths})


def part(made: Snippet, title: str) -> str:
    (code,) = [code for name, code in made.alternatives if name.startswith(title)]
    return code


def test_every_place_of_the_brief_has_its_target() -> None:
    assert {target.name for target in targets()} == {
        *("html", "react", "nextjs", "vue", "svelte", "angular", "astro"),
        *("wordpress", "shopify", "webflow", "wix", "squarespace", "framer", "gtm"),
        *("notion", "iframe", "link", "qr", "email"),
        *("n8n-chat", "n8n-npm", "chatkit-element", "chatkit-react", "visitors"),
    }
    orders = [target.order for target in targets()]
    assert orders == sorted(set(orders))


def test_a_vendors_own_code_is_for_that_vendor_only() -> None:
    with pytest.raises(InputError, match="not for ChatKit"):
        snippet(chatkit(), HOST, target="n8n-chat")
    with pytest.raises(InputError, match="not for n8n"):
        snippet(widget(), HOST, target="chatkit-element", mode="inline")


def test_frames_of_others_need_their_sites_and_say_so() -> None:
    made = snippet(widget(), HOST, target="notion", mode="inline")
    assert made.code == f"{HOST}/chat/{KEY}\n"
    assert "add www.notion.so under Sites" in made.notes[-1]
    named = widget(domains=["www.notion.so"])
    quiet = snippet(named, HOST, target="notion", mode="inline")
    assert "add www.notion.so" not in " ".join(quiet.notes)


def test_tag_manager_gets_no_attribute_that_it_would_strip() -> None:
    made = snippet(widget(layout__mode="portal"), HOST, target="gtm", mode="popup")
    assert [tag for tag, _ in Page(made.code).elements] == ["script"]
    assert 'setAttribute("data-mode", "popup")' in made.code


def test_the_qr_code_is_a_picture_of_the_address() -> None:
    made = snippet(widget(), HOST, target="qr", mode="fullpage")
    assert made.language == "svg"
    assert made.code.startswith("<svg ")
    assert png("https://a.example").startswith(b"\x89PNG")
    assert png("https://a.example") == png("https://a.example")


def test_the_signature_can_be_read_on_its_own_colour() -> None:
    made = snippet(
        widget(theme__accent__primary="#ffee00"), HOST, target="email", mode="fullpage"
    )
    assert "background-color: #ffee00" in made.code
    assert "color: #000000" in made.code
    assert part(made, "As plain text").endswith(" (New widget)\n")


def test_n8ns_own_widget_gets_options_that_bring_the_same_widget_back() -> None:
    for text in HOSTILE:
        one = widget(
            start_screen__initial_messages=[text],
            header__title__text=text,
            composer__placeholder=text,
            start_screen__button="Go",
            connection__metadata={"plan": text, "__proto_": 1},
            connection__streaming=True,
        )
        for target in ("n8n-chat", "n8n-npm"):
            again = import_widget(snippet(one, HOST, target=target).code).widget
            for path in ("start_screen", "connection"):
                was, now = (
                    getattr(one, path).model_dump(),
                    getattr(again, path).model_dump(),
                )
                assert {**now, "access": ""} == {**was, "access": ""}, target
            assert again.header.title.text == text


def test_n8ns_own_widget_is_pinned_and_themed_with_names_that_exist() -> None:
    made = snippet(widget(theme__accent__primary="#aa0000"), HOST, target="n8n-chat")
    assert "@n8n/chat@1.37.0/dist/style.css" in made.code
    assert "@n8n/chat@1.37.0/dist/chat.bundle.es.js" in made.code
    assert "--chat--color--primary: #aa0000;" in made.code
    names = set(re.findall(r"--chat--[\w-]+(?=:)", made.code))
    known = (REPOSITORY / "tests/standins/n8n_chat_variables.txt").read_text().split()
    assert names <= set(known)
    assert len(names) > 40


def test_what_n8ns_own_widget_cannot_do_is_said() -> None:
    notes = " ".join(
        snippet(
            widget(
                layout__popup__position="top-left",
                start_screen__prompts=[{"label": "x"}],
                composer__attachments__enabled=True,
                composer__attachments__accept=[".pdf", "image/*"],
                theme__color_scheme="auto",
                texts__locale="de",
            ),
            HOST,
            target="n8n-chat",
        ).notes
    )
    for words in ("bottom right", "prompts", ".pdf", "light ones", "English"):
        assert words in notes


def test_n8ns_own_widget_needs_a_webhook_that_answers() -> None:
    with pytest.raises(InputError, match=r"connection\.webhook_url"):
        snippet(widget(connection__webhook_url=""), HOST, target="n8n-chat")


@NODE
@settings(deadline=None, max_examples=5, suppress_health_check=list(HealthCheck))
@given(st.lists(widgets(provider("chatkit")), min_size=10, max_size=30))
def test_chatkits_options_are_those_of_the_runtime(several: list[Widget]) -> None:
    script = (
        "import { chatkitOptions } from './resources/runtime/chatkit_options.js';"
        "let text = ''; for await (const part of process.stdin) text += part;"
        "console.log(JSON.stringify(JSON.parse(text).map((one) =>"
        " [chatkitOptions(one, false), chatkitOptions(one, true)])));"
    )
    done = subprocess.run(
        ["node", "--input-type=module", "-e", script],
        input=json.dumps([runtime_config(one) for one in several]),
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
        timeout=30,
        cwd=REPOSITORY,
    )
    ours = [
        [options(one), options(one, dark=True)]
        for one in several
        if isinstance(one, ChatKitWidget)
    ]
    assert ours == [[_typed(one) for one in pair] for pair in json.loads(done.stdout)]


def _typed(runtimes: dict[str, Any]) -> dict[str, Any]:
    """The page tells ChatKit any locale, which then speaks English; types refuse it."""
    locale = spoken(runtimes.get("locale", ""))
    rest = {name: value for name, value in runtimes.items() if name != "locale"}
    return {"locale": locale, **rest} if locale else rest


@pytest.mark.parametrize("target", ["chatkit-element", "chatkit-react"])
def test_chatkits_own_code_brings_the_same_widget_back(target: str) -> None:
    one = chatkit()
    again = import_widget(snippet(one, HOST, target=target, mode="inline").code).widget
    for path in ("theme", "start_screen", "composer", "header", "messages"):
        assert getattr(again, path) == getattr(one, path), path


def test_a_chatkit_server_needs_no_endpoint() -> None:
    one = chatkit(
        connection__kind="server",
        connection__url="https://brain.example/chatkit",
        connection__domain_key="domain_pk_1",
    )
    made = snippet(one, HOST, target="chatkit-element", mode="inline")
    assert '"https://brain.example/chatkit"' in made.code
    assert made.alternatives == ()


@pytest.mark.parametrize("target", ["chatkit-element", "chatkit-react"])
def test_no_key_is_in_any_endpoint(target: str) -> None:
    made = snippet(chatkit(), HOST, target=target, mode="inline")
    endpoints = [part(made, f"session.{end}") for end in ("py", "mjs", "php")]
    assert all("OPENAI_API_KEY" in code and "sk-" not in code for code in endpoints)
    assert all("wf_1" in code for code in endpoints)
