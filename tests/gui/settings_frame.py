"""Where each setting of the frame shows: place, launcher, theme, header, start."""

from __future__ import annotations

from tests.gui.sights import Sight

_INLINE = {"layout.mode": "inline"}
_FULL = {"layout.mode": "fullpage"}
_PORTAL = {"layout.mode": "portal"}
_DARK = {"theme.color_scheme": "dark"}
_IMAGE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4"
    "z8BQDwAEgAF/QualzQAAAABJRU5ErkJggg=="
)
_FONT = {
    "family": "Fjord Sans",
    "src": "data:font/woff2;base64,AAAA",
    "weight": "400",
    "style": "normal",
    "display": "swap",
    "unicode_range": "",
}


# The tokens of Markdown come with it.
_READ = """
await widget.update({start_screen: {initial_messages: ["~~~\\nx\\n~~~"]}});
await until(() => $(".vt-code"), "code");
"""


def _colors(group: str, *, first: str = "", **tokens: str) -> dict[str, Sight]:
    """A group of own colours: each name shows in a token of the style sheets."""
    on = {f"theme.{group}.enabled": True}
    sights = {
        f"theme.{group}.{name}": Sight(
            f'token("{token}")',
            given={**on, **(_DARK if name.startswith("dark_") else {})},
            first=first,
        )
        for name, token in tokens.items()
    }
    name, token = next(iter(tokens.items()))
    sights[f"theme.{group}.enabled"] = Sight(
        f'token("{token}")', given={f"theme.{group}.{name}": "#c0ffee"}, first=first
    )
    return sights


LAYOUT = {
    "layout.mode": Sight('[host.style.position, seen(".vt-launcher")]', "inline"),
    "layout.popup.position": Sight('box(".vt-launcher")'),
    "layout.popup.offset_x": Sight('box(".vt-launcher")'),
    "layout.popup.offset_y": Sight('box(".vt-launcher")', 100),
    "layout.popup.width": Sight('box(".vt-panel")[2]', 500),
    "layout.popup.height": Sight('box(".vt-panel")[3]', 450),
    "layout.popup.fullscreen_on_phones": Sight('box(".vt-panel")', width=500),
    "layout.popup.expandable": Sight('seen(".vt-header .vt-btn")'),
    "layout.inline.width": Sight("host.getBoundingClientRect().width", 500, _INLINE),
    "layout.inline.height": Sight("host.getBoundingClientRect().height", 700, _INLINE),
    "layout.inline.fill_width": Sight(
        "host.getBoundingClientRect().width", given=_INLINE
    ),
    "layout.fullpage.content_width": Sight('box(".vt-foot")[2]', 500, _FULL),
    "layout.portal.width": Sight('box(".vt-panel")[2]', 500, _PORTAL),
    "layout.portal.height": Sight('box(".vt-panel")[3]', 450, _PORTAL),
    "layout.portal.title": Sight('text(".vt-portal-head h1")', given=_PORTAL),
    "layout.portal.description": Sight('text(".vt-portal-head p")', given=_PORTAL),
    "layout.portal.logo": Sight('attr(".vt-portal-head img", "src")', _IMAGE, _PORTAL),
    "layout.portal.background": Sight('css(".vt", "background-color")', given=_PORTAL),
    "layout.portal.dark_background": Sight(
        'css(".vt", "background-color")', given={**_PORTAL, **_DARK}
    ),
    "layout.z_index": Sight("getComputedStyle(host).zIndex", 7),
}

_CLOSED = "widget.close(); await still();"
_TEASER = {"launcher.teaser.enabled": True, "launcher.teaser.text": "Hi"}
LAUNCHER = {
    "launcher.icon": Sight('$(".vt-face").firstChild.outerHTML'),
    "launcher.custom_icon": Sight(
        '$(".vt-face").firstChild.tagName', _IMAGE, {"launcher.icon": "custom"}
    ),
    "launcher.label": Sight('text(".vt-launcher")'),
    "launcher.size": Sight('box(".vt-launcher")'),
    "launcher.shape": Sight('css(".vt-launcher", "border-radius")'),
    "launcher.unread_badge": Sight('seen(".vt-badge")', first=_CLOSED + "await say();"),
    "launcher.draggable": Sight("await drag()", first=_CLOSED),
    "launcher.colors.enabled": Sight(
        'css(".vt-launcher", "background-color")',
        given={"launcher.colors.background": "#c0ffee"},
    ),
    "launcher.colors.background": Sight(
        'css(".vt-launcher", "background-color")',
        given={"launcher.colors.enabled": True},
    ),
    "launcher.colors.icon": Sight(
        'css(".vt-launcher", "color")', given={"launcher.colors.enabled": True}
    ),
    "launcher.teaser.enabled": Sight(
        'seen(".vt-teaser") && text(".vt-teaser")',
        first=_CLOSED,
        given={"launcher.teaser.text": "Hi", "launcher.teaser.delay": 0},
    ),
    "launcher.teaser.text": Sight(
        'seen(".vt-teaser") && text(".vt-teaser")',
        first=_CLOSED,
        given={"launcher.teaser.enabled": True, "launcher.teaser.delay": 0},
    ),
    "launcher.teaser.delay": Sight(
        "delays.includes(11000)", 11, given=_TEASER, first=_CLOSED
    ),
}

