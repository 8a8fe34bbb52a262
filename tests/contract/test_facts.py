"""Every option of the two backends, and of the web original, has a setting.

The tables name the option as its source spells it. An option whose value is a
function cannot be held by a file, and is not here.
"""

from __future__ import annotations

import pytest

from exporter.contract.icons import CHATKIT_ICONS, HEADER_ICONS
from exporter.contract.locales import LOCALES
from exporter.contract.specs import settings_of
from exporter.providers.registry import provider

CHATKIT = {
    "locale": "texts.locale",
    "frameTitle": "behavior.frame_title",
    "initialThread": "behavior.initial_thread",
    "thread.autoScroll": "behavior.auto_scroll",
    "theme.colorScheme": "theme.color_scheme",
    "theme.radius": "theme.radius",
    "theme.density": "theme.density",
    "theme.typography.baseSize": "typography.base_size",
    "theme.typography.fontFamily": "typography.font_family",
    "theme.typography.fontFamilyMono": "typography.font_family_mono",
    "theme.typography.fontSources": "typography.font_sources",
    "theme.color.grayscale.hue": "theme.grayscale.hue",
    "theme.color.grayscale.tint": "theme.grayscale.tint",
    "theme.color.grayscale.shade": "theme.grayscale.shade",
    "theme.color.accent.primary": "theme.accent.primary",
    "theme.color.accent.level": "theme.accent.level",
    "theme.color.surface.background": "theme.surface.background",
    "theme.color.surface.foreground": "theme.surface.foreground",
    "header.enabled": "header.enabled",
    "header.title.enabled": "header.title.enabled",
    "header.title.text": "header.title.text",
    "header.leftAction.icon": "header.left_action.icon",
    "header.rightAction.icon": "header.right_action.icon",
    "history.enabled": "history.enabled",
    "history.showDelete": "history.show_delete",
    "history.showRename": "history.show_rename",
    "startScreen.greeting": "start_screen.greeting",
    "startScreen.prompts": "start_screen.prompts",
    "composer.placeholder": "composer.placeholder",
    "composer.attachments.enabled": "composer.attachments.enabled",
    "composer.attachments.maxSize": "composer.attachments.max_size",
    "composer.attachments.maxCount": "composer.attachments.max_count",
    "composer.attachments.accept": "composer.attachments.accept",
    "composer.tools": "composer.tools",
    "composer.models": "composer.models",
    "composer.dictation.enabled": "composer.dictation.enabled",
    "disclaimer.text": "composer.disclaimer.text",
    "disclaimer.highContrast": "composer.disclaimer.high_contrast",
    "threadItemActions.feedback": "messages.feedback",
    "threadItemActions.retry": "messages.retry",
    "api.url": "connection.url",
    "api.domainKey": "connection.domain_key",
    "workflow.id": "connection.workflow_id",
    "workflow.version": "connection.workflow_version",
    "workflow.state_variables": "connection.state_variables",
    "workflow.tracing.enabled": "connection.tracing",
    "expires_after.seconds": "connection.session.expires_after",
    "rate_limits": "connection.session.max_requests_per_minute",
    "automatic_thread_titling": "connection.chatkit_configuration"
    ".automatic_thread_titling.enabled",
    "file_upload.enabled": "connection.chatkit_configuration.file_upload.enabled",
    "file_upload.max_file_size": "connection.chatkit_configuration.file_upload"
    ".max_file_size",
    "file_upload.max_files": "connection.chatkit_configuration.file_upload.max_files",
    "history.recent_threads": "connection.chatkit_configuration.history.recent_threads",
    "history in the session": "connection.chatkit_configuration.history.enabled",
}
N8N = {
    "webhookUrl": "connection.webhook_url",
    "webhookConfig.method": "connection.method",
    "webhookConfig.headers": "connection.headers",
    "mode": "layout.mode",
    "showWelcomeScreen": "start_screen.welcome_screen",
    "loadPreviousSession": "connection.load_previous_session",
    "chatInputKey": "connection.chat_input_key",
    "chatSessionKey": "connection.chat_session_key",
    "defaultLanguage": "texts.locale",
    "initialMessages": "start_screen.initial_messages",
    "metadata": "connection.metadata",
    "i18n.title": "header.title.text",
    "i18n.subtitle": "header.subtitle",
    "i18n.footer": "composer.disclaimer.text",
    "i18n.getStarted": "start_screen.button",
    "i18n.inputPlaceholder": "composer.placeholder",
    "i18n.closeButtonTooltip": "texts.overrides",
    "allowFileUploads": "composer.attachments.enabled",
    "allowedFilesMimeTypes": "composer.attachments.accept",
    "enableStreaming": "connection.streaming",
    "enableMessageActions": "messages.copy_button",
}
SIDEBAR = {
    "themeMode": "theme.color_scheme",
    "useAccent": "theme.accent.enabled",
    "accentColor": "theme.accent.primary",
    "useTintedGrayscale": "theme.grayscale.enabled",
    "tintHue": "theme.grayscale.hue",
    "tintLevel": "theme.grayscale.tint",
    "shadeLevel": "theme.grayscale.shade",
    "useCustomSurfaceColors": "theme.surface.enabled",
    "surfaceBackgroundColor": "theme.surface.background",
    "surfaceForegroundColor": "theme.surface.foreground",
    "useCustomTextColor": "theme.text.enabled",
    "customTextColor": "theme.text.color",
    "useCustomIconColor": "theme.icon.enabled",
    "customIconColor": "theme.icon.color",
    "useCustomUserMessageColors": "theme.user_bubble.enabled",
    "customUserMessageTextColor": "theme.user_bubble.text",
    "customUserMessageBackgroundColor": "theme.user_bubble.background",
    "fontFamily": "typography.font_family",
    "fontSize": "typography.base_size",
    "customFontCss": "typography.font_sources",
    "radius": "theme.radius",
    "density": "theme.density",
    "greeting": "start_screen.greeting",
    "starterPrompts": "start_screen.prompts",
    "placeholder": "composer.placeholder",
    "disclaimer": "composer.disclaimer.text",
    "enableAttachments": "composer.attachments.enabled",
    "enableModelPicker": "composer.models",
    "connection.webhookUrl": "connection.webhook_url",
    "connection.routeParam": "connection.route",
    "corners": "layout.popup.position",
    "offset x": "layout.popup.offset_x",
    "offset y": "layout.popup.offset_y",
    "width": "layout.popup.width",
    "height": "layout.popup.height",
    "inline width": "layout.inline.width",
    "inline height": "layout.inline.height",
    "full width": "layout.fullpage.content_width",
    "portal": "layout.portal.width",
    "full screen on phones": "layout.popup.fullscreen_on_phones",
    "auto-open": "behavior.auto_open.enabled",
    "auto-open delay": "behavior.auto_open.delay",
    "persist": "behavior.persist",
    "sound": "behavior.sound",
    "typing indicator": "messages.typing_indicator",
    "avatar": "messages.avatar",
    "bubble padding": "messages.bubble_padding",
    "message spacing": "messages.spacing",
    "markdown code": "theme.markdown.code_background",
    "markdown inline code": "theme.markdown.inline_code_background",
    "markdown link": "theme.markdown.link",
    "markdown table": "theme.markdown.table_border",
    "timeout": "connection.timeout",
    "file extensions": "composer.attachments.accept",
    "file size": "composer.attachments.max_size",
    "email transcript": "behavior.email_transcript",
    "print transcript": "behavior.print_transcript",
    "rating": "behavior.rating",
    "launcher": "launcher.icon",
    "powered by": "behavior.powered_by",
}
# path: (least, most, default), as the backend has them
CHATKIT_RANGES = {
    "theme.grayscale.hue": (0, 360, 220),
    "theme.grayscale.tint": (0, 9, 6),
    "theme.grayscale.shade": (-4, 4, -1),
    "theme.accent.level": (0, 3, 1),
    "composer.attachments.max_size": (1, 512, 100),
    "composer.attachments.max_count": (1, 50, 10),
    "connection.session.expires_after": (1, 600, 600),
}
SIDEBAR_RANGES = {
    "theme.grayscale.hue": (0, 360, 220),
    "theme.grayscale.tint": (0, 20, 10),
    "layout.popup.offset_x": (0, 500, 24),
    "layout.popup.width": (300, 1000, 380),
    "layout.popup.height": (400, 1000, 600),
    "layout.inline.width": (300, 1200, 380),
    "layout.inline.height": (400, 900, 600),
    "behavior.auto_open.delay": (0, 60, 5),
    "messages.bubble_padding": (5, 30, 12),
    "messages.spacing": (0, 50, 12),
}


