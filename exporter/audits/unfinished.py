"""Things that were switched on and then left without what they need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exporter.contract.advice import AuditFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.audit import Subject

_SIDES = ("header.left_action", "header.right_action")


def audit(subject: Subject) -> Iterator[AuditFinding]:
    """Buttons without a name or a target, pictures and teasers without content."""
    if subject.value("header.enabled"):
        for side in _SIDES:
            yield from _button(subject, side)
    yield from _launcher(subject)
    models = subject.value("composer.models")
    if isinstance(models, list) and len(models) == 1:
        yield _finding(
            "composer.models",
            "one_model",
            "There is one model, so no picker shows.",
            "Visitors cannot choose, though the settings look as if they could.",
            "Add a second model, or remove this one.",
        )


def _button(subject: Subject, side: str) -> Iterator[AuditFinding]:
    button: dict[str, Any] = subject.value(side)
    if not button["enabled"]:
        return
    if not button["label"].strip():
        yield _finding(
            f"{side}.label",
            "nameless_button",
            "A header button has no name.",
            "A screen reader says “button” and nothing of what it does.",
            "Give it a name of one or two words.",
        )
    if button["kind"] == "link" and not button["url"]:
        yield _finding(
            f"{side}.url",
            "link_to_nowhere",
            "A header button leads nowhere.",
            "Visitors press it and nothing happens.",
            "Set its link, or switch the button off.",
            {f"{side}.enabled": False},
        )


def _launcher(subject: Subject) -> Iterator[AuditFinding]:
    launcher = subject.widget.launcher
    if not subject.shows("launcher.icon"):
        return
    if launcher.icon == "custom" and not launcher.custom_icon:
        yield _finding(
            "launcher.custom_icon",
            "no_picture",
            "The launcher's own image is missing.",
            "Visitors see the standard icon.",
            "Choose an image, or one of the icons.",
            {"launcher.icon": "chat"},
        )
    if launcher.teaser.enabled and not launcher.teaser.text.strip():
        yield _finding(
            "launcher.teaser.text",
            "empty_teaser",
            "The teaser has no words.",
            "Nothing shows beside the launcher.",
            "Write a line, or switch the teaser off.",
            {"launcher.teaser.enabled": False},
        )


def _finding(
    path: str,
    rule: str,
    message: str,
    why: str,
    fix: str,
    values: dict[str, Any] | None = None,
) -> AuditFinding:
    return AuditFinding(path, rule, "warning", message, why, fix, values or {})