THEME = {
    "theme.color_scheme": Sight('css(".vt-panel", "background-color")'),
    "theme.radius": Sight('css(".vt-panel", "border-radius")'),
    "theme.density": Sight('css(".vt-header", "padding")'),
    "theme.accent.enabled": Sight('token("--vt-accent")'),
    "theme.accent.primary": Sight('css(".vt-launcher", "background-color")'),
    "theme.accent.level": Sight('token("--vt-user-bg")'),
    "theme.grayscale.enabled": Sight('css(".vt-panel", "background-color")'),
    "theme.grayscale.hue": Sight(
        'css(".vt-panel", "background-color")',
        given={"theme.grayscale.enabled": True},
    ),
    "theme.grayscale.tint": Sight(
        'css(".vt-panel", "background-color")',
        given={"theme.grayscale.enabled": True},
    ),
    "theme.grayscale.shade": Sight(
        'css(".vt-panel", "background-color")',
        given={"theme.grayscale.enabled": True},
    ),
    **_colors(
        "surface",
        background="--vt-bg",
        foreground="--vt-surface",
        dark_background="--vt-bg",
        dark_foreground="--vt-surface",
    ),
    **_colors("text", color="--vt-text", dark_color="--vt-text"),
    **_colors("icon", color="--vt-icon", dark_color="--vt-icon"),
    **_colors("user_bubble", background="--vt-user-bg", text="--vt-user-text"),
    **_colors(
        "markdown",
        first=_READ,
        code_background="--vt-code-bg",
        code_text="--vt-code-text",
        inline_code_background="--vt-inline-bg",
        inline_code_text="--vt-inline-text",
        link="--vt-link",
        table_border="--vt-table-border",
        table_header="--vt-table-head",
    ),
    "typography.font_family": Sight('css(".vt-panel", "font-family")', "Lato"),
    "typography.font_family_mono": Sight(
        'css(".vt-code pre", "font-family")', "Fira Code", first=_READ
    ),
    "typography.base_size": Sight('css(".vt-panel", "font-size")'),
    "typography.font_sources": Sight(
        "[...document.fonts].map((face) => face.family)", [_FONT]
    ),
}


def _action(side: str) -> dict[str, Sight]:
    path = f"header.{side}_action"
    on = {f"{path}.enabled": True, f"{path}.label": "Ours"}
    button = '$(".vt-header [aria-label=Ours]")'
    return {
        f"{path}.enabled": Sight('seen(".vt-header .vt-btn")'),
        f"{path}.icon": Sight(f"{button}.innerHTML", "menu", on),
        f"{path}.label": Sight(
            '$$(".vt-header .vt-btn").map((one) => one.ariaLabel)',
            given={f"{path}.enabled": True},
        ),
        f"{path}.kind": Sight(
            f"pressed({button})", given={**on, f"{path}.url": "https://a.example/"}
        ),
        f"{path}.url": Sight(f"pressed({button})", "https://b.example/", on),
        f"{path}.event": Sight(
            f'pressed({button}, "other")', "other", {**on, f"{path}.kind": "event"}
        ),
    }


HEADER = {
    "header.enabled": Sight('seen(".vt-header")'),
    "header.title.enabled": Sight('seen(".vt-header h2")'),
    "header.title.text": Sight('text(".vt-header h2")'),
    "header.subtitle": Sight('text(".vt-header p")'),
    "header.logo": Sight('attr(".vt-header img", "src")', _IMAGE),
    **_action("left"),
    **_action("right"),
}

_WELCOME = {"start_screen.welcome_screen": True}
START = {
    "start_screen.greeting": Sight('text(".vt-intro .vt-greeting")'),
    "start_screen.subtitle": Sight('text(".vt-intro p")'),
    "start_screen.prompts": Sight(
        '[text(".vt-prompts"), seen(".vt-prompts svg path")]',
        [{"label": "Ask", "prompt": "Tell me", "icon": "star"}],
    ),
    "start_screen.welcome_screen": Sight('[seen(".vt-welcome"), seen(".vt-foot")]'),
    "start_screen.button": Sight('text(".vt-welcome .vt-btn-fill")', given=_WELCOME),
}

BEHAVIOR = {
    "behavior.auto_open.enabled": Sight(
        'seen(".vt-panel")',
        first=_CLOSED,
        given={"behavior.auto_open.delay": 0},
    ),
    "behavior.auto_open.delay": Sight(
        "delays.includes(13000)",
        13,
        {"behavior.auto_open.enabled": True},
        first=_CLOSED,
    ),
    "behavior.powered_by": Sight('seen(".vt-powered span")'),
    "behavior.frame_title": Sight('attr(".vt-panel", "aria-label")'),
    "behavior.print_transcript": Sight(
        'seen(".vt-header .vt-btn")', first="await say();"
    ),
    "behavior.email_transcript": Sight(
        'seen(".vt-header .vt-btn")', first="await say();"
    ),
}

HISTORY = {
    "history.enabled": Sight('seen(".vt-header .vt-btn")', first="await say();"),
    "history.show_delete": Sight("await past()", first="await say();"),
    "history.show_rename": Sight("await past()", first="await say();"),
}

FRAME = {
    **LAYOUT,
    **LAUNCHER,
    **THEME,
    **HEADER,
    **START,
    **BEHAVIOR,
    **HISTORY,
}
