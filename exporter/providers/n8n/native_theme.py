"""A widget's look as the CSS variables of `@n8n/chat`.

Names and what each is for: the package's style.css, version 1.37.0 (November 2026);
they are spelled as irregularly there. What is not named here follows from these there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.colors import contrast, mixed, over

if TYPE_CHECKING:
    from exporter.providers.n8n.settings import N8nWidget

_GROUND = {"light": "#ffffff", "dark": "#1c1c1c"}
_RAISED = {"light": "#f4f4f5", "dark": "#27272a"}
_INK = {"light": "#24272d", "dark": "#ebecee"}
_BLACK = "#000000"
_RADII = {"none": "0", "small": "4px", "medium": "10px", "large": "16px"}
_PILL = "20px"
_SPACING = {"compact": "0.75rem", "normal": "1rem", "spacious": "1.25rem"}
_SHAPES = {"circle": "50%", "rounded": "30%", "square": "0"}
_SYSTEM = {"sans": "system-ui, sans-serif", "mono": "ui-monospace, monospace"}

VARIABLES = {
    "--chat--color--primary": "{accent}",
    "--chat--color--primary-shade-50": "{shade_50}",
    "--chat--color--primary--shade-100": "{shade_100}",
    "--chat--color--secondary": "{accent}",
    "--chat--color-secondary-shade-50": "{shade_50}",
    "--chat--color-white": "{ground}",
    "--chat--color-light": "{ground}",
    "--chat--color-light-shade-50": "{line}",
    "--chat--color-light-shade-100": "{strong_line}",
    "--chat--color-medium": "{strong_line}",
    "--chat--color-dark": "{ink}",
    "--chat--color-typing": "{ink}",
    "--chat--spacing": "{spacing}",
    "--chat--border-radius": "{radius}",
    "--chat--font-family": "{family}",
    "--chat--font-family--monospace": "{family_mono}",
    "--chat--window--width": "{width}px",
    "--chat--window--height": "{height}px",
    "--chat--window--right": "{offset_x}px",
    "--chat--window--bottom": "{offset_y}px",
    "--chat--window--border-radius": "{radius}",
    "--chat--window--z-index": "{z_index}",
    "--chat--toggle--size": "{launcher_size}px",
    "--chat--toggle--background": "{launcher}",
    "--chat--toggle--hover--background": "{launcher_50}",
    "--chat--toggle--active--background": "{launcher_100}",
    "--chat--toggle--color": "{launcher_icon}",
    "--chat--toggle--border-radius": "{launcher_radius}",
    "--chat--header--background": "{ground}",
    "--chat--header--color": "{ink}",
    "--chat--header--border-bottom": "1px solid var(--chat--color-light-shade-50)",
    "--chat--body--background": "{ground}",
    "--chat--footer--background": "{ground}",
    "--chat--footer--color": "{ink}",
    "--chat--message--font-size": "{size}px",
    "--chat--message--padding": "{padding}px",
    "--chat--message--margin-bottom": "{gap}px",
    "--chat--message--bot--background": "{bot}",
    "--chat--message--bot--color": "{ink}",
    "--chat--message--user--background": "{user}",
    "--chat--message--user--color": "{on_user}",
    "--chat--message--pre--background": "{code}",
    "--chat--message--actions--color": "{icon}",
    "--chat--input--background": "{ground}",
    "--chat--input--container--background": "{ground}",
    "--chat--input--text-color": "{ink}",
    "--chat--input--send--button--background": "{ground}",
    "--chat--input--send--button--color": "{icon}",
    # There the icon takes the second colour on a ground of the first; here both are
    # one, and under the pointer the icon would be gone.
    "--chat--input--send--button--color-hover": "{on_accent}",
    "--chat--input--file--button--background": "{ground}",
    "--chat--input--file--button--color": "{icon}",
    "--chat--button--background--primary": "{accent}",
    "--chat--button--color--primary": "{on_accent}",
    "--chat--button--color--primary--hover": "{on_accent}",
}
"""Each with its value, in which names of `_colors` and `_measures` stand.

Shades are worked out here: builds that fold `color-mix()` come to other colours.
"""


def variables(widget: N8nWidget) -> dict[str, str]:
    """Every variable with the widget's value."""
    values = {**_colors(widget), **_measures(widget)}
    return {name: value.format_map(values) for name, value in VARIABLES.items()}


def _colors(widget: N8nWidget) -> dict[str, str]:
    theme = widget.theme
    dark = theme.color_scheme == "dark"
    ink, ground, raised = _surfaces(widget, dark)
    accent = over(theme.accent.primary if theme.accent.enabled else ink, ground)
    on_accent = _readable_on(accent)
    own, launcher = theme.user_bubble, widget.launcher.colors
    icon = theme.icon.dark_color if dark else theme.icon.color
    toggle = launcher.background if launcher.enabled else accent
    return {
        **_shades("shade", accent),
        **_shades("launcher", over(toggle, ground)),
        "line": mixed(ink, ground, 0.11),
        "strong_line": mixed(ink, ground, 0.24),
        "code": mixed(ink, ground, 0.05),
        "ink": ink,
        "ground": ground,
        "accent": accent,
        "on_accent": on_accent,
        "icon": icon if theme.icon.enabled else accent,
        "bot": raised if widget.messages.style == "bubbles" else "transparent",
        "user": own.background if own.enabled else accent,
        "on_user": own.text if own.enabled else on_accent,
        "launcher": toggle,
        "launcher_icon": launcher.icon if launcher.enabled else on_accent,
    }


def _shades(name: str, color: str) -> dict[str, str]:
    """Under the pointer, and pressed."""
    return {
        f"{name}_50": mixed(color, _BLACK, 0.92),
        f"{name}_100": mixed(color, _BLACK, 0.84),
    }


def _measures(widget: N8nWidget) -> dict[str, str | int]:
    popup, typography = widget.layout.popup, widget.typography
    return {
        "spacing": _SPACING[widget.theme.density],
        "radius": _RADII.get(widget.theme.radius, _PILL),
        "family": _family(typography.font_family, "sans"),
        "family_mono": _family(typography.font_family_mono, "mono"),
        "size": typography.base_size,
        "width": popup.width,
        "height": popup.height,
        "offset_x": popup.offset_x,
        "offset_y": popup.offset_y,
        "z_index": widget.layout.z_index,
        "launcher_size": widget.launcher.size,
        "launcher_radius": _SHAPES[widget.launcher.shape],
        "padding": widget.messages.bubble_padding,
        "gap": widget.messages.spacing,
    }


def _surfaces(widget: N8nWidget, dark: bool) -> tuple[str, str, str]:
    """Words, ground and what stands raised on it, all opaque."""
    theme, scheme = widget.theme, "dark" if dark else "light"
    text, surface = theme.text, theme.surface
    ink, ground, raised = _INK[scheme], _GROUND[scheme], _RAISED[scheme]
    if surface.enabled:
        ground = surface.dark_background if dark else surface.background
        raised = surface.dark_foreground if dark else surface.foreground
    if text.enabled:
        ink = text.dark_color if dark else text.color
    ground = over(ground, _GROUND[scheme])
    return over(ink, ground), ground, over(raised, ground)


def _readable_on(color: str) -> str:
    return max("#ffffff", _BLACK, key=lambda ink: contrast(ink, color))


def _family(name: str, kind: str) -> str:
    system = _SYSTEM[kind]
    return system if name == "System" else f'"{name}", {system}'
