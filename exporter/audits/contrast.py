"""Colours that people can't tell apart, in every scheme that the widget can show.

WCAG 2.2: 4.5 to 1 for words, 3 to 1 for icons. Where the designer left a colour to
the runtime it is worked out there to fit, so only chosen colours can fail.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from exporter.colors import contrast, over, readable, words_on
from exporter.contract.advice import AuditFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.audit import Subject

WORDS, ICONS = 4.5, 3.0
_GROUND = {"light": "#ffffff", "dark": "#1c1c1c"}
_RAISED = {"light": "#f4f4f5", "dark": "#27272a"}
_INK = {"light": "#24272d", "dark": "#ebecee"}


@dataclass(frozen=True)
class Pair:
    """What stands on what: paths by scheme, "" where the runtime chooses.

    `ink` and `ground` are the runtime's own colours by scheme, for a side that is
    not set.
    """

    what: str
    front: dict[str, str]
    back: dict[str, str]
    least: float = WORDS
    ink: dict[str, str] | None = None
    ground: dict[str, str] | None = None


def _both(path: str) -> dict[str, str]:
    return {"light": path, "dark": path}


def _dark(group: str, name: str) -> dict[str, str]:
    return {"light": f"{group}.{name}", "dark": f"{group}.dark_{name}"}


_TEXT = _dark("theme.text", "color")
_BACK = _dark("theme.surface", "background")
_FRONT = _dark("theme.surface", "foreground")
_PAGE = _dark("layout.portal", "background")
_MARKDOWN = "theme.markdown"

PAIRS = (
    Pair("Text on the background", _TEXT, _BACK, ink=_INK, ground=_GROUND),
    Pair("Text on raised surfaces", _TEXT, _FRONT, ink=_INK, ground=_RAISED),
    Pair("Text on the portal's page", _TEXT, _PAGE, ink=_INK),
    Pair(
        "Icons on the background",
        _dark("theme.icon", "color"),
        _BACK,
        ICONS,
        ground=_GROUND,
    ),
    Pair(
        "The visitor's own messages",
        _both("theme.user_bubble.text"),
        _both("theme.user_bubble.background"),
    ),
    Pair(
        "The launcher's icon",
        _both("launcher.colors.icon"),
        _both("launcher.colors.background"),
        ICONS,
    ),
    Pair(
        "Code", _both(f"{_MARKDOWN}.code_text"), _both(f"{_MARKDOWN}.code_background")
    ),
    Pair(
        "Code in a line",
        _both(f"{_MARKDOWN}.inline_code_text"),
        _both(f"{_MARKDOWN}.inline_code_background"),
    ),
    Pair("Links", _both(f"{_MARKDOWN}.link"), _FRONT, ground=_RAISED),
)


def audit(subject: Subject) -> Iterator[AuditFinding]:
    """Every pair that fails, once a scheme; then an accent that cannot be seen."""
    seen = set()
    for pair in PAIRS:
        for scheme in subject.schemes:
            found = _checked(subject, pair, scheme)
            if found and (found.path, found.message) not in seen:
                seen.add((found.path, found.message))
                yield found
    yield from _accent(subject)


def _checked(subject: Subject, pair: Pair, scheme: str) -> AuditFinding | None:
    front = _chosen(subject, pair.front[scheme])
    back = _chosen(subject, pair.back[scheme])
    ink = front or (pair.ink or {}).get(scheme)
    ground = back or (pair.ground or {}).get(scheme)
    if not (front or back) or ink is None or ground is None:
        return None
    ground = over(ground, _GROUND[scheme])
    ratio = contrast(over(ink, ground), ground)
    if ratio >= pair.least:
        return None
    if front:
        mended = readable(ink, ground, pair.least)
        return _finding(pair, scheme, ratio, pair.front[scheme], mended)
    return _finding(
        pair, scheme, ratio, pair.back[scheme], readable(ground, ink, pair.least)
    )


def _finding(
    pair: Pair, scheme: str, ratio: float, path: str, mended: str
) -> AuditFinding:
    alike = pair.front["light"] == pair.front["dark"]
    where = "" if alike else f" in the {scheme} scheme"
    return AuditFinding(
        path=path,
        rule="contrast",
        level="error" if ratio < pair.least / 1.5 else "warning",
        message=f"{pair.what}: contrast {ratio:.1f} to 1{where}; {pair.least:g} to 1 "
        "is the least.",
        why="People with weak eyes, or with the sun on their phone, cannot make it "
        "out.",
        fix=f"Change it to {mended}, which keeps the hue.",
        values={path: mended},
    )


def _chosen(subject: Subject, path: str) -> str | None:
    value = subject.value(path) if subject.shows(path) else None
    return value if isinstance(value, str) else None


def _accent(subject: Subject) -> Iterator[AuditFinding]:
    """Words on the accent fit it by themselves, unless it is see-through."""
    accent = _chosen(subject, "theme.accent.primary")
    if accent is None:
        return
    for scheme in subject.schemes:
        ground = _chosen(subject, _BACK[scheme]) or _GROUND[scheme]
        shown = over(accent, over(ground, _GROUND[scheme]))
        opaque = accent[:7]
        ratio = contrast(words_on(opaque), shown)
        if ratio < WORDS:
            yield AuditFinding(
                path="theme.accent.primary",
                rule="contrast",
                level="error" if ratio < ICONS else "warning",
                message=f"Words on the accent: contrast {ratio:.1f} to 1, as the "
                f"accent is see-through; {WORDS:g} to 1 is the least.",
                why="Buttons are hard to read.",
                fix=f"Use the solid colour {opaque}.",
                values={"theme.accent.primary": opaque},
            )
            return
        if scheme == "light" and contrast(shown, ground) < 1.2:
            yield AuditFinding(
                path="theme.accent.primary",
                rule="contrast",
                level="warning",
                message="The accent can hardly be told from the background.",
                why="Visitors do not see where the send button is.",
                fix="Choose a stronger colour.",
                values={"theme.accent.primary": readable(accent, ground, ICONS)},
            )
            return
