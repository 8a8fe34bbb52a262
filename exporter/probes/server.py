"""Is the hosted server there, and does it know this widget?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.contract.advice import AuditFinding
from exporter.world import NoAnswer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.audit import Subject
    from exporter.world import World

_DISABLED = 'console.info("'


def probe(subject: Subject, world: World) -> Iterator[AuditFinding]:
    """Ask for the widget's script as a page does."""
    if not subject.host:
        return
    script = f"{subject.host}/w/{subject.widget.key}.js"
    try:
        answer = world.ask("GET", script)
    except NoAnswer as reason:
        yield _finding(f"{subject.host} {reason}.", "Is the server running?")
        return
    if answer.status == 200 and answer.text.startswith(_DISABLED):
        words = answer.text.removeprefix(_DISABLED).rstrip().removesuffix('");')
        fix = "Publish the widget, or resume it."
        yield _finding(f"The server serves no chat. {words[:200]}", fix)
    elif answer.status != 200 or subject.widget.key not in answer.text:
        yield _finding(
            f"The server answered {answer.status} for this widget's script.",
            "Publish the widget, and check the server's address.",
        )


def _finding(message: str, fix: str) -> AuditFinding:
    return AuditFinding(
        path="",
        rule="server",
        level="error",
        message=message,
        why="Pages load the chat from there, so visitors see none.",
        fix=fix,
    )
