"""The visitor's language: in the launcher's name at once, and then in everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporter.editing import with_values
from exporter.providers.registry import provider
from exporter.spoken import WORDS, launcher_words
from tests.gui.runtime_page import RUNTIME
from tests.gui.widget_page import WidgetPage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIMULATED = {"simulated": "offline"}
NEVER = {**SIMULATED, "runtime": {"chat": "never.js"}}
NAME = """return document.querySelector("[data-vitrine]").shadowRoot
  .querySelector("button").ariaLabel"""
SPEAKS = """
const languages = %s;
Object.defineProperty(navigator, "languages", { value: languages });
Object.defineProperty(navigator, "language", { value: languages[0] ?? "" });
document.documentElement.lang = "%s";
"""
OPEN_CHAT = {
    "ar": "افتح المحادثة",
    "de": "Chat öffnen",
    "en": "Open chat",
    "es": "Abrir el chat",
    "fr": "Ouvrir le chat",
    "he": "פתיחת הצ׳אט",  # noqa: RUF001  # Hebrew
    "it": "Apri la chat",
    "ja": "チャットを開く",
    "nl": "Chat openen",
    "pl": "Otwórz czat",
    "pt": "Abrir o chat",
    "sv": "Öppna chatten",
    "tr": "Sohbeti aç",
    "zh": "打开聊天",
}


@pytest.fixture
def shop(qapp: object, tmp_path: Path) -> Iterator[WidgetPage]:
    shop = WidgetPage(tmp_path, provider("n8n").widget(provider="n8n"))
    yield shop
    shop.close()


def test_every_language_has_words_for_it() -> None:
    """In every language of the runtime: what it is, how it is, what can be done."""
    for lang, words in WORDS.items():
        name, _, sentence = words.partition("\n")
        assert name
        assert sentence, lang
    assert set(WORDS) == set(OPEN_CHAT)
    assert {file.stem for file in (RUNTIME / "locales").glob("*.js")} == set(OPEN_CHAT)


@pytest.mark.parametrize(
    ("languages", "lang", "name"),
    [
        (["en"], "ar", "محادثة"),
        (["sv-SE", "en"], "", "Chatt"),
        (["ja"], "de-AT", "Chat"),
        (["pl", "ja"], "", "Czat"),
        (["is"], "fo", "Chat"),
        ([], "", "Chat"),
        (["zh-Hant-TW"], "", "聊天"),
        (["no tag"], "??", "Chat"),
    ],
)
def test_the_launcher_s_name_is_the_visitor_s_before_the_chat_has_come(
    shop: WidgetPage, languages: list[str], lang: str, name: str
) -> None:
    head = f"<script>{SPEAKS % (languages, lang)}</script>"
    shop.open(NEVER, head=head)
    assert shop.page.run(NAME) == name


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"texts.locale": "ja-JP"}, "チャット"),
        ({"texts.locale": "de-DE"}, "Chat"),
        ({"texts.locale": "ru-RU"}, "Chat"),
        ({"launcher.label": "Fragen?"}, "Fragen?"),
        ({"texts.overrides": {"open_chat": "Hello"}}, "Hello"),
    ],
)
def test_the_owner_s_language_and_words_go_first(
    shop: WidgetPage, values: dict[str, object], name: str
) -> None:
    shop.widget = with_values(shop.widget, values)
    if "texts.locale" in values:
        assert set(launcher_words(shop.widget)) == {"en"}
    shop.open(NEVER, head=f"<script>{SPEAKS % (['ar'], 'he')}</script>")
    assert shop.page.run(NAME) == name


@pytest.mark.parametrize("lang", sorted(OPEN_CHAT))
def test_no_other_language_is_said_in_between(shop: WidgetPage, lang: str) -> None:
    """Names and texts go from the launcher's word to the language's own."""
    watch = """
    window.said = new Set();
    const note = () => {
      const root = document.querySelector("[data-vitrine]")?.shadowRoot;
      const launcher = root?.querySelector(".vt-launcher");
      if (launcher) said.add(launcher.ariaLabel);
      const field = root?.querySelector(".vt-field");
      if (field) said.add(field.placeholder);
      requestAnimationFrame(note);
    };
    note();
    """
    shop.open(SIMULATED, head=f"<script>{SPEAKS % ([], lang)}{watch}</script>")
    said = shop.run(
        """
        await widget.open(); await still();
        const own = attr(".vt-field", "placeholder");
        const frame = () => new Promise(requestAnimationFrame);
        await frame();
        widget.close(); await still();
        await frame(); await frame();
        const name = attr(".vt-launcher", "aria-label");
        return [[...said], own, attr(".vt", "dir"), name]"""
    )
    names, placeholder, direction, name = said
    assert direction == ("rtl" if lang in ("ar", "he") else "ltr")
    assert name == OPEN_CHAT[lang]
    assert names[0] == WORDS[lang].partition("\n")[0]
    placeholders = {one for one in names if one.endswith(("...", "…"))}
    assert placeholders <= {placeholder}
    if lang != "en":
        assert "Open chat" not in names


def test_a_language_that_does_not_come_leaves_english(shop: WidgetPage) -> None:
    shop.open(SIMULATED, head=f"<script>{SPEAKS % ([], 'de')}</script>")
    for file in shop.folder.glob("runtime/*/locales/de.js"):
        file.unlink()
    name = shop.run("await widget.open(); return attr('.vt-field', 'placeholder')")
    assert name == "Type a message..."


# Where things stand, as signed distances from the middle of what holds them.
SIDES = """
await widget.open();
await widget.send("Hi");
await until(() => seen(".vt-row:not(.vt-mine) .vt-text"), "an answer");
await until(() => attr(".vt", "lang") === lang && $(".vt-start .vt-btn"), "a language");
await still();
const middle = (node) => {
  const { left, right } = node.getBoundingClientRect();
  return (left + right) / 2;
};
const whole = middle($(".vt-panel"));
const parts = [".vt-header .vt-heading h2", ".vt-header .vt-btn:not([hidden])",
  ".vt-mine .vt-bubble", ".vt-row:not(.vt-mine) .vt-bubble", ".vt-avatar:not([hidden])",
  ".vt-go", ".vt-start .vt-btn"];
const words = document.createRange();
words.selectNodeContents($(".vt-heading h2"));
const named = parts.slice(1).map((part) => [part, Math.round(middle($(part)) - whole)]);
return [["words", Math.round(middle(words) - whole)], ...named];
"""


@pytest.mark.parametrize("lang", ["ar", "he"])
@pytest.mark.parametrize("mode", ["popup", "inline", "fullpage", "portal"])
def test_right_to_left_is_the_mirror_image(
    shop: WidgetPage, mode: str, lang: str
) -> None:
    found: dict[str, dict[str, int]] = {}
    steps = [{"user": "Hi"}, {"assistant": "Hello"}]
    scenario = {"name": "n", "title": "t", "instant": True, "steps": steps}
    for locale in ("en", lang):
        values: dict[str, object] = {
            "layout.mode": mode,
            "texts.locale": locale,
            "messages.show_avatar": True,
            "composer.attachments.enabled": True,
        }
        shop.widget = with_values(shop.widget, values)
        place = 'data-target="#chat"' if mode == "inline" else ""
        shop.open({**SIMULATED, "scenario": scenario}, attributes=place)
        found[locale] = dict(shop.run(SIDES, lang=locale))
    for name, offset in found["en"].items():
        mirrored = found[lang][name]
        assert abs(offset) > 20, name
        assert offset * mirrored < 0, name
        # Words are not as long in every language.
        assert abs(offset + mirrored) <= (60 if "bubble" in name else 3), name