@pytest.mark.parametrize(
    ("name", "table"),
    [("chatkit", CHATKIT), ("n8n", N8N), ("n8n", SIDEBAR)],
    ids=["chatkit", "n8n", "sidebar"],
)
def test_every_option_has_a_setting(name: str, table: dict[str, str]) -> None:
    known = settings_of(provider(name).widget)
    assert {option for option, path in table.items() if path not in known} == set()


@pytest.mark.parametrize(
    ("name", "ranges"),
    [("chatkit", CHATKIT_RANGES), ("n8n", SIDEBAR_RANGES)],
    ids=["chatkit", "sidebar"],
)
def test_ranges_and_defaults_are_those_of_the_source(
    name: str, ranges: dict[str, tuple[int, int, int]]
) -> None:
    known = settings_of(provider(name).widget)
    found = {
        path: (known[path].minimum, known[path].maximum, known[path].default)
        for path in ranges
    }
    assert found == ranges


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("theme.radius", ("sharp", "soft", "round", "pill")),
        ("theme.density", ("compact", "normal", "spacious")),
        ("typography.base_size", (14, 15, 16, 17, 18)),
        ("connection.kind", ("hosted", "server", "n8n", "openai")),
    ],
)
def test_chatkits_words_are_its_own(path: str, values: tuple[object, ...]) -> None:
    spec = settings_of(provider("chatkit").widget)[path]
    assert tuple(value for value, _ in spec.options) == values


def test_prompts_say_one_thing_and_send_another() -> None:
    from exporter.contract.start_screen import Prompt

    assert set(Prompt.model_fields) == {"label", "prompt", "icon"}


def test_icons_and_languages_are_all_there() -> None:
    assert len(CHATKIT_ICONS) == 63
    assert len(HEADER_ICONS) == 46
    assert len(LOCALES) >= 63
