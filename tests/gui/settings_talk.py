"""Where each setting of the talk shows: composer, messages, texts, connection."""

from __future__ import annotations

from tests.gui.sights import Sight

_TOOL = {
    "id": "web",
    "label": "Search the web",
    "icon": "globe",
    "short_label": "Web",
    "placeholder_override": "",
    "pinned": True,
    "persistent": False,
}
_MODELS = [
    {"id": one, "label": one, "description": "", "disabled": False, "default": False}
    for one in ("small", "large")
]
_FILES = {"composer.attachments.enabled": True}
_SAID = "await say();"
_AVATAR = (
    "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
)

COMPOSER = {
    "composer.placeholder": Sight('attr(".vt-field", "placeholder")'),
    "composer.attachments.enabled": Sight('seen(".vt-composer button")'),
    "composer.attachments.max_size": Sight(
        'await offer("big.txt", 3 * 1024 * 1024)', 2, _FILES
    ),
    "composer.attachments.max_count": Sight(
        'await offer("a.txt", 1, "b.txt", 1)', 1, _FILES
    ),
    "composer.attachments.accept": Sight('await offer("a.txt", 1)', [".pdf"], _FILES),
    "composer.tools": Sight('seen(".vt-start button")', [_TOOL]),
    "composer.models": Sight('seen(".vt-model")', _MODELS),
    "composer.dictation.enabled": Sight('seen(".vt-composer button")'),
    "composer.disclaimer.text": Sight('text(".vt-disclaimer")'),
    "composer.disclaimer.high_contrast": Sight(
        'css(".vt-disclaimer", "color")', given={"composer.disclaimer.text": "Careful"}
    ),
}
MESSAGES = {
    "messages.feedback": Sight('$$(".vt-row .vt-small").length', first=_SAID),
    "messages.retry": Sight('$$(".vt-row .vt-small").length', first=_SAID),
    "messages.style": Sight(
        'css(".vt-row:not(.vt-mine) .vt-bubble", "background-color")', first=_SAID
    ),
    "messages.bubble_padding": Sight('css(".vt-bubble", "padding")', first=_SAID),
    "messages.spacing": Sight('$(".vt-rows").offsetHeight', first=_SAID),
    "messages.show_avatar": Sight('seen(".vt-avatar")', first=_SAID),
    "messages.avatar": Sight(
        'attr(".vt-avatar img", "src")',
        _AVATAR,
        {"messages.show_avatar": True},
        first=_SAID,
    ),
    "messages.show_timestamps": Sight('seen(".vt-row time")', first=_SAID),
    "messages.typing_indicator": Sight("await typing()"),
    "messages.copy_button": Sight('$$(".vt-row .vt-small").length', first=_SAID),
}
BEHAVIOR = {
    "behavior.auto_scroll": Sight("await follows()"),
    "behavior.sound": Sight("await tones()"),
    "behavior.rating": Sight('seen(".vt-rating")', first=_SAID + _SAID),
}
TEXTS = {
    "texts.locale": Sight('attr(".vt", "lang") + attr(".vt-go", "aria-label")', "de"),
    "texts.overrides": Sight('text(".vt-powered")', {"powered_by": "Made by us"}),
}
START = {
    "start_screen.initial_messages": Sight('text(".vt-first")', ["Welcome"]),
}
TALK = {**COMPOSER, **MESSAGES, **BEHAVIOR, **TEXTS, **START}
