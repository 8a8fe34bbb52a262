"""The real ChatKit: what it is told, and what a visitor sees without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from exporter.contract.specs import settings_of
from exporter.editing import with_values
from exporter.providers.chatkit.provider import PROVIDER
from exporter.runtime_config import runtime_config
from tests.gui.runtime_page import RuntimePage
from tests.gui.settings_frame import FRAME
from tests.gui.settings_talk import TALK
from tests.gui.sights import other_value
from tests.gui.widget_page import WidgetPage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIGHTS = {**FRAME, **TALK}
# Ours around ChatKit's frame; test_runtime_settings.py looks at these.
AROUND = ("layout.", "launcher.", "connection.", "texts.overrides", "domains")
ALSO_AROUND = {
    "any_site",
    "behavior.auto_open.enabled",
    "behavior.auto_open.delay",
    "behavior.persist",
    "behavior.sound",
    "behavior.powered_by",
    "header.left_action.label",
    "header.left_action.kind",
    "header.left_action.url",
    "header.left_action.event",
    "header.right_action.label",
    "header.right_action.kind",
    "header.right_action.url",
    "header.right_action.event",
}
VALUES = {"behavior.initial_thread": "thr_1"}
TOLD = [
    path
    for path in settings_of(PROVIDER.widget)
    if not path.startswith(AROUND) and path not in ALSO_AROUND
]


@pytest.fixture(scope="module")
def page(qapp: object) -> Iterator[RuntimePage]:
    page = RuntimePage()
    page.open()
    yield page
    page.close()


def options(page: RuntimePage, values: dict[str, Any]) -> dict[str, Any]:
    widget = with_values(PROVIDER.widget(provider="chatkit"), values)
    given: dict[str, Any] = page.run(
        'return (await load("chatkit_options")).chatkitOptions(config)',
        config=runtime_config(widget),
    )
    return given


@pytest.mark.parametrize("path", TOLD)
def test_chatkit_is_told_every_setting(page: RuntimePage, path: str) -> None:
    spec = settings_of(PROVIDER.widget)[path]
    sight = SIGHTS.get(path)
    value = VALUES.get(path) or (sight.value if sight and sight.value else None)
    given = sight.given if sight else {}
    before = options(page, given)
    changed = other_value(spec) if value is None else value
    assert options(page, {**given, path: changed}) != before


def test_defaults_are_what_chatkit_accepts(page: RuntimePage) -> None:
    told = options(page, {"layout.mode": "popup"})
    assert told["theme"] == {
        "colorScheme": "light",
        "radius": "pill",
        "density": "normal",
        "typography": {"baseSize": 16, "fontFamily": '"Inter", sans-serif'},
        "color": {
            "grayscale": {"hue": 220, "tint": 6, "shade": -1},
            "accent": {"primary": "#0f172a", "level": 1},
        },
    }
    assert "disclaimer" not in told
    assert "locale" not in told
    assert told["composer"] == {
        "attachments": {"enabled": False},
        "dictation": {"enabled": False},
    }


def test_hue_and_level_nought_are_kept(page: RuntimePage) -> None:
    told = options(
        page,
        {
            "theme.grayscale.hue": 0,
            "theme.grayscale.tint": 0,
            "theme.grayscale.shade": 0,
            "theme.accent.level": 0,
        },
    )
    assert told["theme"]["color"] == {
        "grayscale": {"hue": 0, "tint": 0, "shade": 0},
        "accent": {"primary": "#0f172a", "level": 0},
    }


def test_kinds_of_file_become_media_types(page: RuntimePage) -> None:
    told = options(
        page,
        {
            "composer.attachments.enabled": True,
            "composer.attachments.max_size": 2,
            "composer.attachments.accept": [".pdf", "image/*", ".jpg", ".jpeg", ".foo"],
        },
    )
    assert told["composer"]["attachments"] == {
        "enabled": True,
        "maxSize": 2 * 1024 * 1024,
        "maxCount": 10,
        "accept": {
            "application/pdf": [".pdf"],
            "image/*": [],
            "image/jpeg": [".jpg", ".jpeg"],
            "application/octet-stream": [".foo"],
        },
    }


STAND_IN = """
window.calls = []; window.mints = [];
customElements.define("openai-chatkit", class extends HTMLElement {
  setOptions(options) {
    calls.push(options);
    options.api.getClientSecret?.(null).then((secret) => { this.secret = secret;
      this.dispatchEvent(new CustomEvent("chatkit.ready")); }, () => {});
  }
  sendUserMessage(message) { calls.push(message); }
  focusComposer() { calls.push("focus"); }
});
const later = Date.now() / 1000 + 600;
window.answer = {status: 200, body: {client_secret: "ek_1", expires_at: later}};
window.fetch = async (url, init) => {
  mints.push([String(url), init.method, JSON.parse(init.body)]);
  return new Response(JSON.stringify(answer.body), {status: answer.status});
};
"""


@pytest.mark.usefixtures("qapp")
class TestInThePage:
    @pytest.fixture
    def shop(self, tmp_path: Path) -> Iterator[WidgetPage]:
        shop = WidgetPage(tmp_path, PROVIDER.widget(provider="chatkit"))
        yield shop
        shop.close()

    def test_a_session_is_minted_and_chatkit_gets_its_secret(
        self, shop: WidgetPage
    ) -> None:
        shop.open({"kind": "hosted", "base": ""}, before=STAND_IN)
        secret = shop.run(
            """await widget.open();
            return until(() => $("openai-chatkit")?.secret)"""
        )
        assert secret == "ek_1"
        [[url, method, body]] = shop.run("return mints")
        assert url.endswith("/site/api/chatkit/create-session")
        assert (method, body["widget"]) == ("POST", shop.widget.key)
        # A new visitor has no name yet: the server gives one, signed.
        assert body["user"] == ""

    def test_the_visitor_keeps_the_same_name(self, shop: WidgetPage) -> None:
        names = set()
        for _ in range(2):
            shop.open({"kind": "hosted", "base": ""}, before=STAND_IN)
            opened = "await widget.open(); await until(() => mints.length);"
            names.add(shop.run(f"{opened} return mints[0][2].user"))
        assert len(names) == 1

    def test_a_change_sets_all_options_again(self, shop: WidgetPage) -> None:
        shop.open({"kind": "hosted", "base": ""}, before=STAND_IN)
        shop.run("await widget.open(); await until(() => $('openai-chatkit')?.secret)")
        shop.become(with_values(shop.widget, {"theme.radius": "sharp"}))
        last = shop.run("return until(() => calls.length > 1 && calls.at(-1).theme)")
        assert (last["radius"], last["density"]) == ("sharp", "normal")

    def test_a_refusal_shows_a_calm_word_and_a_retry(self, shop: WidgetPage) -> None:
        shop.open({"kind": "hosted", "base": ""}, before=STAND_IN)
        got = shop.run(
            """answer = {status: 401, body: {error: {code: "bad_key", message: "no"}}};
            const codes = [];
            widget.on("error", ({code}) => codes.push(code));
            await widget.open();
            await until(() => seen(".vt-welcome"));
            answer = {status: 200, body: {client_secret: "ek_2", expires_at: 1e11}};
            $(".vt-btn-fill").click();
            await until(() => $("openai-chatkit")?.secret === "ek_2");
            return [codes, seen(".vt-welcome"), $$("openai-chatkit").length]"""
        )
        assert got == [["bad_key"], 0, 1]

    def test_an_unreachable_script_never_shows_a_copy_of_ours(
        self, shop: WidgetPage
    ) -> None:
        shop.open({"kind": "hosted", "base": "", "simulated": "no network"})
        got = shop.run(
            """await widget.open();
            const script = document.querySelector("script[src*=openai]");
            script.dispatchEvent(new Event("error"));
            await until(() => seen(".vt-welcome"));
            return [text(".vt-welcome p") !== "", seen(".vt-composer")]"""
        )
        assert got == [True, 0]

    def test_a_server_of_ones_own_needs_no_session(self, shop: WidgetPage) -> None:
        shop.widget = with_values(
            shop.widget,
            {
                "connection.kind": "server",
                "connection.url": "https://brain.example/chatkit",
                "connection.domain_key": "domain_pk_1",
            },
        )
        shop.open({"kind": "hosted", "base": ""}, before=STAND_IN)
        shop.run("await widget.open(); await until(() => calls.length)")
        api = shop.run("return calls[0].api")
        assert api == {
            "url": "https://brain.example/chatkit",
            "domainKey": "domain_pk_1",
        }
        assert shop.run("return mints") == []
